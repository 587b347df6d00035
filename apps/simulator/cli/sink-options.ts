/** The command line of `simulator sink`. */
import { parseArgs } from 'node:util';
import { readScript, type Script } from '../crm/script.js';
import { numberOf } from './read-option.js';

export const SINK_HELP = `simulator sink [options]

Plays the CRM: takes webhooks at /crm/{name}, checks signatures, answers by script, counts. Stops by itself.

  --port <n>                   0 takes a free one                                (default 4000)
  --host <address>                                                               (default 127.0.0.1)
  --seconds <n>                stop after this time                              (default 600)
  --deliveries <n>             stop after this many webhooks were answered 2xx
  --secret <name>=<whsec_...>  answer 401 to what this secret did not sign; may be repeated
  --script <name>=<answers>    e.g. acme=503,503,200 or acme='{"otherwise":"hang"}'; may be repeated
  --keep <n>                   keep the last bodies of each name for GET /control/{name}/bodies   (default 20)
  --json                       one JSON line at the end instead of text
  --help

While it runs: GET /control/stats, PUT /control/{name}/script, PUT /control/{name}/secret, POST /control/reset.`;

export interface SinkOptions {
  port: number;
  host: string;
  seconds: number;
  deliveries: number;
  secrets: Record<string, string[]>;
  scripts: Record<string, Script>;
  keep: number;
  json: boolean;
}

/** @throws RangeError with a sentence for the person at the keyboard */
export function readSinkOptions(args: string[]): SinkOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '4000' },
      host: { type: 'string', default: '127.0.0.1' },
      seconds: { type: 'string', default: '600' },
      deliveries: { type: 'string' },
      secret: { type: 'string', multiple: true },
      script: { type: 'string', multiple: true },
      keep: { type: 'string', default: '20' },
      json: { type: 'boolean', default: false },
    },
  });
  const secrets: Record<string, string[]> = {};
  for (const [name, secret] of (values.secret ?? []).map(split)) (secrets[name] ??= []).push(secret);
  return {
    port: numberOf('port', values.port, 0),
    host: values.host,
    seconds: numberOf('seconds', values.seconds, 1),
    deliveries: values.deliveries === undefined ? Infinity : numberOf('deliveries', values.deliveries, 1),
    secrets,
    scripts: Object.fromEntries(
      (values.script ?? []).map(split).map(([name, text]): [string, Script] => [name, parseScript(text)]),
    ),
    keep: numberOf('keep', values.keep, 0),
    json: values.json,
  };
}

function split(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new RangeError(`Write it as name=value; not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** JSON, or answers with commas between them. */
function parseScript(text: string): Script {
  if (/^[[{]/.test(text)) return readScript(JSON.parse(text));
  return readScript(text.split(',').map((word) => (/^\d+$/.test(word) ? Number(word) : word)));
}
