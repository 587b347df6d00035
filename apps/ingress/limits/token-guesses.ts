import type { Instant } from '#domain';

const MINUTE_MS = 60_000;
/** Sources remembered; when full, all are forgotten. */
const KEEP_MOST = 50_000;

/** Counts webhooks to unknown URLs by where they come from, in windows of a minute. */
export class TokenGuesses {
  private readonly sources = new Map<string, { count: number; until: number }>();

  /** @param mostPerMinute  what is more has to wait */
  constructor(
    private readonly mostPerMinute: number,
    private readonly now: () => Instant,
  ) {}

  note(source: string): void {
    const now = this.now();
    const known = this.sources.get(source);
    if (known && now < known.until) {
      known.count += 1;
      return;
    }
    if (this.sources.size >= KEEP_MOST) this.sources.clear();
    this.sources.set(source, { count: 1, until: now + MINUTE_MS });
  }

  /** @returns after how many seconds the source may try again; 0 when it need not wait */
  waitSeconds(source: string): number {
    if (this.sources.size === 0) return 0;
    const known = this.sources.get(source);
    const leftMs = known && known.count >= this.mostPerMinute ? known.until - this.now() : 0;
    return Math.max(0, Math.ceil(leftMs / 1000));
  }
}
