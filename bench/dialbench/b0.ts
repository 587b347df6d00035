/** B0: the Markov world, whose optimum is known exactly. */
import { markovWorld } from './world.js';
import { OPTIMA, optimumOf } from './optimum.js';
import type { DialBenchOptions } from './options.js';
import type { DialBenchReport } from './report.js';
import { pacing, percent, playShifts, round, seedsFrom } from './shifts.js';

/** Percent of the optimum that every cell is to come to. */
const GOAL = 98;
const DAYS = 5;

export function playB0({ seed, short, solve }: DialBenchOptions): DialBenchReport {
  const sizes = short ? [10] : [5, 10, 20, 30, 50];
  const cells = sizes.flatMap((agents) =>
    (short ? [0.3] : [0.15, 0.3, 0.5]).map((p) =>
      cellOf({ agents, p, solve }, seedsFrom(seed, short ? 1 : 3)),
    ),
  );
  const worst = Math.min(...cells.map(({ share }) => share));
  const worstAlone = Math.min(...cells.map(({ ticksAlone }) => ticksAlone.share));
  const most = Math.max(...cells.map(({ abandoned }) => abandoned));
  return {
    figures: { cells, worst, worstTicksAlone: worstAlone },
    columns: [
      'agents',
      'p',
      'optimum',
      'planner',
      '% of it',
      'abandoned',
      'ticks alone',
      '% of it',
      'abandoned',
    ],
    rows: cells.map(({ agents, p, optimum, utilisation, share, abandoned, ticksAlone }) =>
      [agents, p, optimum, utilisation, share, abandoned].concat(Object.values(ticksAlone)).map(String),
    ),
    bars: cells.map(({ agents, p, share }) => ({ label: `${agents} agents, p ${p}`, percent: share })),
    musts: [
      { what: `every cell comes to ${GOAL} % of the optimum (worst ${worst})`, met: worst >= GOAL },
      { what: `no cell abandons more than 3 % (most ${most})`, met: most <= 3 },
    ],
  };
}

interface Cell {
  agents: number;
  p: number;
  solve?: boolean;
  days?: number;
  hours?: number;
}

export function cellOf({ agents, p, solve = false, days = DAYS, hours = 8 }: Cell, seeds: readonly number[]) {
  const optimum = solve
    ? percent(optimumOf(agents, p))
    : (OPTIMA[agents]?.[p] ?? percent(optimumOf(agents, p)));
  const shift = {
    world: markovWorld(agents, p),
    settings: pacing('planner', { waitLimitMs: 0 }),
    days,
    hours,
  };
  const played = playShifts(shift, seeds);
  const alone = playShifts({ ...shift, onEvents: false }, seeds);
  const shareOf = (utilisation: number): number => round((100 * utilisation) / optimum, 2);
  return {
    agents,
    p,
    utilisation: played.utilisation,
    optimum,
    share: shareOf(played.utilisation),
    abandoned: played.abandoned,
    worstSeedAbandoned: played.worstSeedAbandoned,
    ticksAlone: {
      utilisation: alone.utilisation,
      share: shareOf(alone.utilisation),
      abandoned: alone.abandoned,
    },
  };
}
