/** The command line of `npm run bench`. */
import { parseArgs } from 'node:util';
import { DEFAULT_SIZES, SMALL_SIZES, readSizes, type GrowthSize } from './growth/growth-sizes.js';

export const QUEUES = ['redis', 'postgres'] as const;
export type QueueName = (typeof QUEUES)[number];

export interface BenchOptions {
  queue: QueueName;
  /** The one-process product on the database that it brings, in place of a process for each app. */
  standalone: boolean;
  /** Messages a second of an open loop. */
  rate: number;
  seconds: number;
  warmUpSeconds: number;
  tenants: number;
  /** Connections of the load generator, so also the most messages in flight. */
  lanes: number;
  xmlShare: number;
  /** LIVE: connections of pages. */
  sockets: number;
  ingestOnly: boolean;
  /** How long to wait for the next delivery before what is missing counts as lost. */
  drainSeconds: number;
  /** How large the tables are made, one after another. */
  sizes: GrowthSize[];
  /** How long making them so may take in all. */
  fillMinutes: number;
  /** Commit to build and to measure in turns with this build. */
  compare?: string;
  /** The same in turns with a bare pipeline: how far from the limit of this machine the product is. */
  floor: boolean;
  /** Runs of each build in a comparison. */
  turns: number;
  json: boolean;
  /** POPUP: contacts in all directories together, beside those who call. */
  contacts: number;
  /** POPUP: servers of the tenants that know the callers whom the directories do not, and how long they take; `dead`: for ever. */
  source?: { afterMs: number } | 'dead';
  /** Leave the data and logs where they are. */
  keep: boolean;
}

export const HELP_OPTIONS = `  --queue <name>         redis (a redis-server from the PATH) or postgres       (default redis)
  --rate <n>             webhooks a second, for workloads at a rate             (default 1000, POPUP and IVR 500, GROWTH and LIVE 200)
  --standalone           the product in one process, on the PostgreSQL that it brings
  --seconds <n>          how long to send                                       (default 60)
  --warm-up <n>          seconds of the same load before, not counted           (default 2)
  --tenants <n>          each with one connection                               (default 10)
  --in-flight <n>        connections of the load generator                      (default 64)
  --sockets <n>          LIVE: pages that listen, each of an agent of its own     (default 2000)
  --xml <share>          share of CDRs in XML-RPC, the others are JSON          (default 0.2)
  --ingest-only          W8: only the ingress, and nobody to deliver to
  --drain-seconds <n>    without a delivery for this long, the rest is lost     (default 30)
  --sizes <list>         GROWTH: tenants:waiting:rows of each size beside the --tenants that are loaded, the waiting in dead
                         endpoints of 1,000 each, rows of history   (default ${DEFAULT_SIZES})
  --small                GROWTH: a hundredth of that                 (${SMALL_SIZES})
  --fill-minutes <n>     GROWTH: gives up when filling takes longer                     (default 60)
  --compare <ref>        build that commit beside this one, run both in turns, print ratios
  --floor                W1, W8: in turns with a bare pipeline of the same parts, print ratios
  --turns <n>            runs of each build in a comparison; START: starts      (default 2)
  --contacts <n>         POPUP: contacts in the directories beside those who call              (default 0)
  --source-ms <n>        POPUP: the tenants' own servers know whom the directories do not, and answer after so many
                         milliseconds: replyMs when they are asked, againMs when the same numbers call again
  --source dead          POPUP: they take questions and never answer
  --keep                 keep the temporary folder with data and logs
  --json                 one JSON line at the end of stdout instead of a table
  --help`;

const DEFAULT_RATE = 1000;

const WORDS = {
  queue: { type: 'string' },
  standalone: { type: 'boolean', default: false },
  rate: { type: 'string' },
  seconds: { type: 'string', default: '60' },
  'warm-up': { type: 'string', default: '2' },
  tenants: { type: 'string', default: '10' },
  'in-flight': { type: 'string', default: '64' },
  xml: { type: 'string', default: '0.2' },
  sockets: { type: 'string', default: '2000' },
  'ingest-only': { type: 'boolean', default: false },
  'drain-seconds': { type: 'string', default: '30' },
  sizes: { type: 'string' },
  small: { type: 'boolean', default: false },
  'fill-minutes': { type: 'string', default: '60' },
  compare: { type: 'string' },
  floor: { type: 'boolean', default: false },
  turns: { type: 'string', default: '2' },
  contacts: { type: 'string', default: '0' },
  'source-ms': { type: 'string' },
  source: { type: 'string' },
  keep: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/**
 * @param rates  of workloads with another default rate, by name
 * @throws RangeError or TypeError with a sentence for the person at the keyboard
 */
export function readOptions(
  args: string[],
  rates: ReadonlyMap<string, number> = new Map(),
): {
  workload: string | undefined;
  help: boolean;
  options: BenchOptions;
} {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: WORDS });
  // Without a Redis beside it is how the one process is started.
  const asked = values.queue ?? (values.standalone ? 'postgres' : 'redis');
  const queue = QUEUES.find((known) => known === asked);
  const rate = rates.get(positionals[0]?.toUpperCase() ?? '') ?? DEFAULT_RATE;
  if (!queue) throw new RangeError(`--queue knows ${QUEUES.join(' and ')}; not "${asked}".`);
  return {
    workload: positionals[0],
    help: values.help,
    options: {
      queue,
      standalone: values.standalone,
      rate: numberOf('rate', values.rate ?? String(rate), 0.1, 100_000),
      seconds: numberOf('seconds', values.seconds, 0.1, 86_400),
      warmUpSeconds: numberOf('warm-up', values['warm-up'], 0, 600),
      tenants: whole('tenants', values.tenants, 10_000),
      lanes: whole('in-flight', values['in-flight'], 10_000),
      xmlShare: numberOf('xml', values.xml, 0, 1),
      sockets: whole('sockets', values.sockets, 20_000),
      ingestOnly: values['ingest-only'],
      drainSeconds: numberOf('drain-seconds', values['drain-seconds'], 1, 86_400),
      sizes: readSizes(values.sizes ?? (values.small ? SMALL_SIZES : DEFAULT_SIZES)),
      fillMinutes: numberOf('fill-minutes', values['fill-minutes'], 0.1, 1_440),
      ...(values.compare === undefined ? {} : { compare: values.compare }),
      floor: values.floor,
      turns: whole('turns', values.turns, 100),
      json: values.json,
      contacts: Math.round(numberOf('contacts', values.contacts, 0, 50_000_000)),
      ...sourceOf(values['source-ms'], values.source),
      keep: values.keep,
    },
  };
}

function sourceOf(ms: string | undefined, word: string | undefined): Pick<BenchOptions, 'source'> {
  if (word !== undefined && word !== 'dead') throw new RangeError(`--source knows dead; not "${word}".`);
  if (word === 'dead') return { source: 'dead' };
  return ms === undefined ? {} : { source: { afterMs: numberOf('source-ms', ms, 0, 60_000) } };
}

function whole(name: string, text: string, most: number): number {
  return Math.round(numberOf(name, text, 1, most));
}

function numberOf(name: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= least && value <= most)) {
    throw new RangeError(`--${name} wants a number from ${String(least)} to ${String(most)}; not "${text}".`);
  }
  return value;
}
