/** B4: how long a customer may wait before it counts as abandoned. */
import { realisticWorld } from './world.js';
import type { DialBenchOptions } from './options.js';
import type { DialBenchReport } from './report.js';
import { pacing, playShifts, seedsFrom } from './shifts.js';

export function playB4({ seed, short }: DialBenchOptions): DialBenchReport {
  const cells = (short ? [10] : [10, 30]).flatMap((agents) =>
    [0, 1, 2, 4, 8].map((waitS) => {
      const settings = pacing('planner', { waitLimitMs: 1_000 * waitS });
      const shift = { world: realisticWorld(agents, 0.3), settings, days: 1 };
      return { agents, waitS, ...playShifts(shift, seedsFrom(seed, short ? 1 : 3)) };
    }),
  );
  return {
    figures: { cells },
    columns: ['agents', 'may wait s', 'utilisation', 'abandoned', 'worst seed'],
    rows: cells.map(({ agents, waitS, utilisation, abandoned, worstSeedAbandoned }) =>
      [agents, waitS, utilisation, abandoned, worstSeedAbandoned].map(String),
    ),
    bars: cells.map(({ agents, waitS, utilisation }) => ({
      label: `${agents} agents, ${waitS} s`,
      percent: utilisation,
    })),
    musts: [
      { what: 'no seed abandons more than 3 %', met: cells.every((cell) => cell.worstSeedAbandoned <= 3) },
    ],
  };
}
