/** Between two rings while there is little to ring for: what comes alone is rung for at once. */
const SELDOM_MS = 60;
/** While work is steady. Shorter than a lookout stays awake (`AWAKE_MS`): whoever was woken by the last ring looks for himself. */
export const LONGEST_SELDOM_MS = 240;
/** Mailboxes rung at, for each millisecond, from which on work is steady: a hundred a second. */
const STEADY = 0.1;

/**
 * When to ring for mailboxes that are looked for: a ring is a job, which costs ten times as much as a look, so the steadier the
 * work, the more seldom. What is not found by looking (a retry, what a replay set free) is told with the next ring.
 */
export class Seldom {
  private gapMs = SELDOM_MS;
  private rangAt = -Infinity;

  /** @returns milliseconds until it may be rung; 0 for now */
  waitMs(now: number): number {
    return Math.max(0, this.rangAt + this.gapMs - now);
  }

  /** It was rung. @param asked  mailboxes since the last time, one that was rung twice counting twice */
  beat(begun: number, _ended: number, asked: number): void {
    const since = begun - this.rangAt;
    const isSteady = asked >= STEADY * Math.min(since, LONGEST_SELDOM_MS);
    this.gapMs = isSteady ? Math.min(2 * this.gapMs, LONGEST_SELDOM_MS) : SELDOM_MS;
    this.rangAt = begun;
  }
}
