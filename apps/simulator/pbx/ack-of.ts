const JSON_ERR = /"err"\s*:\s*"?(-?\d+)/i;
const XMLRPC_ERR = /<name>\s*err\s*<\/name>\s*<value>\s*(?:<[^>]+>)?\s*(-?\d+)/i;
const FORM_ERR = /(?:^|&)err=(-?\d+)/i;

/**
 * The `err` of an answer to a CDR, in whichever format it came: 0 OK, 1 parse error, 2 application error (seed section 4).
 * @returns null when the answer does not say
 */
export function ackOf(answer: string): number | null {
  const found = JSON_ERR.exec(answer) ?? XMLRPC_ERR.exec(answer) ?? FORM_ERR.exec(answer);
  return found ? Number(found[1]) : null;
}
