import { instant, type Instant } from '#domain';

/** What a token endpoint gave (RFC 6749, section 5.1). */
export interface ReadTokens {
  access: string;
  /** Null where it gave none: the one before stays, if there is any. */
  refresh: string | null;
  /** How long the access token is used, in milliseconds; null where the answer does not say it. */
  goodForMs: number | null;
  /** When the refresh token ends; null where the answer does not say it. */
  refreshEndsAt: Instant | null;
}

const SECOND = 1000;
/** So long before its end a token is used no more: it must outlive the request that it goes with. */
const MARGIN_MS = 30 * SECOND;
export const LONGEST_USE_MS = 24 * 60 * 60 * SECOND;
/** What goes into a header as it is (RFC 6750, section 2.1, and a little more than that). */
const TOKEN = /^[\x21-\x7e]+$/;
const LONGEST_REFRESH_TOKEN = 16 * 1024;

/** @returns null for anything but a bearer token that can be sent */
export function readTokens(members: Record<string, unknown>, now: Instant): ReadTokens | null {
  const { access_token: access, token_type: type = 'bearer', refresh_token: refresh } = members;
  if (typeof access !== 'string' || !TOKEN.test(access)) return null;
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') return null;
  const seconds = secondsOf(members['expires_in']);
  const ends = secondsOf(members['refresh_token_expires_in'] ?? members['refresh_expires_in']);
  return {
    access,
    refresh:
      typeof refresh === 'string' && refresh !== '' && refresh.length <= LONGEST_REFRESH_TOKEN
        ? refresh
        : null,
    goodForMs: seconds === null ? null : usedForMs(seconds),
    // Some say 0 for one that does not end.
    refreshEndsAt: ends === null || ends === 0 ? null : instant(now + ends * SECOND),
  };
}

function usedForMs(seconds: number): number {
  const goodForMs = Math.min(seconds * SECOND, LONGEST_USE_MS);
  // Half of a token that lives for less than a minute is better than none of it.
  return goodForMs - Math.min(MARGIN_MS, goodForMs / 2);
}

const MOST_SECONDS = 100 * 365 * 24 * 60 * 60;

/** @param value  by some servers as text */
function secondsOf(value: unknown): number | null {
  const seconds = typeof value === 'string' && value !== '' ? Number(value) : value;
  const isKnown = typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0;
  return isKnown ? Math.min(Math.floor(seconds), MOST_SECONDS) : null;
}
