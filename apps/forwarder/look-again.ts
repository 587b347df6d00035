/** Milliseconds between looks: the first, and the longest when nothing is found. */
const FIRST_MS = 50;
const LONGEST_MS = 400;

/**
 * When a drain whose mailbox was empty looks into it again. It is rung for no letter that comes while it has the lease, and
 * a slow endpoint would get such a letter only when it has answered all before it.
 */
export class LookAgain {
  private waitMs = FIRST_MS;
  private at = Infinity;

  /** The mailbox was read, and is empty if it held less than was asked for. */
  read(count: number, most: number, now: number): void {
    this.waitMs = count > 0 ? FIRST_MS : Math.min(this.waitMs * 2, LONGEST_MS);
    this.at = count < most ? now + this.waitMs : -Infinity;
  }

  /** @returns milliseconds until it is worth looking again, 0 for now; Infinity before the first read */
  inMs(now: number): number {
    return Math.max(0, this.at - now);
  }
}
