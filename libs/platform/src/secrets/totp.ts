import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The values that every app knows (RFC 6238, and Google's format of the URI): SHA-1, six digits, half a minute. */
const STEP_MS = 30_000;
const DIGITS = 6;
/** RFC 4226, section 4: at least 128 bits, better 160. */
const SECRET_BYTES = 20;
/** One step early or late is taken: clocks differ, and typing takes a while (RFC 6238, section 5.2). */
const DRIFT = [0, -1, 1] as const;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A fresh secret in base32 (RFC 4648), as apps take it. */
export function newTotpSecret(): string {
  const bits = [...randomBytes(SECRET_BYTES)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32.charAt(Number.parseInt(five, 2))).join('');
}

/** What a QR code holds, for apps. */
export function totpUri(secret: string, account: string): string {
  const label = `${encodeURIComponent('Switchhook')}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=Switchhook`;
}

/** The code of a step: how many half minutes since 1970. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/**
 * Of which step a code is. Whoever takes it keeps the step, and takes no code of that or an earlier one again.
 *
 * @returns null for a code that is none now
 */
export function totpStepOf(secret: string, code: string, now: number): number | null {
  const given = Buffer.from(code.replaceAll(/\s/g, ''));
  const current = Math.floor(now / STEP_MS);
  const steps = DRIFT.map((drift) => current + drift);
  const step = steps.find((one) => {
    const wanted = Buffer.from(totpCode(secret, one));
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
  return step ?? null;
}

function bytesOf(secret: string): Buffer {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
