const BLANK = /[\s\0\ufeff]/;
/** What is longer is no comment, so that looking for its end costs little wherever it may begin. */
const LONGEST_COMMENT = 400;

/** Behind blanks and comments: those of JavaScript, and lines of a shell. What is not closed is no comment. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (BLANK.test(text[at] ?? '')) at += 1;
    const end = endOfComment(text, at);
    if (end === undefined) return at;
    at = end;
  }
}

function endOfComment(text: string, at: number): number | undefined {
  const isBlock = text.startsWith('/*', at);
  if (!isBlock && text[at] !== '#' && !text.startsWith('//', at)) return undefined;
  const mark = isBlock ? '*/' : '\n';
  const found = text.slice(at + 1, at + LONGEST_COMMENT).indexOf(mark);
  return found === -1 ? undefined : at + 1 + found + mark.length;
}
