import type { Instant } from '#domain';
import type { EarlierUse } from '#db';

/** Answers are kept this long; later the key may be used anew. */
export const KEEP_ANSWERS_MS = 24 * 60 * 60 * 1000;
/** A request that takes longer than this has died with its process. */
export const GIVEN_UP_AFTER_MS = 60_000;

export type RepeatVerdict = 'replay' | 'mismatch' | 'in_progress' | 'take_over';

/** What to do with a request whose idempotency key was used before. */
export function judgeRepeat(earlier: EarlierUse, hash: Uint8Array, now: Instant): RepeatVerdict {
  const age = now - earlier.startedAt;
  if (age >= KEEP_ANSWERS_MS) return 'take_over';
  if (Buffer.compare(earlier.requestHash, hash) !== 0) return 'mismatch';
  if (earlier.answer !== null) return 'replay';
  return age >= GIVEN_UP_AFTER_MS ? 'take_over' : 'in_progress';
}
