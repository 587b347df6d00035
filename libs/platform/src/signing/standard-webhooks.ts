/** Signatures of Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp` and the body, signed with each valid secret. */
import { AppError } from '#domain';
import {
  createHmac,
  type KeyObject,
  sign as signWith,
  timingSafeEqual,
  verify as verifyWith,
} from 'node:crypto';
import { type SigningKey, signingKey } from './signing-key.js';

export interface SignedMessage {
  /** `webhook-id`: stable for a delivery, whatever the attempt. */
  id: string;
  /** `webhook-timestamp`: each attempt's own, in seconds since 1970. */
  timestampSeconds: number;
  /** The very bytes that are sent. */
  body: string | Uint8Array;
}

export interface Signing extends SignedMessage {
  /** All that are valid now: during a rotation the new one and the old one. */
  secrets: readonly string[];
}

export interface Verification extends SignedMessage {
  /** The `webhook-signature` header: one signature or more, separated by spaces. */
  signature: string;
  /** Secrets or public keys, any of which may have signed. */
  secrets: readonly string[];
  nowSeconds: number;
  /** How far the timestamp may be away either way; a replay of an older message is refused. */
  toleranceSeconds?: number;
}

export type VerificationResult = { ok: true } | { ok: false; reason: string };

const TOLERANCE_SECONDS = 5 * 60;

/**
 * Signs a message.
 *
 * @returns the value of `webhook-signature`: one `v1,...` or `v1a,...` for each secret, separated by spaces
 * @throws AppError `signing.bad_secret` (misconfigured) when a secret cannot be read or cannot sign
 */
export function sign({ id, timestampSeconds, body, secrets }: Signing): string {
  const head = `${id}.${timestampSeconds}.`;
  const [only] = secrets;
  if (secrets.length === 1 && only !== undefined) return signatureBy(signingKey(only), head, body);
  return secrets.map((secret) => signatureBy(signingKey(secret), head, body)).join(' ');
}

/**
 * Checks a signature header in constant time.
 *
 * @returns ok when any signature matches any secret and the timestamp is near; otherwise why not
 * @throws AppError `signing.bad_secret` (misconfigured) when a secret cannot be read
 */
export function verify(message: Verification): VerificationResult {
  const { id, timestampSeconds, body, signature, secrets, nowSeconds } = message;
  const distance = Math.abs(nowSeconds - timestampSeconds);
  // Written so that NaN, which comes of a header that is no number, is refused.
  if (!(distance <= (message.toleranceSeconds ?? TOLERANCE_SECONDS))) {
    return { ok: false, reason: 'The timestamp is too far from now.' };
  }
  const head = `${id}.${timestampSeconds}.`;
  const keys = secrets.map(signingKey);
  for (const part of signature.split(' ')) {
    const comma = part.indexOf(',');
    const scheme = part.slice(0, comma);
    const bytes = Buffer.from(part.slice(comma + 1), 'base64');
    if (keys.some((key) => key.scheme === scheme && isSignedBy(key, head, body, bytes))) return { ok: true };
  }
  return { ok: false, reason: 'No signature matches.' };
}

function signatureBy(key: SigningKey, head: string, body: string | Uint8Array): string {
  if (key.scheme === 'v1') return `v1,${hmac(key.sign, head, body).digest('base64')}`;
  if (key.sign === null) {
    throw new AppError(
      'misconfigured',
      'signing.bad_secret',
      'A public key (whpk_) can verify, but it cannot sign.',
    );
  }
  return `v1a,${signWith(null, wholeOf(head, body), key.sign).toString('base64')}`;
}

function isSignedBy(key: SigningKey, head: string, body: string | Uint8Array, signature: Buffer): boolean {
  if (key.scheme === 'v1a') return verifyWith(null, wholeOf(head, body), key.verify, signature);
  const expected = hmac(key.sign, head, body).digest();
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

function hmac(key: KeyObject, head: string, body: string | Uint8Array): ReturnType<typeof createHmac> {
  return createHmac('sha256', key).update(head).update(body);
}

function wholeOf(head: string, body: string | Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(head), typeof body === 'string' ? Buffer.from(body) : body]);
}
