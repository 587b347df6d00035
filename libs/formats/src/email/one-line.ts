/** Line and paragraph separators and whatever else moves the writing about, beside the control characters. */
const MOVES = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu;
const LONGEST_NAME = 200;

/**
 * Text that somebody else chose, as a part of a line: it can begin no line of its own, in a header or in the text, and does not turn
 * around what stands beside it.
 */
export function oneLine(text: string, most = LONGEST_NAME): string {
  const line = text.replaceAll(MOVES, ' ').trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}
