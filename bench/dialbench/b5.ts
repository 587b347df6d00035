/** B5: a share of the answers are machines; an agent listens for some seconds and hangs up. Only people count as work. */
import { realisticWorld, type World } from './world.js';
import type { DialBenchOptions } from './options.js';
import type { DialBenchReport } from './report.js';
import { pacing, playShifts, seedsFrom } from './shifts.js';

const LISTENS_MS = 8_000;

function withMachines(agents: number, p: number, machines: number): World {
  const world = realisticWorld(agents, p);
  return {
    ...world,
    fate: (random, dayMs) => {
      const fate = world.fate(random, dayMs);
      return fate.answered && random.next() < machines ? { ...fate, voicemail: true } : fate;
    },
    talkMs: (random, fate) =>
      fate.voicemail === true ? random.exponential(LISTENS_MS) : world.talkMs(random, fate),
  };
}

export function playB5({ seed, short }: DialBenchOptions): DialBenchReport {
  const cells = [0, 0.2, 0.4].flatMap((machines) =>
    (['planner', 'adaptive', 'progressive'] as const).map((method) => {
      const shift = {
        world: withMachines(short ? 10 : 30, 0.3, machines),
        settings: pacing(method),
        days: 1,
      };
      return { machines, method, ...playShifts(shift, seedsFrom(seed, short ? 1 : 3)) };
    }),
  );
  return {
    figures: { cells },
    columns: ['machines', 'method', 'with people', 'abandoned', 'worst seed'],
    rows: cells.map(({ machines, method, utilisation, abandoned, worstSeedAbandoned }) =>
      [machines, method, utilisation, abandoned, worstSeedAbandoned].map(String),
    ),
    bars: cells.map(({ machines, method, utilisation }) => ({
      label: `${machines} ${method}`,
      percent: utilisation,
    })),
    musts: [
      {
        what: 'no seed of the planner abandons more than 3 %',
        met: cells.every(({ method, worstSeedAbandoned }) => method !== 'planner' || worstSeedAbandoned <= 3),
      },
    ],
  };
}
