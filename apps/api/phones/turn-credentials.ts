import { createHmac } from 'node:crypto';
import type { Instant } from '#domain';

/** A working day, and what comes before and after it. */
const SECONDS = 12 * 60 * 60;

export interface TurnCredentials {
  username: string;
  credential: string;
  /** Seconds since 1970. */
  expiry: number;
}

/**
 * Credentials for a TURN server that shares a secret with us. Source: the TURN REST API convention
 * (draft-uberti-behave-turn-rest): the user is `expiry:user`, the password the HMAC-SHA1 of it in Base64.
 */
export function turnCredentials(secret: string, user: string, now: Instant): TurnCredentials {
  const expiry = Math.floor(now / 1_000) + SECONDS;
  const username = `${String(expiry)}:${user}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64'), expiry };
}
