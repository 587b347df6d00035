/**
 * One way to write what there are many ways to write: digits of any script as ASCII's, every dash as `-`, every space as a
 * blank, every plus as `+`; marks that nobody sees are taken out.
 *
 * Full width, superscripts and digits in circles are what they stand for (normalisation form KC).
 *
 * Numbers come copied out of web pages, spreadsheets and right-to-left text, so the same number is often two texts. Source:
 * Unicode general categories Nd, Pd, Zs and Cf.
 */

/** Format characters (direction marks, zero width spaces, soft hyphens, byte order marks), controls and combining marks. */
const UNSEEN = /[\p{Cf}\p{Mn}\p{Me}\ufe0f]/gu;
const DASHES = /[\p{Pd}\u2212\u2010-\u2015\u2043\u30fc\uff70]/gu;
const BLANKS = /[\p{Zs}\t\r\n\v\f]/gu;
const PLUSES = /\u2795/gu;
const OTHER_DIGITS = /\p{Nd}/gu;
const QUOTES = /[\u201c\u201d\u201e\u00ab\u00bb]/gu;

/** All that is left of most numbers: nothing to do for them. */
const TIDY = /^[ -~]*$/;

/** Separators that stand between digits, in the order of nothing: dots, middle dots, bullets and the like become blanks. */
const OTHER_SEPARATORS = /[\u00b7\u2022\u2027\u2219\u22c5\u30fb\u3002\u2024]/gu;

export function tidyNumberText(text: string): string {
  if (TIDY.test(text)) return text;
  return text
    .replace(UNSEEN, '')
    .normalize('NFKC')
    .replace(PLUSES, '+')
    .replace(DASHES, '-')
    .replace(BLANKS, ' ')
    .replace(OTHER_SEPARATORS, '.')
    .replace(QUOTES, '"')
    .replace(OTHER_DIGITS, asciiDigit);
}

const DIGIT = /^\p{Nd}$/u;
const DIGITS_IN_A_SCRIPT = 10;

/** Digits of a script follow each other from its zero on; where scripts adjoin, the run is a multiple of ten long. */
function asciiDigit(digit: string): string {
  if (digit <= '9') return digit;
  const at = digit.codePointAt(0) ?? 0;
  let below = 0;
  while (DIGIT.test(String.fromCodePoint(at - below - 1))) below += 1;
  return String(below % DIGITS_IN_A_SCRIPT);
}
