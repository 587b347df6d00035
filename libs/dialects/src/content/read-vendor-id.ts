import { keptCallId } from '#domain';
import { rawText } from './scalars.js';
import { isNoId, unquoted } from './word-for-nothing.js';

/** The id as it is kept. `reason` says in a sentence why there is none, unless there is nothing in its place at all. */
export type VendorIdReading = { id: string } | { id: null; reason: string | null };

// eslint-disable-next-line no-control-regex -- that is what is looked for
const CONTROL = /[\u0000-\u001f\u007f]+/g;

/**
 * The id that a message names its call by; one that is a number comes as its digits where a number would not keep them. What
 * stands for nothing is none: every call that has none would be put into one
 * record.
 *
 * @param field  the vendor's name of the field, for the reason
 */
export function readVendorId(value: unknown, field: string): VendorIdReading {
  const id = unquoted(rawText(value)).replace(CONTROL, ' ');
  if (id === '') return { id: null, reason: null };
  if (isNoId(id)) return { id: null, reason: `The ${field} stands for nothing: the PBX did not fill it in.` };
  return { id: keptCallId(id) };
}
