import type { Instant } from '#domain';

/** A clock that was set back is believed after so long at the latest. */
const SPAN_MS = 60_000;

/**
 * How far the PBX's clock is ahead of ours. A message is on its way for a while, so it comes later than it was told: of all
 * messages the one that seems to be the most ahead is the nearest to the truth.
 */
export class ClockGap {
  private current = -Infinity;
  private before: number;
  private began: number | undefined;
  /** As another line of the same PBX measures it now; null for none. */
  otherMs: number | null = null;

  /**
   * @param known  as it was measured on a socket of before; null for never. It counts beside what is heard until that has been
   *   heard for long enough: a process that has just been started is slow, and hears everything late.
   */
  constructor(known: number | null) {
    this.before = known ?? -Infinity;
  }

  /** A message that was told just now: none that had waited for us at the PBX. */
  hear(toldAt: number, receivedAt: Instant): void {
    this.began ??= receivedAt;
    if (receivedAt - this.began >= SPAN_MS || receivedAt < this.began) {
      this.before = this.current;
      this.current = -Infinity;
      this.began = receivedAt;
    }
    this.current = Math.max(this.current, Math.round(toldAt - receivedAt));
  }

  /** Whole milliseconds, negative where it is behind; null while it is not known. */
  get aheadMs(): number | null {
    const { ownMs, otherMs } = this;
    return ownMs === null || otherMs === null ? (ownMs ?? otherMs) : Math.max(ownMs, otherMs);
  }

  /** The same by what was heard here alone. */
  get ownMs(): number | null {
    const seen = Math.max(this.current, this.before);
    return seen === -Infinity ? null : seen;
  }
}
