/** The command line of `simulator pbx`. */
import { parseArgs } from 'node:util';
import { readUrl } from '#domain';
import { CDR_FORMATS, type CdrFormat } from '../pbx/write-cdr-message.js';
import { instantOf, numberOf } from './read-option.js';

export const PBX_HELP = `simulator pbx --url <ingress URL> [options]

Plays a Voicenter PBX: plausible calls of an office, sent as CDRs. Stops by itself.

  --url <url>         ingress URL of the connection's CDR route; may be given more than once, then calls take turns
  --cdrs <n>          stop after this many CDRs                                  (default 100)
  --seconds <n>       stop after this time, if that comes first                  (default 600)
  --rate <n>          CDRs a second; 0 sends as fast as answers come             (default 5)
  --in-flight <n>     most CDRs waiting for their answer                         (default 16)
  --formats <shares>  e.g. json=0.8,xmlrpc=0.2,form=0                            (default json=0.7,xmlrpc=0.2,form=0.1)
  --agents <n>        agents of the office                                       (default 12)
  --day <date>        play the calls of this past day (YYYY-MM-DD) instead of calls that end now; with --days <n> of them
  --seed <n>          the same seed plays the same office and calls              (default 1)
  --json              one JSON line at the end instead of text
  --help`;

export interface PbxOptions {
  urls: string[];
  cdrs: number;
  seconds: number;
  rate: number;
  inFlight: number;
  formats: Record<CdrFormat, number>;
  agents: number;
  /** First day to play, its UTC midnight; undefined plays calls that end now. */
  day: number | undefined;
  days: number;
  seed: number;
  json: boolean;
}

/** @throws RangeError with a sentence for the person at the keyboard */
export function readPbxOptions(args: string[]): PbxOptions {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string', multiple: true },
      cdrs: { type: 'string', default: '100' },
      seconds: { type: 'string', default: '600' },
      rate: { type: 'string', default: '5' },
      'in-flight': { type: 'string', default: '16' },
      formats: { type: 'string', default: 'json=0.7,xmlrpc=0.2,form=0.1' },
      agents: { type: 'string', default: '12' },
      day: { type: 'string' },
      days: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const urls = values.url ?? [];
  if (urls.length === 0)
    throw new RangeError('Say where the CDRs go: --url http://localhost:3000/in/.../cdr');
  for (const url of urls) if (readUrl(url) === null) throw new RangeError(`This is not a URL: ${url}`);
  const rate = numberOf('rate', values.rate, 0);
  return {
    urls,
    cdrs: numberOf('cdrs', values.cdrs, 1),
    seconds: numberOf('seconds', values.seconds, 1),
    rate: rate === 0 ? Infinity : rate,
    inFlight: numberOf('in-flight', values['in-flight'], 1),
    formats: readShares(values.formats),
    agents: numberOf('agents', values.agents, 1),
    day: values.day === undefined ? undefined : instantOf('day', values.day),
    days: numberOf('days', values.days, 1),
    seed: numberOf('seed', values.seed, 0),
    json: values.json,
  };
}

function readShares(text: string): Record<CdrFormat, number> {
  const shares: Record<CdrFormat, number> = { json: 0, form: 0, xmlrpc: 0 };
  for (const part of text.split(',')) {
    const [name, share] = part.split('=');
    const format = CDR_FORMATS.find((known) => known === name?.trim());
    if (!format) throw new RangeError(`--formats knows ${CDR_FORMATS.join(', ')}; not "${part}".`);
    shares[format] = numberOf('formats', share ?? '1', 0);
  }
  return shares;
}
