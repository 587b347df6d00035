/**
 * How much risk the planner takes: the target, times what was learned of how it turns out (`lnRisk`), times how full the
 * bank of the compliance ledger is. The bank steers fast, what was learned slowly. Full throttle until the bank is empty
 * would mean to fall back to progressive again and again, which costs far more than a reserve that is never spent.
 */
import { clamp } from './clamp.js';
import type { PacingMemory } from './pacing.js';

/** A call's own risk may be above the average that the target is about: e to this, times as high, before anything is learned. */
const LN_FIRST_RISK = 0.7;
/** How much one more drop in the bank adds to the logarithm of the risk, and the bounds of that. */
const LN_PER_DROP = 0.15;
const LN_LEAST = -3;
const LN_MOST = 1;
/** The bank that is aimed at, in drops: some, and more where more are dropped (they come in clumps, as square roots do). */
const RESERVE = 3;
const RESERVE_PER_ROOT = 0.4;
/** Below this share of the reserve the risk goes down with the bank, to nothing before its last drop: calls still ring then. */
const LOW = 0.6;
const LEAST_BANK = 0.5;

/**
 * @param bank     drops that are left, see `bankOf`
 * @param allowed  drops that the target allows for the answers of today
 * @returns the chance to find no agent that a call may have, 0 to 1
 */
export function riskTaken(
  { lnRisk }: Pick<PacingMemory, 'lnRisk'>,
  { abandonTarget, bank, allowed }: { abandonTarget: number; bank: number; allowed: number },
): number {
  const reserve = RESERVE + RESERVE_PER_ROOT * Math.sqrt(Math.max(0, allowed));
  const throttle = clamp((bank - LEAST_BANK) / (LOW * reserve - LEAST_BANK), 0, 1);
  const fullness = clamp(LN_PER_DROP * (bank - reserve), LN_LEAST, LN_MOST);
  return Math.min(1, abandonTarget * Math.exp(LN_FIRST_RISK + lnRisk + fullness) * throttle);
}
