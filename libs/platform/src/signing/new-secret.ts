import { generateKeyPairSync, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** A fresh symmetric secret: `whsec_` and base64 of 32 random bytes (Standard Webhooks 1.0). */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** A fresh ed25519 pair: `whsk_` stays with us, `whpk_` is for the receiver (Standard Webhooks 1.0). */
export function newSecretPair(): { secret: string; publicKey: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { d, x } = privateKey.export({ format: 'jwk' });
  const seed = Buffer.from(d ?? '', 'base64url');
  const open = Buffer.from(x ?? '', 'base64url');
  return {
    secret: `whsk_${Buffer.concat([seed, open]).toString('base64')}`,
    publicKey: `whpk_${open.toString('base64')}`,
  };
}
