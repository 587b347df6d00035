/** The fields of a form in their order, repeated ones repeated, or why there are none. */
export type FormReading =
  { ok: true; fields: [name: string, value: string][] } | { ok: false; reason: string };

export const MAX_FORM_FIELDS = 1000;

const STRAY_PERCENT = /%(?![0-9a-fA-F]{2})/g;

/**
 * Reads `application/x-www-form-urlencoded` text, as in a body or a query string. A `%` that starts no escape is a
 * percent sign; NUL characters are dropped, as in JSON. URLSearchParams is not used: it turns what is not UTF-8 into
 * replacement characters in silence.
 */
export function readForm(text: string): FormReading {
  const fields: [string, string][] = [];
  if (!text.includes('=')) return { ok: false, reason: 'The body is neither JSON nor XML nor a form.' };
  try {
    for (const pair of text.trim().split('&')) {
      if (pair === '') continue;
      if (fields.length === MAX_FORM_FIELDS) {
        return { ok: false, reason: `The form has more than ${MAX_FORM_FIELDS} fields.` };
      }
      const equals = pair.indexOf('=');
      const name = equals === -1 ? pair : pair.slice(0, equals);
      fields.push([decode(name), equals === -1 ? '' : decode(pair.slice(equals + 1))]);
    }
  } catch {
    return { ok: false, reason: 'The form is not valid percent-encoded UTF-8.' };
  }
  return { ok: true, fields };
}

/** @throws URIError where the escapes are not UTF-8 */
function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  return decodeURIComponent(spaced.replace(STRAY_PERCENT, '%25')).replaceAll('\0', '');
}
