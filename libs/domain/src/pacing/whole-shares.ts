/**
 * Whole calls of fractional shares: what is left of a share is kept for the next round, so that half a call a second is one
 * call every other second, and the sum of a round is never above the amount.
 */

/** What each is still owed, by id: less than one call of each. */
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
  const owed = [...shares].map(([id, share]) => ({
    id,
    due: share + (Object.hasOwn(credit, id) ? (credit[id] ?? 0) : 0),
  }));
  const calls = new Map<string, number>();
  let left = Math.max(0, Math.floor(amount));
  for (const { id, due } of owed.toSorted((a, b) => b.due - a.due)) {
    const taken = Math.min(left, Math.floor(due + ROUNDING));
    calls.set(id, taken);
    left -= taken;
  }
  // Nobody saves up: who could not use a round's calls does not come back for all of them at once.
  const kept = owed.map(({ id, due }) => [id, Math.min(1, Math.max(0, due - (calls.get(id) ?? 0)))] as const);
  return { calls, credit: Object.fromEntries(kept) };
}
