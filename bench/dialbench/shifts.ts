/** Some seeds of one shift, summed up. */
import { DEFAULT_PACING, type PacingMethod, type PacingSettings } from '#domain';
import { CallCentre, type Shift } from './call-centre.js';

export interface ShiftFigures {
  /** Percent of agents' paid time with customers and in wrap-up. */
  utilisation: number;
  /** Percent of the answers, of all seeds together and of the worst seed. */
  abandoned: number;
  worstSeedAbandoned: number;
  /** A decision of the pacing in milliseconds. */
  meanPlanMs: number;
}

export const TARGET = 0.03;

export function pacing(method: PacingMethod, more: Partial<PacingSettings> = {}): PacingSettings {
  return { ...DEFAULT_PACING, method, abandonTarget: TARGET, ...more };
}

export function playShifts(shift: Omit<Shift, 'seed'>, seeds: readonly number[]): ShiftFigures {
  const centres = seeds.map((seed) => new CallCentre({ ...shift, seed }).run());
  const sum = (of: (centre: CallCentre) => number): number =>
    centres.reduce((total, centre) => total + of(centre), 0);
  return {
    utilisation: percent(sum(({ handlingMs }) => handlingMs) / sum(({ atWorkMs }) => atWorkMs)),
    abandoned: percent(
      sum(({ drops }) => drops) /
        Math.max(
          1,
          sum(({ answers }) => answers),
        ),
    ),
    worstSeedAbandoned: percent(
      Math.max(...centres.map(({ drops, answers }) => drops / Math.max(1, answers))),
    ),
    meanPlanMs: round(sum(({ planMs }) => planMs) / sum(({ plans }) => plans), 4),
  };
}

export function seedsFrom(seed: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => seed + at);
}

export function percent(share: number): number {
  return round(100 * share, 2);
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
