/** Times of use are no finer than this, so that reading does not become writing. */
export const TOUCH_EVERY_MS = 60_000;
/** Entries remembered at most. */
const KEEP_MOST = 5_000;

/** What was used a moment ago, so that its use is noted once a minute. */
export class UsedLately {
  private readonly touched = new Map<string, number>();

  /** When it was last used, as far as this process or the database knows. */
  last(id: string, kept: number | null): number {
    return Math.max(kept ?? 0, this.touched.get(id) ?? 0);
  }

  /** @param kept  what the database knows. @returns whether the use is to be written down now */
  isDue(id: string, kept: number | null, now: number): boolean {
    if (now - this.last(id, kept) < TOUCH_EVERY_MS) return false;
    if (this.touched.size >= KEEP_MOST) this.touched.clear();
    this.touched.set(id, now);
    return true;
  }
}
