import type { RateLimit } from '#domain';

export const MOST_PER_HOUR = 30;

const SECONDS_PER_HOUR = 3_600;
/** Troubles come together, so this part of an hour's mail may go at once. */
const AT_ONCE = 1 / 3;

/**
 * The limit under which no hour has more than so many: what goes at once, and what flows in during the hour, are so many
 * together.
 */
export function mailLimit(mostPerHour: number): RateLimit {
  const burst = Math.max(1, Math.floor(mostPerHour * AT_ONCE));
  return { burst, perSecond: (mostPerHour - burst + 1) / SECONDS_PER_HOUR };
}
