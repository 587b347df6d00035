/**
 * Whether a text stands for a value that is not there: a word for nothing, or a placeholder that a template left. A name such
 * as "None Smith" and an id such as `abc-null-17` are none of these, as only a whole text is.
 */
import { QUOTES, unquoted } from '#domain';
import { isPlaceholder } from './placeholder.js';
import { squeezed } from './squeezed.js';
import { ID_VARIABLES, NO_IDS, VARIABLES, WORDS } from './words-for-nothing.js';

/** One or several of the plainest words, with any marks: `nullnull` and `None-None` are put together of two that were missing. */
const WORDS_IN_A_ROW =
  /^[\s\p{P}\p{S}]*(?:(?:null|none|nil|nan|undef(?:ined)?|unknown|n\/a)[\s\p{P}\p{S}]*)+$/iu;
/** Characters that are none, escaped, as a whole text. */
const NO_CHARACTERS = /^(?:%(?:00|0[9ad]|20|a0)|\\(?:0|x0{1,2}|u0{4}|[rt])|&nbsp;|\s)+$/i;
/** No marks and nothing else, and empty brackets. */
const MARKS_ONLY = /^[\s\-_–—.?!,;:/\\|*#$%&@<>()[\]{}'"`~=+^“”„‟«»‘’‚‛‹›]+$/u;
const AROUND: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['<', '>'],
  ['[', ']'],
  ['{', '}'],
];
const [DOUBLE, SINGLE] = [new RegExp(`[${QUOTES[0]}]`, 'g'), new RegExp(`[${QUOTES[1]}]`, 'g')];
const ZEROS = /^(?:0x)?[0{}():.\s-]+$/i;
const DASHES = /[\u2010-\u2015\u2212]/g;
const BEYOND_ASCII = /[^\x00-\x7f]/; // eslint-disable-line no-control-regex
/** What people write around the name of a variable that somebody is to replace: `YOUR_CALL_ID`, `insert call id here`. */
const TO_BE_REPLACED =
  /^(?:your|my|the|insert|enter|put|replace|some|example)*|(?:here|value|placeholder)*$/g;
const LONGEST = 100;
const LONGEST_WORD = 24;

export { unquoted };

/**
 * Whether a text begins and ends with a letter or a digit, as nearly all do: then nothing stands around it, and it is no
 * placeholder. What follows is asked of every text of every message.
 */
function isPlain(text: string): boolean {
  return isLetterOrDigit(text.charCodeAt(0)) && isLetterOrDigit(text.charCodeAt(text.length - 1));
}

/** Of ASCII and of Hebrew. */
function isLetterOrDigit(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 0x5d0 && code <= 0x5ea)
  );
}

function isOneOf(words: ReadonlySet<string>, text: string): boolean {
  return text.length <= LONGEST_WORD && words.has(text.toLowerCase());
}

/** A short text as ASCII would have it: full-width letters, typographic marks and dashes as their plain twins. */
function folded(text: string): string {
  const bare = unquoted(text);
  if (bare.length > LONGEST || !BEYOND_ASCII.test(bare)) return bare;
  const plain = bare.normalize('NFKC').replace(DASHES, '-').replace(DOUBLE, '"').replace(SINGLE, "'");
  return plain === bare ? bare : unquoted(plain);
}

/** Whether a whole text stands for a value that is not there. `0` does not: whether it is a value depends on the field. */
export function isWordForNothing(text: string): boolean {
  if (isPlain(text)) return isOneOf(WORDS, text) || isWordsInARow(text);
  const bare = folded(text);
  if (bare === '') return true;
  if (bare.length > LONGEST) return false;
  const lower = bare.toLowerCase();
  if (WORDS.has(lower) || WORDS.has(withoutBrackets(lower))) return true;
  if (isWordsInARow(bare) || NO_CHARACTERS.test(bare)) return true;
  return isPlaceholder(bare, (name) => VARIABLES.has(squeezed(name)));
}

/** Whether a text of which something has to be named names nothing: more than for other texts, as ids do not look like words. */
export function isNoId(text: string): boolean {
  if (isPlain(text)) {
    return (
      isOneOf(WORDS, text) ||
      isOneOf(NO_IDS, text) ||
      isIdVariable(text) ||
      isWordsInARow(text) ||
      isZeros(text)
    );
  }
  const bare = folded(text);
  if (isWordForNothing(bare) || isZeros(bare) || isIdVariable(bare)) return true;
  const lower = withoutBrackets(bare.toLowerCase());
  return NO_IDS.has(lower) || isPlaceholder(bare, () => true) || MARKS_ONLY.test(bare);
}

/** Whether a text is made of marks alone, as `-` and `?` are: no name, but perhaps keys that were pressed. */
export function isMarksOnly(text: string): boolean {
  return MARKS_ONLY.test(text);
}

function isZeros(text: string): boolean {
  return text.includes('0') && ZEROS.test(text);
}

/** Nearly all texts are told apart by their first letter or by their length. */
function isWordsInARow(text: string): boolean {
  return text.length > 3 && text.length <= LONGEST && WORDS_IN_A_ROW.test(text);
}

/** Whether nothing but the name of a field for ids is there, whatever marks a template has around it. */
function isIdVariable(text: string): boolean {
  if (text.length > LONGEST_WORD + 16 || BEYOND_ASCII.test(text)) return false;
  const name = squeezed(text);
  return ID_VARIABLES.has(name) || ID_VARIABLES.has(name.replace(TO_BE_REPLACED, ''));
}

function withoutBrackets(text: string): string {
  const pair = AROUND.find(([open, close]) => text.startsWith(open) && text.endsWith(close));
  return pair === undefined ? text : unquoted(text.slice(1, -1));
}
