/** The same workload on two builds in turns, so that a busy or a slow machine is the same for both. */
import type { BenchResult } from '../result.js';
import { ownBuild, type Build } from '../stage/build.js';
import { ratiosOf, type Ratio } from './ratios.js';

export interface Comparison {
  workload: string;
  base: { name: string; runs: BenchResult[] };
  own: { runs: BenchResult[] };
  ratios: Ratio[];
}

/**
 * @param other  the build that this one is measured against
 * @param run  measures one build, and undoes what it started
 */
export async function compare(
  { other, turns, say }: { other: Build; turns: number; say: (line: string) => void },
  run: (build: Build) => Promise<BenchResult>,
): Promise<Comparison> {
  const [base, own]: [BenchResult[], BenchResult[]] = [[], []];
  for (let turn = 1; turn <= turns; turn += 1) {
    say(`turn ${String(turn)} of ${String(turns)}: ${other.name}`);
    base.push(await run(other));
    say(`turn ${String(turn)} of ${String(turns)}: this build`);
    own.push(await run(ownBuild()));
  }
  return {
    workload: own[0]?.workload ?? '',
    base: { name: other.name, runs: base },
    own: { runs: own },
    ratios: ratiosOf(base, own),
  };
}
