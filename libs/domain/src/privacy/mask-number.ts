import type { NumberTrace } from './number-trace.js';

/** Digits of the number; those of an escaped separator belong to that. */
const DIGIT = /%[0-9A-Fa-f]{2}|&#[0-9A-Fa-f]+;|(\p{Nd})/gu;
/** A text of JSON, or a number of it. */
const SCALAR = /"(?:[^"\\]|\\[\s\S])*"|-?\d[\d.eE+-]*/g;
export const MASK = '*';

/** The text with the number's own digits masked, and nothing else changed. */
export function maskNumber(text: string, { pattern }: Pick<NumberTrace, 'pattern'>): string {
  return text.replace(new RegExp(pattern, 'g'), (found) =>
    found.replace(DIGIT, (piece, digit?: string) => (digit === undefined ? piece : MASK)),
  );
}

/**
 * The same for a document of JSON: it stays one, and what does not hold the number stays as it is, to the byte. A number of
 * JSON that holds it becomes a text.
 */
export function maskJson(json: string, trace: Pick<NumberTrace, 'pattern'>): string {
  return json.replace(SCALAR, (scalar) => {
    const text = scalar.startsWith('"') ? readText(scalar) : scalar;
    const masked = maskNumber(text, trace);
    return masked === text ? scalar : JSON.stringify(masked);
  });
}

function readText(scalar: string): string {
  try {
    return JSON.parse(scalar) as string;
  } catch {
    // PostgreSQL keeps what is JSON to it, and takes a little more than the standard.
    return scalar.slice(1, -1);
  }
}
