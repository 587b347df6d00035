import { randomBytes } from 'node:crypto';

const CODE_BYTES = 16;

/** A fresh secret that stands in URLs and forms as it is: 32 hexadecimal digits, 128 bits, unless told otherwise. */
export function newCode(bytes = CODE_BYTES): string {
  return randomBytes(bytes).toString('hex');
}
