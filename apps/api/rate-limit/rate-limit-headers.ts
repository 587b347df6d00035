/**
 * @param used  what the limiter knows after this request
 * @returns the fields of draft-ietf-httpapi-ratelimit-headers (version 06, the one that clients read); times in seconds
 */
export function rateLimitHeaders(
  limit: number,
  windowSeconds: number,
  used: { remaining: number; msBeforeNext: number },
): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(Math.max(0, used.remaining)),
    'ratelimit-reset': String(secondsUntil(used.msBeforeNext)),
    'ratelimit-policy': `${String(limit)};w=${String(windowSeconds)}`,
  };
}

/** Rounded up: who waits this long is not too early. */
export function secondsUntil(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1000));
}
