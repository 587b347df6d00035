/** The backslashes of a value (RFC 2426 section 5, RFC 6350 section 3.4). */

const ESCAPE = /\\([nN,;:\\])/g;
const ESCAPED = /[\\,;\n]/g;

export function escapedText(text: string): string {
  return text.replace(ESCAPED, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}

/** Apple escapes colons, which it need not. A backslash before anything else stands for itself. */
export function unescapedText(text: string): string {
  return text.replace(ESCAPE, (_, character: string) => (/n/i.test(character) ? '\n' : character));
}

/** The parts between separators that are not escaped. The parts stay escaped. */
export function splitEscaped(text: string, separator: ';' | ','): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}
