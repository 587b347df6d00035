/** One that shares: a provider account, a tenant in it, a campaign of that. */
export interface ShareOf {
  id: string;
  /** What it gets at least when it wants so much, in the units of the amount. */
  guaranteed: number;
  /** What it never gets more than; null: no limit. */
  limit: number | null;
  /** What it could use now: for one with parts, the sum of theirs counts. */
  wanted: number;
  parts?: readonly ShareOf[];
}

/** @returns what each gets, by id, of all levels */
export function shareOut(amount: number, whole: ShareOf): Map<string, number> {
  return new Map([[whole.id, Math.min(amount, whole.wanted)]]);
}
