import type { RateLimit } from '#domain';

/** Whom we keep the pace of; when full, all are forgotten. */
const KEEP_MOST = 10_000;

/**
 * Keeps to the rations of CRMs that are asked while phones ring, as far as this worker asks. Whoever is next has its turn
 * reserved; one that would wait for too long is not asked, and takes nobody's turn.
 */
export class SourcePace {
  /** By name: when its next turn would be if it took one at a time, in milliseconds since 1970. */
  private readonly next = new Map<string, number>();

  /** @returns how long to wait for its turn, in milliseconds; null for longer than `mostMs` */
  turnOf(name: string, { perSecond, burst }: RateLimit, now: number, mostMs: number): number | null {
    const everyMs = 1000 / perSecond;
    const next = Math.max(this.next.get(name) ?? now, now);
    const waitMs = Math.max(0, next - (burst - 1) * everyMs - now);
    if (waitMs > mostMs) return null;
    if (this.next.size >= KEEP_MOST) this.next.clear();
    this.next.set(name, next + everyMs);
    return waitMs;
  }
}
