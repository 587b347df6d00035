import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/**
 * A fresh bearer token, such as `swh_3q2-7w...`: shown once, stored as its hash.
 *
 * @param prefix  says what the token is for, so that people and secret scanners recognise it
 */
export function newToken(prefix: string): string {
  return `${prefix}_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
}

/** SHA-256 of a token (32 bytes). Plain, not slow: there is nothing to guess in 256 random bits. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
