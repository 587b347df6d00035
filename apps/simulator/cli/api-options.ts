/** The command line of `simulator api`. */
import { parseArgs } from 'node:util';
import { FATE_DIGITS, FATES } from '../apis/fate.js';
import { API_VENDORS } from '../apis/registry.js';
import type { Vendor } from '../voices/voice.js';
import { playedUrl } from './play-options.js';
import { numberOf } from './read-option.js';

export const API_HELP = `simulator api --vendor <name> [--url <ingress URL>] [options]

Plays a vendor's request API: places the calls that are ordered there and tells the connection of them. Stops by itself.

  --vendor <name>     ${API_VENDORS.join(', ')}
  --url <url>         any ingress URL of the connection that is told of the calls; without it nobody is
  --lines <n>         WebSockets that the PBX opens, 1 or 2, where its vendor's do (default 1)
  --port <n>          0 takes a free one                                         (default 0)
  --host <address>    where to listen                                            (default 127.0.0.1)
  --speed <n>         times as fast as life calls go                             (default 1)
  --seconds <n>       stop after this time                                       (default 3600)
  --seed <n>          the same seed plays the same office                        (default 1)
  --json              JSON lines instead of text
  --help

The last two digits of the number that is dialled say what becomes of it:
${FATE_DIGITS.map((digits) => `  ${digits}  ${FATES[digits].what}`)
  .sort()
  .join('\n')}`;

export interface ApiOptions {
  vendor: Vendor;
  ingressUrl: string | undefined;
  lines: 1 | 2;
  port: number;
  host: string;
  speed: number;
  seconds: number;
  seed: number;
  json: boolean;
}

/** @throws RangeError with a sentence for the person at the keyboard */
export function readApiOptions(args: string[]): ApiOptions {
  const { values } = parseArgs({
    args,
    options: {
      vendor: { type: 'string' },
      url: { type: 'string' },
      lines: { type: 'string', default: '1' },
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      speed: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '3600' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const vendor = API_VENDORS.find((name) => name === values.vendor);
  if (vendor === undefined) throw new RangeError(`--vendor knows ${API_VENDORS.join(', ')}.`);
  return {
    vendor,
    ingressUrl: values.url === undefined ? undefined : playedUrl(values.url, vendor).baseUrl,
    lines: numberOf('lines', values.lines, 1) === 1 ? 1 : 2,
    port: numberOf('port', values.port, 0),
    host: values.host,
    speed: numberOf('speed', values.speed, 0.1),
    seconds: numberOf('seconds', values.seconds, 1),
    seed: numberOf('seed', values.seed, 0),
    json: values.json,
  };
}
