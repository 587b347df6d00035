/**
 * Checks a Standard Webhooks signature as the receiver of a webhook does, from the specification alone.
 *
 * Not our own signing code: a CRM has none of it, and a mistake made there would agree with itself.
 * Source: Standard Webhooks 1.0; design "Delivery", Signing.
 */
import { createHmac, createPublicKey, timingSafeEqual, verify, type KeyObject } from 'node:crypto';

const TOLERANCE_SECONDS = 300;
/** What DER puts before the 32 bytes of an ed25519 public key. */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

export interface SignedHeaders {
  'webhook-id'?: string | undefined;
  'webhook-timestamp'?: string | undefined;
  'webhook-signature'?: string | undefined;
}

/** A key ready for use, so that text is decoded once and not for every message. */
export type VerifyKey = { version: 'v1'; secret: Buffer } | { version: 'v1a'; publicKey: KeyObject };

/**
 * @param text  `whsec_...` (HMAC), `whpk_...` (ed25519 public key) or `whsk_...` (its pair; the public half is taken)
 * @throws RangeError for any other text
 */
export function verifyKey(text: string): VerifyKey {
  const [, prefix, base64] = /^(whsec|whpk|whsk)_([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  if (base64 === undefined) throw new RangeError('A secret looks like whsec_ and base64.');
  const bytes = Buffer.from(base64, 'base64');
  if (prefix === 'whsec') return { version: 'v1', secret: bytes };
  const der = Buffer.concat([ED25519_PREFIX, bytes.subarray(-32)]);
  return { version: 'v1a', publicKey: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

/** @returns why the message is not to be believed; undefined when it is */
export function signatureFault(
  headers: SignedHeaders,
  body: Buffer,
  { keys, nowSeconds }: { keys: readonly VerifyKey[]; nowSeconds: number },
): string | undefined {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  if (!id || !timestamp || !signature) return 'unsigned';
  if (!(Math.abs(nowSeconds - Number(timestamp)) <= TOLERANCE_SECONDS)) return 'timestamp out of tolerance';
  const head = `${id}.${timestamp}.`;
  for (const part of signature.split(' ')) {
    const comma = part.indexOf(',');
    const version = part.slice(0, comma);
    const given = Buffer.from(part.slice(comma + 1), 'base64');
    if (keys.some((key) => key.version === version && matches(key, head, body, given))) return undefined;
  }
  return 'wrong signature';
}

function matches(key: VerifyKey, head: string, body: Buffer, given: Buffer): boolean {
  if (key.version === 'v1a')
    return verify(null, Buffer.concat([Buffer.from(head), body]), key.publicKey, given);
  const wanted = createHmac('sha256', key.secret).update(head).update(body).digest();
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
