/** The command line of `npm run dialbench`. */
import { parseArgs } from 'node:util';

export interface DialBenchOptions {
  json: boolean;
  /** The first seed; the others follow it. */
  seed: number;
  /** One seed and few cells: whether it works, not how well. */
  short: boolean;
  /** B0: find the optima again in place of those that are kept. */
  solve: boolean;
  /** B9: rows of the file. */
  leads?: number;
}

export const USAGE = `npm run dialbench -- <workload> [options]

How well the shipped code dials. B0 to B6 and B8 are played on a virtual clock; B7 and B9 start the product.

  B0   the Markov world: utilisation as a share of the exact optimum at 3 % abandoned
  B1   the realistic centre, 5 to 100 agents: the planner beside progressive and the adaptive coefficient
  B2   states of agents and calls that are 0, 2, 5 and 10 s old
  B3   steps: three times as many answer or half; agents come and go
  B4   how long customers may wait
  B5   a share of the answers are machines
  B6   twenty tenants on 10 calls a second, and one of them wants a thousand
  B7   the whole product dials 100,000 times through chaos, and PBXs count (some 20 minutes; wants redis-server)
  B8   weeks in which clocks change, six zones, numbers listed in mid-run: what the shipped rules let through
  B9   a file of a million leads, one in ten of them twice, through the API

  --seed <n>   the first seed (default 1): the same seed gives the same figures
  --short      one seed, few cells, short days
  --solve      B0: find the optima again (an hour)
  --leads <n>  B9: rows of the file (default 1000000)
  --json       one JSON line at the end of stdout in place of a table
  --help`;

const WORDS = {
  json: { type: 'boolean', default: false },
  seed: { type: 'string', default: '1' },
  short: { type: 'boolean', default: false },
  solve: { type: 'boolean', default: false },
  leads: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * @returns null for help
 * @throws Error with a sentence for whoever typed it
 */
export function readDialBenchOptions(
  args: readonly string[],
): { workload: string; options: DialBenchOptions } | null {
  const { values, positionals } = parseArgs({ args: [...args], options: WORDS, allowPositionals: true });
  if (values.help) return null;
  const [workload, ...more] = positionals;
  if (workload === undefined || more.length > 0) throw new Error('Name one workload; --help lists them.');
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('--seed takes a whole number, 0 or more.');
  const leads = values.leads === undefined ? undefined : Number(values.leads);
  if (leads !== undefined && !(Number.isSafeInteger(leads) && leads > 0)) {
    throw new Error('--leads takes a whole number, 1 or more.');
  }
  const { json, short, solve } = values;
  const options = { json, seed, short, solve, ...(leads !== undefined && { leads }) };
  return { workload: workload.toUpperCase(), options };
}
