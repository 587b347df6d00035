import { nonZeroId } from './scalars.js';

/** Null for a message that has none in this place. */
export type VendorIdReading = { ok: true; id: string | null } | { ok: false; reason: string };

/** The design allows 64; some slack for what vendors do, but nothing that an index could not hold. */
const MAX_ID_LENGTH = 255;

/** @param field  the vendor's name of the field, for the reason */
export function readVendorId(value: unknown, field: string): VendorIdReading {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    // Two calls could be rounded to one id.
    return { ok: false, reason: `The ${field} is a number that cannot be read exactly.` };
  }
  // 0 is no id: every call that has none would be put into one record.
  const id = nonZeroId(value);
  return id !== null && id.length > MAX_ID_LENGTH
    ? { ok: false, reason: `The ${field} is too long.` }
    : { ok: true, id };
}
