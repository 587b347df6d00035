import { AppError } from '#domain';
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { readSecretKeys } from './read-secret-keys.js';

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
/** 96 bits, the length that GCM is made for (NIST SP 800-38D, section 8.2). */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts secrets at rest: AES-256-GCM with a key id, so that keys rotate. Sealed text looks like
 * `v1.<key id>.<iv>.<ciphertext and tag>`, the last two in base64url.
 *
 * To rotate, put a new key in front of the old ones; what the old ones sealed can still be opened, and `isCurrent` says
 * what is left to seal again.
 */
export class SecretBox {
  readonly #keys: ReadonlyMap<string, KeyObject>;
  readonly #currentId: string;
  readonly #currentKey: KeyObject;

  private constructor(keys: ReadonlyMap<string, KeyObject>, currentId: string, currentKey: KeyObject) {
    this.#keys = keys;
    this.#currentId = currentId;
    this.#currentKey = currentKey;
  }

  /**
   * @param text  `id:base64` of 32 bytes, several separated by commas; the first one seals, all of them open
   * @throws AppError `secrets.bad_keys` (misconfigured); the message shows no key
   */
  static fromKeys(text: string): SecretBox {
    const { all, current } = readSecretKeys(text);
    const keys = new Map([...all].map(([id, bytes]) => [id, createSecretKey(bytes)]));
    return new SecretBox(keys, current[0], createSecretKey(current[1]));
  }

  /**
   * @param context  where the text belongs, such as table, column and row id; text moved to another place does not open
   */
  seal(text: string, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#currentKey, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(aad(this.#currentId, context));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, this.#currentId, iv.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /**
   * @param context  the same as when it was sealed
   * @throws AppError (misconfigured) `secrets.unknown_key` when its key is not configured any more, `secrets.unreadable`
   *   when the text was changed, cut or moved
   */
  open(sealedText: string, context: string): string {
    const [version, keyId, iv, sealed, ...rest] = sealedText.split('.');
    if (
      version !== VERSION ||
      keyId === undefined ||
      iv === undefined ||
      sealed === undefined ||
      rest.length > 0
    ) {
      throw unreadable();
    }
    const key = this.#keys.get(keyId);
    if (key === undefined) {
      const message = `The secret was sealed with key ${keyId}, which is not configured; add it to the list of keys.`;
      throw new AppError('misconfigured', 'secrets.unknown_key', message);
    }
    return decrypt(
      key,
      { iv: Buffer.from(iv, 'base64url'), bytes: Buffer.from(sealed, 'base64url') },
      aad(keyId, context),
    );
  }

  /** False for text that an older key sealed, or none. */
  isCurrent(sealedText: string): boolean {
    return sealedText.startsWith(`${VERSION}.${this.#currentId}.`);
  }
}

function decrypt(key: KeyObject, { iv, bytes }: { iv: Buffer; bytes: Buffer }, context: Buffer): string {
  if (iv.length !== IV_BYTES || bytes.length < TAG_BYTES) throw unreadable();
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(context);
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    return (
      decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    );
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** The header is part of what is authenticated, so that nobody can relabel a sealed text. */
function aad(keyId: string, context: string): Buffer {
  return Buffer.from(`${VERSION}.${keyId}.${context}`);
}

function unreadable(cause?: unknown): AppError {
  const message = 'The sealed secret cannot be opened: it was changed, or it belongs somewhere else.';
  return new AppError('misconfigured', 'secrets.unreadable', message, { cause });
}
