/** B1: the realistic centre. */
import { realisticWorld } from './world.js';
import type { DialBenchOptions } from './options.js';
import type { DialBenchReport } from './report.js';
import { pacing, playShifts, seedsFrom, type ShiftFigures } from './shifts.js';

/** The planner's utilisation that the design tells, at p = 0.3. */
const REFERENCE: Readonly<Record<number, number>> = { 10: 82.1, 30: 89.7, 100: 95.1 };
const MAY_MISS = 0.5;

export interface B1Cell {
  agents: number;
  p: number;
  planner: ShiftFigures;
  ticksAlone: ShiftFigures;
  adaptive: ShiftFigures;
  progressive: ShiftFigures;
}

export function playB1({ seed, short }: DialBenchOptions): DialBenchReport {
  const sizes = short ? [10, 30] : [5, 10, 30, 100];
  const cells = sizes.flatMap((agents) =>
    (short ? [0.3] : [0.15, 0.3, 0.5]).map((p) => b1CellOf(agents, p, seedsFrom(seed, short ? 1 : 4))),
  );
  const largest = cells.findLast(({ agents }) => agents === Math.max(...sizes));
  const decision = { agents: largest?.agents ?? 0, meanMs: largest?.planner.meanPlanMs ?? 0 };
  return {
    figures: { cells, decision },
    columns: [
      'agents',
      'p',
      'planner',
      'abandoned',
      'worst seed',
      'ticks alone',
      'abandoned',
      'adaptive',
      'abandoned',
      'progressive',
    ],
    rows: cells.map((cell) => rowOf(cell)),
    bars: cells.map(({ agents, p, planner }) => ({
      label: `${agents} agents, p ${p}`,
      percent: planner.utilisation,
    })),
    musts: [
      ...cells.flatMap(({ agents, p, planner }) => {
        const wanted = p === 0.3 ? REFERENCE[agents] : undefined;
        if (wanted === undefined) return [];
        const what = `${agents} agents, p 0.3: ${planner.utilisation} beside ${wanted} of the design`;
        return [{ what, met: planner.utilisation >= wanted - MAY_MISS }];
      }),
      {
        what: 'no seed abandons more than 3 %',
        met: cells.every(({ planner }) => planner.worstSeedAbandoned <= 3),
      },
      {
        what: `a decision for ${decision.agents} agents takes ${decision.meanMs} ms`,
        met: decision.meanMs < 1,
      },
    ],
  };
}

export function b1CellOf(agents: number, p: number, seeds: readonly number[], hours = 8): B1Cell {
  const shift = { world: realisticWorld(agents, p), settings: pacing('planner'), days: 1, hours };
  return {
    agents,
    p,
    planner: playShifts(shift, seeds),
    ticksAlone: playShifts({ ...shift, onEvents: false }, seeds),
    adaptive: playShifts({ ...shift, settings: pacing('adaptive') }, seeds),
    progressive: playShifts({ ...shift, settings: pacing('progressive') }, seeds),
  };
}

function rowOf({ agents, p, planner, ticksAlone, adaptive, progressive }: B1Cell): string[] {
  return [
    agents,
    p,
    planner.utilisation,
    planner.abandoned,
    planner.worstSeedAbandoned,
    ticksAlone.utilisation,
    ticksAlone.abandoned,
    adaptive.utilisation,
    adaptive.abandoned,
    progressive.utilisation,
  ].map(String);
}
