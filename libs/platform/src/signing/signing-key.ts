import { AppError } from '#domain';
import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';

/** A secret of Standard Webhooks 1.0, decoded. `sign` is null for the public half of an ed25519 pair. */
export type SigningKey =
  { scheme: 'v1'; sign: KeyObject } | { scheme: 'v1a'; sign: KeyObject | null; verify: KeyObject };

/** DER headers in front of a bare ed25519 seed and public key (RFC 8410, sections 4 and 7). */
const PKCS8_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_HEADER = Buffer.from('302a300506032b6570032100', 'hex');

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const SEED_BYTES = 32;
const PUBLIC_KEY_BYTES = 32;
const SHORTEST_SECRET_BYTES = 24;
const LONGEST_SECRET_BYTES = 64;
/** Decoding costs more than signing. Every endpoint has one secret or two; more than this many are not live at once. */
const REMEMBERED_KEYS = 20_000;

const keys = new Map<string, SigningKey>();

const READERS: readonly (readonly [prefix: string, read: (bytes: Buffer) => SigningKey | null])[] = [
  ['whsec_', readSecret],
  ['whsk_', readPrivateKey],
  ['whpk_', readPublicKey],
];

/**
 * Decodes a secret once and remembers the key.
 *
 * @param secret  `whsec_` + base64 of 24..64 bytes; `whsk_` + base64 of an ed25519 seed with its public key;
 *                `whpk_` + base64 of the public key, which can only verify
 * @throws AppError `signing.bad_secret` (misconfigured); the message does not repeat the secret
 */
export function signingKey(secret: string): SigningKey {
  const known = keys.get(secret);
  if (known !== undefined) return known;
  const key = decode(secret);
  if (keys.size >= REMEMBERED_KEYS) keys.clear();
  keys.set(secret, key);
  return key;
}

function decode(secret: string): SigningKey {
  for (const [prefix, read] of READERS) {
    const base64 = secret.slice(prefix.length);
    // Buffer.from skips what is not base64, so that a mistyped secret would sign with other bytes.
    if (!secret.startsWith(prefix) || !BASE64.test(base64)) continue;
    const key = read(Buffer.from(base64, 'base64'));
    if (key !== null) return key;
  }
  throw new AppError(
    'misconfigured',
    'signing.bad_secret',
    'This is not a signing secret; it begins with whsec_ (24 to 64 bytes in base64) or whsk_ (an ed25519 key pair).',
  );
}

function readSecret(bytes: Buffer): SigningKey | null {
  if (bytes.length < SHORTEST_SECRET_BYTES || bytes.length > LONGEST_SECRET_BYTES) return null;
  return { scheme: 'v1', sign: createSecretKey(bytes) };
}

function readPrivateKey(bytes: Buffer): SigningKey | null {
  if (bytes.length !== SEED_BYTES + PUBLIC_KEY_BYTES) return null;
  const der = Buffer.concat([PKCS8_HEADER, bytes.subarray(0, SEED_BYTES)]);
  const sign = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const verify = createPublicKey(sign);
  const isPair = verify
    .export({ format: 'der', type: 'spki' })
    .subarray(SPKI_HEADER.length)
    .equals(bytes.subarray(SEED_BYTES));
  return isPair ? { scheme: 'v1a', sign, verify } : null;
}

function readPublicKey(bytes: Buffer): SigningKey | null {
  if (bytes.length !== PUBLIC_KEY_BYTES) return null;
  const der = Buffer.concat([SPKI_HEADER, bytes]);
  return { scheme: 'v1a', sign: null, verify: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}
