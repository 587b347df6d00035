import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { readSecretKeys } from '../secrets/read-secret-keys.js';

const KEY_BYTES = 32;

/**
 * Signs short statements that strangers carry, such as links: `<key id>.<payload>.<HMAC-SHA256>`, the last two in base64url. What
 * is in the payload can be read by whoever has the token; it cannot be changed. The key id makes keys rotate: put a new
 * one in front, what the old ones signed holds until they are taken away.
 */
export class TokenSigner {
  private constructor(
    private readonly keys: ReadonlyMap<string, Buffer>,
    private readonly currentId: string,
    private readonly currentKey: Buffer,
  ) {}

  /**
   * @param text  SECRET_KEYS
   * @param purpose  what the tokens are for: keys are derived for it (HKDF, RFC 5869), so that a token for one purpose is
   *   none for another and no signature says anything of what else the secret keys protect
   * @throws AppError `secrets.bad_keys` (misconfigured)
   */
  static fromKeys(text: string, purpose: string): TokenSigner {
    const derived = (secret: Buffer) =>
      Buffer.from(hkdfSync('sha256', secret, '', `switchhook ${purpose}`, KEY_BYTES));
    const { all, current } = readSecretKeys(text);
    const keys = new Map([...all].map(([id, secret]) => [id, derived(secret)]));
    return new TokenSigner(keys, current[0], derived(current[1]));
  }

  sign(payload: Uint8Array): string {
    const signed = `${this.currentId}.${Buffer.from(payload).toString('base64url')}`;
    return `${signed}.${macOf(this.currentKey, signed)}`;
  }

  /**
   * @returns the payload, or undefined for whatever is not exactly as it was signed by a key of ours. The text is what is signed and
   *   compared: base64 has several spellings of the same bytes.
   */
  open(token: string): Buffer | undefined {
    const [id, payload, mac, ...rest] = token.split('.');
    if (id === undefined || payload === undefined || mac === undefined || rest.length > 0) return undefined;
    const key = this.keys.get(id);
    if (key === undefined) return undefined;
    const expected = Buffer.from(macOf(key, `${id}.${payload}`));
    const given = Buffer.from(mac);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return Buffer.from(payload, 'base64url');
  }
}

function macOf(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}
