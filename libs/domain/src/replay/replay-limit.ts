import { MINUTE, SECOND } from '../delivery/durations.js';
import type { RateLimit } from '../delivery/token-bucket.js';

/** What may be made at once, as a share of a minute: the clock of waiting mailboxes ticks once a second. */
const BURSTS_A_MINUTE = 20;

/**
 * The rate limit of a replay. What the bucket holds and what flows in within a minute are together no more than the
 * rate, so no minute sees more; the lasting rate is a twentieth below it.
 *
 * @param ratePerMinute  most deliveries made in a minute, above 0
 * @param endpoints  most deliveries of one event: they are made together, so the bucket must hold them
 */
export function replayLimit(ratePerMinute: number, endpoints: number): RateLimit {
  const burst = Math.max(1, endpoints, Math.ceil(ratePerMinute / BURSTS_A_MINUTE));
  return { burst, perSecond: Math.max(1, ratePerMinute - burst) / (MINUTE / SECOND) };
}
