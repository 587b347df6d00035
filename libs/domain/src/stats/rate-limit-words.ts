import { takeTokens, type RateLimit, type TokenBucket } from '../delivery/token-bucket.js';
import type { Instant } from '../ids.js';

/** How an endpoint stands with its rate limit, in a few words for the tenant. @param bucket  as it was left; null without a limit */
export function rateLimitWords(limit: RateLimit | null, bucket: TokenBucket | null, now: Instant): string {
  if (limit === null || bucket === null) return 'No rate limit.';
  const { bucket: filled, nextAt } = takeTokens(bucket, limit, 0, now);
  if (nextAt > now) return `Used up: the next delivery may go at ${new Date(nextAt).toISOString()}.`;
  const tokens = Math.max(1, Math.floor(filled.tokens));
  return `${tokens} of ${limit.burst} may go at once.`;
}
