import type { Encoding } from '../mapping.js';

const HEX = /^(?:[0-9a-f]{2})+$/i;
/** Also as it stands in URLs, and without what fills it up. */
const BASE64 = /^[\w+/-]+={0,2}$/;

/**
 * The bytes that a secret is written for; undefined where it is not written so, or for no bytes. Node decodes as far as it can: what is
 * left of a secret that is no hexadecimal number is a key of no bytes, by which anybody can sign.
 */
export function keyOf(secret: string, writtenIn: 'text' | Encoding): Buffer | undefined {
  if (writtenIn === 'text') return secret === '' ? undefined : Buffer.from(secret);
  const text = secret.replaceAll(/\s/g, '');
  const isWhole = writtenIn === 'hex' ? HEX.test(text) : BASE64.test(text) && sextets(text) % 4 !== 1;
  return isWhole ? Buffer.from(text, writtenIn) : undefined;
}

function sextets(text: string): number {
  return text.replaceAll('=', '').length;
}
