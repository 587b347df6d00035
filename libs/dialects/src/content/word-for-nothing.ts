/**
 * What template languages, databases and programs leave in a message where they have no value. A table, because there is no
 * rule to it; a name such as "None Smith" and an id such as `abc-null-17` are none of these, as only a whole text is.
 */
import { squeezed } from './squeezed.js';

/** Lower case, without the quotation marks and brackets that may stand around them. */
const WORDS: ReadonlySet<string> = new Set([
  'null',
  'nul',
  'nil',
  'undefined',
  'undef',
  'none',
  'nothing',
  'false',
  'n/a',
  'na',
  'n.a.',
  'n.a',
  '#n/a',
  '#ref!',
  '#value!',
  '#name?',
  '\\n',
  'nan',
  'unknown',
  'unset',
  'not set',
  'not available',
  'no value',
  'empty',
  'blank',
  '%!s(<nil>)',
  '%!s(missing)',
  '[object object]',
  '[object undefined]',
  '[object null]',
  'system.object',
  'array',
]);

/**
 * As an id these name nothing either: a truth, a number that stands for none, what a caller without a number is called, and
 * the name of the variable itself.
 */
const NO_IDS: ReadonlySet<string> = new Set([
  'true',
  '-1',
  'infinity',
  '-infinity',
  'anonymous',
  'restricted',
  'private',
  'withheld',
  'string',
  'object',
  'callid',
  'uniqueid',
  'ivruniqueid',
  'ivruniqeid',
  'ivrid',
  'callapiid',
]);

/** What is in the place of a variable's name: words, points and what a template does with them, but not a real id. */
const NAME = String.raw`[\p{L}_][\p{L}\p{N}_ .:|()'"-]{0,98}`;
/** Marks that a value never has around it. */
const PLACEHOLDERS = new RegExp(
  '^(?:' +
    [
      String.raw`\{\{[^{}]*\}\}`,
      String.raw`\{%[^{}]*%\}`,
      String.raw`<%[^<>]*%>`,
      String.raw`<\?[^<>]*\?>`,
      String.raw`\[\[[^[\]]*\]\]`,
      String.raw`[$#%@]\{[^{}]*\}`,
      String.raw`\$\([^()]*\)`,
      String.raw`\{\s*(?:${NAME})?\}`,
      String.raw`\$${NAME}\$?`,
      String.raw`%${NAME}%?`,
      String.raw`__${NAME}__`,
      String.raw`\*\|${NAME}\|\*`,
    ].join('|') +
    ')$',
  'u',
);
/** Marks that a name may have around it as well (`[Sales]`), and an id does not: what is in them has to be a variable's name. */
const MARKED = new RegExp(
  `^(?:\\[(${NAME})\\]|<(${NAME})>|\\((${NAME})\\)|#(${NAME})#?|@(${NAME})@?|:(${NAME}):?|~(${NAME})~|!(${NAME})!)$`,
  'u',
);
/** Digits make an id of what could be a name: `{3f2504e0-4f89-11d3-9a0c-0305e82c3301}`. */
const DIGITS = /\p{Nd}/gu;
const MOST_DIGITS_OF_A_NAME = 3;
/** No marks and nothing else, and empty brackets. */
const MARKS_ONLY = /^[\s\-_–—.?!,;:/\\|*#$%&@<>()[\]{}'"`~=+^]+$/u;
const AROUND: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['<', '>'],
  ['[', ']'],
  ['{', '}'],
];
const QUOTES: ReadonlySet<string> = new Set(['"', "'", '`']);
/** Marks that nobody sees, and blanks. */
const UNSEEN_AROUND = /^[\s\p{Cf}\p{Cc}]+|[\s\p{Cf}\p{Cc}]+$/gu;
const ZEROS = /^[0{}():.\s-]*0[0{}():.\s-]*$/;
const LONGEST = 100;
const LONGEST_WORD = 24;

/** What vendors call the fields in which ids and values come: a template that was never filled in names them. */
const VARIABLES: ReadonlySet<string> = new Set(
  (
    'id callid uniqueid ivruniqueid ivruniqeid ivrid callapiid linkedid caller callerid callernum callernumber callerphone ' +
    'calleridnum calleridname callername phone phonenumber number num name from to target targetnum did dnid ext extension ' +
    'extensionnum extentionnum exten extenuser queue queueid queuename agent agentid agentname agentcode representative ' +
    'representativename representativecode department departmentid departmentname dtmf digits menu layer layerid status type ' +
    'time duration dialtime record recording price direction customdata'
  ).split(' '),
);

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

/** The text without blanks, marks that nobody sees and one pair of quotation marks around it. */
export function unquoted(text: string): string {
  if (isPlain(text)) return text;
  const bare = withoutUnseen(text);
  const [first, last] = [bare[0] ?? '', bare.at(-1)];
  return bare.length > 1 && first === last && QUOTES.has(first) ? withoutUnseen(bare.slice(1, -1)) : bare;
}

function withoutUnseen(text: string): string {
  return text.replace(UNSEEN_AROUND, '');
}

/** Whether a whole text stands for a value that is not there. `0` does not: whether it is a value depends on the field. */
export function isWordForNothing(text: string): boolean {
  if (isPlain(text)) return isOneOf(WORDS, text);
  const bare = unquoted(text);
  if (bare === '') return true;
  if (bare.length > LONGEST) return false;
  const lower = bare.toLowerCase();
  if (WORDS.has(lower) || WORDS.has(withoutBrackets(lower))) return true;
  return isPlaceholder(bare, (name) => VARIABLES.has(squeezed(name)));
}

/** Whether a text of which something has to be named names nothing: more than for other texts, as ids do not look like words. */
export function isNoId(text: string): boolean {
  if (isPlain(text)) return isOneOf(WORDS, text) || isOneOf(NO_IDS, text) || ZEROS.test(text);
  const bare = unquoted(text);
  if (isWordForNothing(bare) || ZEROS.test(bare)) return true;
  const lower = withoutBrackets(bare.toLowerCase());
  return NO_IDS.has(lower) || isPlaceholder(bare, () => true) || MARKS_ONLY.test(bare);
}

/** Whether a text is made of marks alone, as `-` and `?` are: no name, but perhaps keys that were pressed. */
export function isMarksOnly(text: string): boolean {
  return MARKS_ONLY.test(text);
}

function isPlaceholder(bare: string, isVariable: (name: string) => boolean): boolean {
  if ((bare.match(DIGITS)?.length ?? 0) > MOST_DIGITS_OF_A_NAME) return false;
  if (PLACEHOLDERS.test(bare)) return true;
  const name = MARKED.exec(bare)
    ?.slice(1)
    .find((group) => group !== undefined);
  return name !== undefined && isVariable(name);
}

function withoutBrackets(text: string): string {
  const pair = AROUND.find(([open, close]) => text.startsWith(open) && text.endsWith(close));
  return pair === undefined ? text : unquoted(text.slice(1, -1));
}
