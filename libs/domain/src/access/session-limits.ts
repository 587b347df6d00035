import type { Instant } from '../ids.js';

const HOUR_MS = 60 * 60 * 1_000;
/** A session that nobody used for so long has ended. */
export const SESSION_IDLE_MS = 12 * HOUR_MS;
/** And so has one that is older than this, however much it was used. */
export const SESSION_MOST_MS = 7 * 24 * HOUR_MS;

/** Whether a session still is one. */
export function isAlive(session: { lastSeenAt: Instant; expiresAt: Instant }, now: Instant): boolean {
  return now < session.expiresAt && now - session.lastSeenAt < SESSION_IDLE_MS;
}
