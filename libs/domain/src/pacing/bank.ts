/** The compliance ledger: how many more customers may be abandoned now without breaking the target. */
import type { Ledger, LedgerWindow } from './pacing.js';

/**
 * The law counts thirty days, and so they are held to the target to the last drop. A day or 24 hours may owe so many
 * drops while the thirty days can pay for them: else the first drop of a morning would stop a small team for half an hour.
 */
const SHORT_WINDOWS_MAY_OWE = 4;

/** @returns in drops, of the strictest window; below 0 when more were abandoned than is allowed */
export function bankOf({ day, rolling24h, days30 }: Ledger, abandonTarget: number): number {
  const short = Math.min(left(day, abandonTarget), left(rolling24h, abandonTarget));
  return Math.min(left(days30, abandonTarget), short + SHORT_WINDOWS_MAY_OWE);
}

/** A window that makes no sense has nothing left. */
function left({ answers, drops }: LedgerWindow, abandonTarget: number): number {
  const bank = abandonTarget * answers - drops;
  return Number.isFinite(bank) && answers >= 0 && drops >= 0 ? bank : -Infinity;
}
