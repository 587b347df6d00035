/** B2: what the pacing sees of agents and calls is late. */
import { realisticWorld } from './world.js';
import type { DialBenchOptions } from './options.js';
import type { DialBenchReport } from './report.js';
import { pacing, playShifts, round, seedsFrom } from './shifts.js';

const MAY_LOSE = 4;
/** A day of ten agents varies by half a point, and differences are what this is about. */
const SEEDS = 8;

export function playB2({ seed, short }: DialBenchOptions): DialBenchReport {
  const cells = (short ? [30] : [10, 30]).flatMap((agents) => {
    const shift = { world: realisticWorld(agents, 0.3), settings: pacing('planner'), days: 1 };
    const played = [0, 2, 5, 10].map((lagS) => ({
      agents,
      lagS,
      ...playShifts({ ...shift, lagMs: 1_000 * lagS }, seedsFrom(seed, short ? 1 : SEEDS)),
    }));
    const atOnce = played[0]?.utilisation ?? 0;
    return played.map((cell) => ({ ...cell, lost: round(atOnce - cell.utilisation, 2) }));
  });
  const late = cells.filter(({ lagS }) => lagS === 5);
  return {
    figures: { cells },
    columns: ['agents', 'seconds late', 'utilisation', 'lost', 'abandoned', 'worst seed'],
    rows: cells.map(({ agents, lagS, utilisation, lost, abandoned, worstSeedAbandoned }) =>
      [agents, lagS, utilisation, lost, abandoned, worstSeedAbandoned].map(String),
    ),
    bars: cells.map(({ agents, lagS, utilisation }) => ({
      label: `${agents} agents, ${lagS} s`,
      percent: utilisation,
    })),
    musts: [
      {
        what: `5 s cost no more than ${MAY_LOSE} points`,
        met: late.every(({ lost }) => lost <= MAY_LOSE),
      },
    ],
  };
}
