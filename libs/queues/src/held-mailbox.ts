import type { Lease, Leaving } from './contract.js';
import type { Slice } from './slice.js';

/** A mailbox that this process has the lease of, and whether somebody rang at it meanwhile. */
export class HeldMailbox {
  private isRung = false;
  private wake: () => void = () => undefined;
  /** What the drains so far leave for the next one; it is kept when the lease is given back. */
  private left: Leaving = { more: false };

  constructor(
    readonly lease: Lease,
    readonly slice: Slice,
  ) {}

  /** What the next drain works under. */
  get leaseNow(): Lease {
    return this.left.memo === undefined ? this.lease : { ...this.lease, memo: this.left.memo };
  }

  /** What is left when the lease is given back now. */
  get leaving(): Leaving {
    return this.left;
  }

  /** Whether it was rung since the last drain began. */
  get rung(): boolean {
    return this.isRung;
  }

  ring(): void {
    this.isRung = true;
    this.wake();
  }

  /** A drain begins: whatever rang before it is answered by it. */
  begin(): void {
    this.isRung = false;
  }

  /** A drain is over. Its memo stands in for that of the one before; none leaves that as it is. */
  drained(leaving: Leaving): void {
    const { memo } = this.left;
    this.left = memo === undefined || leaving.memo !== undefined ? leaving : { ...leaving, memo };
  }

  /** Nothing more is done with it: whoever lingers stops. */
  let(): void {
    this.wake();
  }

  /** Waits for a ring, but not for long. @returns whether there was one */
  async linger(ms: number): Promise<boolean> {
    if (this.isRung) return true;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
    return this.isRung;
  }
}
