/** The shapes of what template languages put in the place of a value, for when nobody filled it in. */

/**
 * What is in the place of a variable's name: words, points, arrows, indexes and what a template does with them. An id has
 * other marks, or digits.
 */
const NAME = String.raw`[\p{L}_][\p{L}\p{N}_ .:|()'"\[\]>?!,-]{0,98}`;
/** A name after a mark that ids may begin with as well, and that is not closed: nothing but a plain variable. */
const PLAIN_NAME = String.raw`[\p{L}_][\p{L}\p{N}_.]{0,39}`;
/** In front of a name within the marks of a template: `{$callid}`, `{{{&callid}}}`. */
const SIGIL = String.raw`[$#%@!&^=:*?~\s-]{0,4}`;

/** Marks that a value never has around it, nor in front of it. A text that was cut may have lost those at its end. */
const PLACEHOLDERS = new RegExp(
  '^(?:' +
    [
      String.raw`\{{2,3}[^{}]*\}{2,3}`,
      String.raw`\{%[^{}]*%\}`,
      String.raw`<%[^<>]*%>`,
      String.raw`<\?[^<>]*\?>`,
      String.raw`<!--[^<>]*-->`,
      String.raw`\[%[^[\]]*%\]`,
      String.raw`\[\[[^[\]]*\]\]`,
      String.raw`[$#%@!]!?\{+[^{}]*\}+`,
      String.raw`\$!?\([^()]*\)`,
      String.raw`%\([^()]*\)[\p{L}]?`,
      String.raw`\{${SIGIL}(?:${NAME})?\}`,
      String.raw`\{\d{1,2}(?:[:,][^{}]*)?\}`,
      String.raw`[$#%@]?!?\{{1,3}${SIGIL}${PLAIN_NAME}`,
      String.raw`\$[$!]?${NAME}\$*`,
      String.raw`\$\[[^[\]]*\]`,
      String.raw`%{1,2}${NAME}%{1,2}`,
      String.raw`%{1,2}${PLAIN_NAME}`,
      String.raw`%\d\$\p{L}`,
      String.raw`__${NAME}__`,
      String.raw`\*\|${NAME}\|\*`,
    ].join('|') +
    ')$',
  'u',
);
/** Marks that a name may have around it as well (`[Sales]`), and an id does not: what is in them has to be a variable's name. */
const MARKED = new RegExp(
  '^(?:' +
    [
      String.raw`\[+${SIGIL}(${NAME})\]+`,
      String.raw`<+${SIGIL}(${NAME})[$%#]*>+`,
      String.raw`\(+${SIGIL}(${NAME})\)+`,
      String.raw`[#@]+(${NAME})[#@]*`,
      String.raw`\/?:(${PLAIN_NAME}):?`,
      String.raw`~+(${NAME})~+`,
      String.raw`!+(${NAME})!+`,
      String.raw`\|+(${NAME})\|+`,
      String.raw`\^+(${NAME})\^+`,
      String.raw`=(${NAME})`,
      String.raw`&(${NAME});?`,
    ].join('|') +
    ')$',
  'u',
);
/** Digits make an id of what could be a name: `{3f2504e0-4f89-11d3-9a0c-0305e82c3301}`. */
const DIGITS = /\p{Nd}/gu;
const MOST_DIGITS_OF_A_NAME = 3;
/** Of which a few have hardly a digit. */
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;

/**
 * @param bare  a short text without quotation marks around it
 * @param isVariable  whether it is one that marks of several meanings would have to have in them
 */
export function isPlaceholder(bare: string, isVariable: (name: string) => boolean): boolean {
  if ((bare.match(DIGITS)?.length ?? 0) > MOST_DIGITS_OF_A_NAME) return false;
  if (UUID.test(bare)) return false;
  if (PLACEHOLDERS.test(bare)) return true;
  const name = MARKED.exec(bare)
    ?.slice(1)
    .find((group) => group !== undefined);
  return name !== undefined && isVariable(name);
}
