import { AppError } from '#domain';

export const DEMO_HELP = `npm run demo [-- options]

Starts Switchhook in one process with a PostgreSQL of its own, makes demo tenants, plays calls of all kinds from a simulated
PBX of every vendor to simulated CRMs, much faster than life, and shows each call's way. A small campaign dials beside them, and
says of each lead what became of it, or why it is not dialled. One of the CRMs has contacts and records of calls: a connector logs
each call in it once.

  --once         play some calls, print what became of them, and stop
  --calls N      how many calls (default 20 with --once, else until Ctrl-C)
  --rate N       calls a second (default 2; with --once 10)
  --no-campaign  leave the campaign out
  --asterisk     start a real Asterisk as well: phones call each other, now and then again, and one is for a phone of yours
  --json         the last line on stdout is a JSON summary
  --help         this text

PORT chooses the port (default 3000, or a free one when that is taken).
`;

export interface DemoOptions {
  once: boolean;
  json: boolean;
  help: boolean;
  /** Whether a campaign dials as well. */
  campaign: boolean;
  /** Whether a real PBX takes part. */
  asterisk: boolean;
  calls: number;
  rate: number;
}

/** @throws AppError with a sentence for a word that it does not know */
export function readDemoOptions(args: readonly string[]): DemoOptions {
  const flags = new Set<string>();
  const numbers = new Map<string, number>();
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (['--once', '--json', '--help', '--no-campaign', '--asterisk'].includes(word)) flags.add(word);
    else if (word === '--calls' || word === '--rate') {
      numbers.set(word, positive(word, args[at + 1]));
      at += 1;
    } else throw new AppError('rejected', 'demo.option', `The demo has no option "${word}"; see --help.`);
  }
  const once = flags.has('--once');
  return {
    once,
    json: flags.has('--json'),
    help: flags.has('--help'),
    campaign: !flags.has('--no-campaign'),
    asterisk: flags.has('--asterisk'),
    calls: numbers.get('--calls') ?? (once ? 20 : Infinity),
    rate: numbers.get('--rate') ?? (once ? 10 : 2),
  };
}

function positive(name: string, text: string | undefined): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new AppError('rejected', 'demo.option', `${name} wants a whole number above 0.`);
}
