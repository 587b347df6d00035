/** The command line of `simulator play`. */
import { parseArgs } from 'node:util';
import { readUrl } from '#domain';
import { SCENARIO_NAMES, type ScenarioName } from '../scenarios/registry.js';
import { VENDORS } from '../voices/registry.js';
import type { Vendor } from '../voices/voice.js';
import { instantOf, numberOf } from './read-option.js';

export const PLAY_HELP = `simulator play --url <ingress URL> [options]

Plays whole calls as a vendor's PBX tells of them: ringing, menus, answers, ends. Stops by itself.

An Asterisk's events are POSTed, one request each, as if its socket had told them: it opens none and can be asked nothing.
simulator api --vendor asterisk opens one, and tells there of the calls that are ordered.

  --url <url>         any ingress URL of the connection, or what they begin with; may be given more than once
  --vendor <name>     ${VENDORS.join(', ')}; only where the URL does not say it
  --scenario <name>   mixed, or one of: ${chunks(SCENARIO_NAMES).join('\n                      ')}  (default mixed)
  --calls <n>         stop after this many calls                                 (default 20)
  --seconds <n>       stop after this time, if that comes first                  (default 600)
  --speed <n>         times as fast as life; max waits for nothing but answers   (default 60)
  --gap <seconds>     between the starts of two calls, in the PBX's time         (default 30)
  --at-once <n>       most calls at the same time                                (default 16)
  --day <date>        play the calls of this day (YYYY-MM-DD) in its opening hours instead of calls that end now
  --disorder          let messages overtake each other, and send some twice
  --seed <n>          the same seed plays the same office and calls              (default 1)
  --json              one JSON line at the end instead of text
  --help`;

export interface PlayedUrl {
  vendor: Vendor;
  /** Without the route and without a slash at the end. */
  baseUrl: string;
}

export interface PlayOptions {
  urls: PlayedUrl[];
  scenario: ScenarioName | 'mixed';
  calls: number;
  seconds: number;
  speed: number;
  gapSeconds: number;
  atOnce: number;
  /** The day's UTC midnight. */
  day: number | undefined;
  disorder: boolean;
  seed: number;
  json: boolean;
}

/** @throws RangeError with a sentence for the person at the keyboard */
export function readPlayOptions(args: string[]): PlayOptions {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string', multiple: true },
      vendor: { type: 'string' },
      scenario: { type: 'string', default: 'mixed' },
      calls: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '600' },
      speed: { type: 'string', default: '60' },
      gap: { type: 'string', default: '30' },
      'at-once': { type: 'string', default: '16' },
      day: { type: 'string' },
      disorder: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const urls = values.url ?? [];
  if (urls.length === 0) throw new RangeError('Say where the calls go: --url http://localhost:3000/in/...');
  const { vendor } = values;
  const given = vendor === undefined ? undefined : oneOf('vendor', vendor, VENDORS);
  return {
    urls: urls.map((url) => playedUrl(url, given)),
    scenario: oneOf('scenario', values.scenario, [...SCENARIO_NAMES, 'mixed'] as const),
    calls: numberOf('calls', values.calls, 1),
    seconds: numberOf('seconds', values.seconds, 1),
    speed: values.speed === 'max' ? Infinity : numberOf('speed', values.speed, 0.1),
    gapSeconds: numberOf('gap', values.gap, 0),
    atOnce: numberOf('at-once', values['at-once'], 1),
    day: values.day === undefined ? undefined : instantOf('day', values.day),
    disorder: values.disorder,
    seed: numberOf('seed', values.seed, 0),
    json: values.json,
  };
}

/** `/in/{token}/{dialect}/{route}`, with or without its last parts. */
export function playedUrl(text: string, given?: Vendor): PlayedUrl {
  const url = readUrl(text);
  if (url === null) throw new RangeError(`This is not a URL: ${text}`);
  const [, token = '', dialect] = /\/in\/([^/]+)(?:\/([^/]+))?/.exec(url.pathname) ?? [];
  const vendor = VENDORS.find((name) => name === dialect) ?? given;
  if (token === '') throw new RangeError(`This is no ingress URL: ${text}`);
  if (vendor === undefined) throw new RangeError(`--vendor is needed for ${text}: ${VENDORS.join(', ')}.`);
  if (given !== undefined && vendor !== given)
    throw new RangeError(`This is a URL for ${vendor}, not ${given}.`);
  return { vendor, baseUrl: `${url.origin}/in/${token}/${vendor}` };
}

function oneOf<T extends string>(name: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw new RangeError(`--${name} knows ${known.join(', ')}; not "${text}".`);
  return found;
}

function chunks(names: readonly string[]): string[] {
  const PER_LINE = 5;
  return Array.from({ length: Math.ceil(names.length / PER_LINE) }, (_, at) =>
    names.slice(at * PER_LINE, (at + 1) * PER_LINE).join(', '),
  );
}
