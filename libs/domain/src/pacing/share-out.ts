/**
 * Fair shares of what is scarce, calls per second or channels, level by level: a provider account, the tenants in it, the
 * campaigns of each. Everyone gets the guaranteed minimum if they want it; what nobody wants is lent to those who do.
 */

/** One who shares: an account, a tenant, a campaign. */
export interface Sharer {
  id: string;
  /** What it gets at least when it wants so much, in the units of the amount. */
  guaranteed: number;
  /** What it never gets more than; null: no limit. */
  limit: number | null;
  /** What it could use now. For one with parts what these want counts. */
  wanted: number;
  parts?: readonly Sharer[];
}

/**
 * @param amount  what there is for all of it; fractions are fine, see `wholeShares`
 * @returns what each gets, by id, on every level: parts never get more than the whole, and nobody more than wanted
 */
export function shareOut(amount: number, whole: Sharer): Map<string, number> {
  const shares = new Map<string, number>();
  give(shares, whole, Math.min(positive(amount), usable(whole)));
  return shares;
}

function give(shares: Map<string, number>, sharer: Sharer, amount: number): void {
  shares.set(sharer.id, amount);
  const parts = sharer.parts ?? [];
  const gets = divide(amount, parts);
  parts.forEach((part, at) => give(shares, part, gets[at] ?? 0));
}

/** First everyone's minimum, cut in proportion when the amount is too small for all of them; then the rest, evenly. */
function divide(amount: number, parts: readonly Sharer[]): number[] {
  const wants = parts.map(usable);
  const least = parts.map(({ guaranteed }, at) => Math.min(positive(guaranteed), wants[at] ?? 0));
  const owed = least.reduce((sum, one) => sum + one, 0);
  if (owed > amount) return least.map((one) => (one * amount) / owed);
  return raised(least, wants, amount - owed);
}

/** Lends the rest in equal parts, and what is more than somebody wants to the others: those who want least come first. */
function raised(least: readonly number[], wants: readonly number[], rest: number): number[] {
  const shares = [...least];
  const byHunger = shares
    .map((share, at) => ({ at, hunger: (wants[at] ?? 0) - share }))
    .sort((a, b) => a.hunger - b.hunger);
  let left = rest;
  byHunger.forEach(({ at, hunger }, turn) => {
    const extra = Math.min(hunger, left / (byHunger.length - turn));
    shares[at] = (shares[at] ?? 0) + extra;
    left -= extra;
  });
  return shares;
}

function usable({ wanted, limit, parts }: Sharer): number {
  const wants = parts === undefined ? positive(wanted) : parts.reduce((sum, part) => sum + usable(part), 0);
  return Math.min(wants, limit === null ? Infinity : positive(limit));
}

/** What is no amount is none. */
function positive(value: number): number {
  return value > 0 ? Math.min(value, Number.MAX_SAFE_INTEGER) : 0;
}
