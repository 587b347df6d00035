import { createPublicKey, verify, type KeyObject } from 'node:crypto';

type Algorithm = 'ed25519' | 'rsa-sha256';

/** What stands in front of the 32 bytes of an Ed25519 key (RFC 8410). */
const ED25519_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const RAW_BYTES = 32;
const HEX = /^[0-9a-f]{64}$/i;
const KEEP_MOST = 500;

const known = new Map<string, KeyObject | undefined>();

/** A key as vendors show it: PEM, and of Ed25519 also 32 bytes in base64 or hexadecimal digits. Undefined for what is none. */
export function readPublicKey(text: string, algorithm: Algorithm): KeyObject | undefined {
  const name = `${algorithm} ${text}`;
  if (known.has(name)) return known.get(name);
  const key = keyIn(text.trim(), algorithm);
  if (known.size >= KEEP_MOST) known.clear();
  known.set(name, key);
  return key;
}

export function verifiesBy(
  algorithm: Algorithm,
  { bytes, key, signature }: { bytes: Uint8Array; key: KeyObject; signature: Uint8Array },
): boolean {
  try {
    return verify(algorithm === 'ed25519' ? null : 'RSA-SHA256', bytes, key, signature);
  } catch {
    return false;
  }
}

function keyIn(text: string, algorithm: Algorithm): KeyObject | undefined {
  try {
    const key = text.startsWith('-----BEGIN') ? createPublicKey(text) : ofBytes(text);
    return key?.asymmetricKeyType === (algorithm === 'ed25519' ? 'ed25519' : 'rsa') ? key : undefined;
  } catch {
    return undefined;
  }
}

function ofBytes(text: string): KeyObject | undefined {
  const bytes = Buffer.from(text, HEX.test(text) ? 'hex' : 'base64');
  const der = bytes.length === RAW_BYTES ? Buffer.concat([ED25519_HEAD, bytes]) : bytes;
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}
