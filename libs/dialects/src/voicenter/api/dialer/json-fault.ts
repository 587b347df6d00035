/** Where a body that was meant to be JSON is none, told without a word of it: a campaign's code may stand there. */
import { MOST_LENIENT_BYTES } from '../../../content/long-request.js';

/** What V8 says; the rest of its sentence quotes the text. */
const POSITION = /\bposition (\d+)/;

/** Undefined for what is JSON, what was not meant to be, and what is longer than anybody reads. */
export function jsonFault(body: Uint8Array): string | undefined {
  if (body.length > MOST_LENIENT_BYTES) return undefined;
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString();
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const at = POSITION.exec(error instanceof Error ? error.message : '')?.[1];
    if (at === undefined) return 'The JSON ends too early.';
    const before = text.slice(0, Number(at)).split('\n');
    return `The JSON is wrong in line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`;
  }
}
