/** The rate limit of one endpoint: a bucket that refills evenly. Plain JSON, kept in the mailbox row between drains. */
import { type Instant, instant } from '../ids.js';
import { SECOND } from './durations.js';

export interface RateLimit {
  /** Tokens that flow in per second; may be a fraction, must be above 0. */
  perSecond: number;
  /** The most that the bucket holds, so the most that goes out at once; at least 1. */
  burst: number;
}

export interface TokenBucket {
  tokens: number;
  /** When `tokens` was true. */
  at: Instant;
}

export interface TokensTaken {
  bucket: TokenBucket;
  /** Whole tokens, from 0 to what was wanted. */
  taken: number;
  /** When the next whole token is there: `now` when one is left. */
  nextAt: Instant;
}

/** Sums of fractions fall short of a whole token by about this; without it a taker would wait one more round. */
const ROUNDING = 1e-9;

export function fullBucket(limit: RateLimit, now: Instant): TokenBucket {
  return { tokens: limit.burst, at: now };
}

/**
 * Takes up to `wanted` tokens, one for each delivery of a batch.
 *
 * @param wanted  a whole number, 0 or more
 * @returns what was taken, the bucket afterwards, and when to come back for more
 */
export function takeTokens(bucket: TokenBucket, limit: RateLimit, wanted: number, now: Instant): TokensTaken {
  // A clock that was set back earns nothing, and the bucket starts over from the new time instead of freezing.
  const elapsedMs = Math.max(0, now - bucket.at);
  const tokens = Math.min(limit.burst, bucket.tokens + (elapsedMs / SECOND) * limit.perSecond);
  const taken = Math.min(wanted, Math.floor(tokens + ROUNDING));
  const left = Math.max(0, tokens - taken);
  const waitMs = left + ROUNDING >= 1 ? 0 : Math.ceil(((1 - left) / limit.perSecond) * SECOND);
  return { bucket: { tokens: left, at: now }, taken, nextAt: instant(now + waitMs) };
}

/** Reads a stored bucket; whatever is malformed is read as full, and a bucket above its limit is cut down to it. */
export function readTokenBucket(json: unknown, limit: RateLimit, now: Instant): TokenBucket {
  if (typeof json !== 'object' || json === null) return fullBucket(limit, now);
  const { tokens, at } = json as Record<string, unknown>;
  if (typeof tokens !== 'number' || !Number.isFinite(tokens) || tokens < 0) return fullBucket(limit, now);
  if (typeof at !== 'number' || !Number.isSafeInteger(at)) return fullBucket(limit, now);
  return { tokens: Math.min(tokens, limit.burst), at: instant(at) };
}
