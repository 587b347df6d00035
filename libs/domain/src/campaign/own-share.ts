import type { TokenBucket } from '../delivery/token-bucket.js';
import { shareOut } from '../pacing/share-out.js';
import type { Instant } from '../ids.js';

export interface SharedAccount {
  perSecond: number;
  atOnce: number;
  bucket: TokenBucket;
  /** Orders that were sent and not answered. */
  underWay: number;
}

/**
 * How many of the calls that an account allows now are a campaign's: as many as everybody's, and what the others do not want. A
 * campaign that wants a thousand keeps nobody else from calling.
 *
 * @param wanted  by this campaign; `others` by each of those that use the account too
 * @param chance  in [0, 1): decides about the part of a call, so that over the rounds nobody gets more than is theirs
 */
export function ownShare(
  { perSecond, atOnce, bucket, underWay }: SharedAccount,
  wanted: number,
  others: readonly number[],
  { now, chance }: { now: Instant; chance: number },
): number {
  if (others.every((other) => other === 0)) return wanted;
  const filled = bucket.tokens + (Math.max(0, now - bucket.at) / 1_000) * perSecond;
  const amount = Math.max(0, Math.min(filled, perSecond, atOnce - underWay));
  const guaranteed = amount / (others.length + 1);
  const parts = [wanted, ...others].map((wants, at) => ({
    id: String(at),
    guaranteed,
    limit: null,
    wanted: wants,
  }));
  const whole = { id: 'account', guaranteed: amount, limit: null, wanted: 0, parts };
  return Math.floor((shareOut(amount, whole).get('0') ?? 0) + chance);
}
