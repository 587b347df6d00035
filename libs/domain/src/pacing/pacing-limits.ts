/** The bounds of what is set and learned, so that no setting and no memory can make a campaign wild. */
import { clamp } from './clamp.js';
import { DEFAULT_PACING, type PacingMemory, type PacingSettings } from './pacing.js';

export const LEAST_ABANDON_TARGET = 0.001;
export const MOST_ABANDON_TARGET = 0.1;
/** The most lines for each free agent that the adaptive method comes to. */
export const MOST_COEFFICIENT = 10;

/** The logarithm of the planner's risk, beside what it begins with. */
export const LN_RISK = { least: -4, most: 3 } as const;

export function abandonTargetOf({ abandonTarget }: PacingSettings): number {
  if (!Number.isFinite(abandonTarget)) return DEFAULT_PACING.abandonTarget;
  return clamp(abandonTarget, LEAST_ABANDON_TARGET, MOST_ABANDON_TARGET);
}

/** Lines for each free agent, 1 to `MOST_COEFFICIENT`: what the campaign began with, times what was learned. */
export function coefficientOf({ lnCoefficient }: PacingMemory, settings: PacingSettings): number {
  return clamp(startOf(settings) * Math.exp(lnCoefficient), 1, MOST_COEFFICIENT);
}

/** The bounds of `lnCoefficient` that keep the coefficient in its own. */
export function coefficientBounds(settings: PacingSettings): { least: number; most: number } {
  const start = startOf(settings);
  return { least: Math.log(1 / start), most: Math.log(MOST_COEFFICIENT / start) };
}

function startOf({ startCoefficient }: PacingSettings): number {
  return clamp(startCoefficient ?? 1, 1, MOST_COEFFICIENT);
}
