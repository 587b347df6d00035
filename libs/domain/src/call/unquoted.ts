/** What is opened by one of a kind may be closed by another one, as people and programs mix them. */
export const QUOTES = ['"“”„‟«»″', "'`‘’‚‛‹›′"] as const;

/** Marks that nobody sees, and blanks. */
const UNSEEN_AROUND = /^[\s\p{Cf}\p{Cc}]+|[\s\p{Cf}\p{Cc}]+$/gu;
const PLAIN = /^[a-zA-Z0-9\u05d0-\u05ea]$/;

/**
 * The text without blanks, marks that nobody sees and one pair of quotation marks around it, of any script: how a PBX's id of
 * a call is kept, and looked for.
 */
export function unquoted(text: string): string {
  // Nearly all texts have nothing around them.
  if (PLAIN.test(text.charAt(0)) && PLAIN.test(text.charAt(text.length - 1))) return text;
  const bare = withoutUnseen(text);
  const [first, last] = [bare.charAt(0), bare.charAt(bare.length - 1)];
  const isPair = QUOTES.some((quotes) => quotes.includes(first) && quotes.includes(last));
  return bare.length > 1 && isPair ? withoutUnseen(bare.slice(1, -1)) : bare;
}

function withoutUnseen(text: string): string {
  return text.replace(UNSEEN_AROUND, '');
}
