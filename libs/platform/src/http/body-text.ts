/** Bytes that begin a UTF-8 sequence of more than one byte have their two highest bits set; the rest of it only one. */
const LEAD = 0b1100_0000;
const FOLLOW = 0b1000_0000;

/**
 * The body of an answer as text for the delivery log. In the charset that was declared, else UTF-8. NUL is replaced, because
 * PostgreSQL cannot store it in text and one remote's answer must not break the batch it is recorded in.
 *
 * @param isCut        true when the bytes end anywhere; half a character at the end is left out then
 * @param contentType  the header's value as it came
 */
export function bodyText(body: Buffer, isCut: boolean, contentType = ''): string {
  const decoder = declaredDecoder(contentType);
  // What is cut within a character of another encoding ends in U+FFFD.
  const text =
    decoder?.decode(body) ?? (isCut ? body.subarray(0, wholeCharacters(body)) : body).toString('utf8');
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}

const CHARSET = /\bcharset\s*=\s*["']?([\w.:-]+)/i;

/** Undefined where UTF-8 was declared, or nothing that anybody knows. */
function declaredDecoder(contentType: string): InstanceType<typeof TextDecoder> | undefined {
  const charset = CHARSET.exec(contentType)?.[1];
  if (charset === undefined || /^utf-?8$/i.test(charset)) return undefined;
  try {
    return new TextDecoder(charset);
  } catch {
    return undefined;
  }
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
