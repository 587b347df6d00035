const SMALLEST = 4_096;
const NOTHING = new Uint8Array();

/**
 * Bytes that arrive piece by piece. One piece stays the one that came; of more, a copy is made that doubles as it grows, as a
 * megabyte that comes byte by byte would else be a million objects.
 */
export class GrowingBuffer {
  private whole: Uint8Array = NOTHING;
  length = 0;

  /** @returns by how many bytes it takes more memory now */
  add(piece: Uint8Array): number {
    const before = this.whole.length;
    if (this.length === 0) this.whole = piece;
    else {
      const length = this.length + piece.length;
      // Never into the piece that came first, as that is full.
      if (length > before) this.growTo(length);
      this.whole.set(piece, this.length);
    }
    this.length += piece.length;
    return this.whole.length - before;
  }

  get bytes(): Uint8Array {
    return this.whole.length === this.length ? this.whole : this.whole.subarray(0, this.length);
  }

  private growTo(length: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(SMALLEST, length, this.whole.length * 2));
    larger.set(this.whole.subarray(0, this.length));
    this.whole = larger;
  }
}
