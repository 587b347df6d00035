/**
 * In which order mailboxes get a place. Whoever comes first is first, but who has just had a place stands behind all that come
 * within as long again: one mailbox with a flood in it takes every second turn at most, however often it is rung.
 */
export class FairOrder {
  /** Until when each that had a place gives way to others; in the order in which they left. */
  private readonly givesWayUntil = new Map<string, number>();

  /** All times are milliseconds on one clock. */
  left(id: string, begun: number, ended: number): void {
    for (const [other, until] of this.givesWayUntil) {
      if (until > ended) break;
      this.givesWayUntil.delete(other);
    }
    this.givesWayUntil.delete(id);
    this.givesWayUntil.set(id, ended + (ended - begun));
  }

  /** @returns where one that asks now stands; those with less go before it */
  standing(id: string, now: number): number {
    return Math.max(now, this.givesWayUntil.get(id) ?? now);
  }
}
