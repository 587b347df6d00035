import { takeTokens, type Instant, type RateLimit, type TokenBucket } from '#domain';

/**
 * How fast deliveries may go to one endpoint. Only the drain that holds the endpoint's lease sends to it, so what its memo
 * remembers of the bucket holds for all processes together.
 */
export class Pace {
  /** @param bucket  missing where there is no limit */
  constructor(
    private readonly limit: RateLimit | null,
    private kept: TokenBucket | undefined,
  ) {}

  /** For the memo. */
  get bucket(): TokenBucket | undefined {
    return this.kept;
  }

  /** Milliseconds until one more may go; 0 when it may go now. */
  waitMs(now: Instant): number {
    if (this.limit === null || this.kept === undefined) return 0;
    return takeTokens(this.kept, this.limit, 0, now).nextAt - now;
  }

  /** One goes. */
  take(now: Instant): void {
    if (this.limit === null || this.kept === undefined) return;
    this.kept = takeTokens(this.kept, this.limit, 1, now).bucket;
  }
}
