import { createHmac, hkdfSync } from 'node:crypto';
import { readSecretKeys } from '../secrets/read-secret-keys.js';

const KEY_BYTES = 32;

/**
 * Tells whether two texts are the same without keeping either: HMAC-SHA256 under a key of the installation's. A hash without a key
 * would not do for what can be tried out, such as a phone number.
 */
export class KeyedHash {
  private constructor(private readonly keys: readonly [Buffer, ...Buffer[]]) {}

  /**
   * @param text  SECRET_KEYS
   * @param purpose  what is hashed: keys are derived for it (HKDF, RFC 5869)
   * @throws AppError `secrets.bad_keys` (misconfigured)
   */
  static fromKeys(text: string, purpose: string): KeyedHash {
    const derived = (secret: Buffer) =>
      Buffer.from(hkdfSync('sha256', secret, '', `switchhook ${purpose}`, KEY_BYTES));
    const { all, current } = readSecretKeys(text);
    const others = [...all].filter(([id]) => id !== current[0]).map(([, secret]) => derived(secret));
    return new KeyedHash([derived(current[1]), ...others]);
  }

  /** Under the current key. */
  of(text: string): Buffer {
    return mac(this.keys[0], text);
  }

  /** Under each key, the current one first: what an older one hashed is found too. */
  allOf(text: string): Buffer[] {
    return this.keys.map((key) => mac(key, text));
  }
}

function mac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
