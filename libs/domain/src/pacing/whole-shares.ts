/**
 * Whole calls of fractional shares: what is left of a share is kept for the next round, so that half a call a second is one
 * call every other second. No round gives more than the amount, and none gives less while somebody wants it.
 */

import { clamp } from './clamp.js';

/** What each is still owed, by id: up to one call of each, below 0 for what was given ahead. */
export type ShareCredit = Readonly<Record<string, number>>;

/** Sums of fractions fall short of a whole call by about this. */
const ROUNDING = 1e-9;

/**
 * @param shares  what each campaign gets this round, by id; the lowest level of `shareOut`
 * @param credit  what the last round returned; of those who share no more it is forgotten
 * @param amount  what there is this round: a whole number
 * @returns whole calls for each, those who are owed most first, and what is owed now
 */
export function wholeShares(
  shares: ReadonlyMap<string, number>,
  credit: ShareCredit,
  amount: number,
): { calls: Map<string, number>; credit: ShareCredit } {
  const owed = [...shares]
    .map(([id, share]) => ({ id, due: share + owedTo(credit, id), most: Math.ceil(share - ROUNDING) }))
    .sort((one, other) => other.due - one.due);
  const calls = new Map<string, number>();
  let left = Math.max(0, Math.floor(amount));
  const give = (id: string, wanted: number): void => {
    const given = Math.max(0, Math.min(left, wanted));
    calls.set(id, (calls.get(id) ?? 0) + given);
    left -= given;
  };
  for (const { id, due, most } of owed) give(id, Math.min(most, Math.floor(due + ROUNDING)));
  // What the fractions leave over goes to those who are nearest to a whole call, and is taken off what they are owed.
  for (const { id, most } of owed) give(id, Math.min(1, most - (calls.get(id) ?? 0)));
  // Nobody saves up: who could not use a round's calls does not come back for all of them at once.
  const kept = owed.map(({ id, due }) => [id, clamp(due - (calls.get(id) ?? 0), -1, 1)] as const);
  return { calls, credit: Object.fromEntries(kept) };
}

function owedTo(credit: ShareCredit, id: string): number {
  return Object.hasOwn(credit, id) ? (credit[id] ?? 0) : 0;
}
