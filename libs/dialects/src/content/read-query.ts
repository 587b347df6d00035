import { readForm } from './read-form.js';
import type { FormFields, FormHints } from './read-form.js';

/** No PBX's URL comes near these (design "Dialects", "Ingress URLs"). What is beyond them is not read. */
export const MAX_QUERY_LENGTH = 64 * 1024;
export const MAX_QUERY_PARAMETERS = 100;

const BEYOND_BYTES = /[^\x00-\xff]/; // eslint-disable-line no-control-regex
const NOTHING: FormFields = { fields: [], unread: [] };

/**
 * The parameters of a query string (with or without its `?`), as a form's fields are read.
 *
 * @param query  as it stood in the request line, one character a byte, or as text
 */
export function readQuery(query: string, hints: FormHints): FormFields {
  if (query === '') return NOTHING;
  const bytes = BEYOND_BYTES.test(query) ? Buffer.from(query).toString('latin1') : query;
  if (bytes.length <= MAX_QUERY_LENGTH) return readForm(bytes, hints, MAX_QUERY_PARAMETERS);
  // Half a parameter would be another one.
  const end = bytes.lastIndexOf('&', MAX_QUERY_LENGTH);
  const beyond = bytes.slice(end + 1, end + 200).split('=', 1)[0] ?? '';
  const { fields, unread } = readForm(end === -1 ? '' : bytes.slice(0, end), hints, MAX_QUERY_PARAMETERS);
  return { fields, unread: [...unread, beyond] };
}
