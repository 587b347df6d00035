const LONGEST_LINE = 75;
const FOLD = '\r\n ';
const OCTETS_OF_BLANK = 1;

/**
 * Folds a line for RFC 2426 section 2.6: no line has more than 75 octets of UTF-8, its end not counted, and no character is
 * in two of them.
 */
export function foldedLine(line: string): string {
  const pieces: string[] = [];
  let start = 0;
  let at = 0;
  let octets = 0;
  for (const character of line) {
    const more = octetsOf(character);
    if (octets + more > LONGEST_LINE) {
      pieces.push(line.slice(start, at));
      start = at;
      octets = OCTETS_OF_BLANK;
    }
    octets += more;
    at += character.length;
  }
  return [...pieces, line.slice(start)].join(FOLD);
}

function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x1_0000 ? 3 : 4;
}
