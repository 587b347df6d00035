/** Renewed so long before the token ends: a server that is away for a moment ends no portal. */
const AHEAD_MS = 5 * 60_000;
const LEAST_MS = 1_000;

/**
 * When the token is renewed, or that there is no more to renew.
 *
 * A page that slept for longer than that asks at once, and never in a circle.
 *
 * @param now  by the server's clock, milliseconds since 1970
 */
export function nextRenewal(
  { expiresAt, endsAt }: { expiresAt: string; endsAt: string },
  now: number,
): { inMs: number; isLast: boolean } {
  const isLast = expiresAt === endsAt;
  const leftMs = Date.parse(expiresAt) - now;
  if (isLast) return { inMs: Math.max(LEAST_MS, leftMs), isLast };
  return { inMs: Math.max(60 * LEAST_MS, leftMs - AHEAD_MS), isLast };
}
