/** Bytes that begin a UTF-8 sequence of more than one byte have their two highest bits set; the rest of it only one. */
const LEAD = 0b1100_0000;
const FOLLOW = 0b1000_0000;

/**
 * The body of an answer as text for the delivery log. Read as UTF-8 whatever the charset says. NUL is replaced, because
 * PostgreSQL cannot store it in text and one remote's answer must not break the batch it is recorded in.
 *
 * @param isCut  true when the bytes end anywhere; half a character at the end is left out then
 */
export function bodyText(body: Buffer, isCut: boolean): string {
  const text = (isCut ? body.subarray(0, wholeCharacters(body)) : body).toString('utf8');
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}

/** Where the last character that may be incomplete begins, or the end when there is none. */
function wholeCharacters(body: Buffer): number {
  for (let index = body.length - 1; index >= 0 && index >= body.length - 3; index -= 1) {
    const byte = body[index] ?? 0;
    if ((byte & LEAD) === LEAD) return index + lengthOfSequence(byte) > body.length ? index : body.length;
    if ((byte & LEAD) !== FOLLOW) return body.length;
  }
  return body.length;
}

function lengthOfSequence(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}
