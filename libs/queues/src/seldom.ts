/** Between two rings: what comes alone is rung for at once, and what follows it closely goes together. */
const TOGETHER_MS = 10;
/** Between two rings while work is steady. Shorter than a lookout stays awake (`AWAKE_MS`): who was woken by the last one still looks. */
export const SELDOM_MS = 240;
/** Mailboxes rung for, for each millisecond, from which on work is steady: eighty a second. */
const STEADY = 0.08;
/** For how long what was asked for counts: a few that come together are no steady work. */
const MEMORY_MS = 300;

/**
 * When to ring for mailboxes that are looked for. Where they are few, a ring for each is cheaper than looking, and sooner; while work is
 * steady a look finds something nearly every time, and rings only say that there is reason to look. What is not found by looking (a
 * retry, what a replay set free) is told with the next ring.
 */
export class Seldom {
  private perMs = 0;
  private isSteady = false;
  private rangAt = -Infinity;

  /** @returns milliseconds until it may be rung; 0 for now */
  waitMs(now: number): number {
    return Math.max(0, this.rangAt + (this.isSteady ? SELDOM_MS : TOGETHER_MS) - now);
  }

  /**
   * It is rung.
   *
   * @param asked  mailboxes since the last time, one that was rung twice counting twice
   * @returns whether work is steady, so that the next ring may be long in coming
   */
  ring(now: number, asked: number): boolean {
    const since = Math.max(1, now - this.rangAt);
    const kept = Math.exp(-since / MEMORY_MS);
    this.perMs = kept * this.perMs + (1 - kept) * (asked / since);
    this.isSteady = this.perMs >= STEADY;
    this.rangAt = now;
    return this.isSteady;
  }
}
