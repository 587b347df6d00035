/** How much of the last rounds counts for the pace of the next; one slow round must not set it. */
const MEMORY = 0.8;

export interface RhythmOptions {
  /** Longest rest between the beginnings of two rounds, unless a round itself takes longer. */
  longestMs: number;
  /** The share of time that rounds may take: at 0.25 a round that takes 2 ms is followed by a rest of 6 ms. */
  share: number;
}

/**
 * How long something that happens in rounds waits for the next one. After quiet it goes at once: what comes alone waits for
 * nobody. While there is always something to do, the rounds move apart by how long they take, so that many things share
 * what a round costs, and whoever is asked is never asked all the time.
 */
export class Rhythm {
  /** When the next round may begin, on the clock of the callers. */
  private next = -Infinity;
  private tookMs: number | undefined;

  constructor(private readonly options: RhythmOptions) {}

  /** @returns milliseconds until a round may begin; 0 for now */
  waitMs(now: number): number {
    return Math.max(0, this.next - now);
  }

  /** A round was made; both times are milliseconds on one clock. */
  beat(begun: number, ended: number): void {
    const took = ended - begun;
    this.tookMs = this.tookMs === undefined ? took : MEMORY * this.tookMs + (1 - MEMORY) * took;
    const { longestMs, share } = this.options;
    this.next = begun + Math.max(took, Math.min(longestMs, this.tookMs / share));
  }
}
