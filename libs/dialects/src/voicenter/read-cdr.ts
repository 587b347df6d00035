/** Reads one CDR, whatever format its fields came in (seed section 4, "CDR request parameters"). */
import type { LegReport, UnknownWord } from '#domain';
import { callTypeNamed, isKnownType } from './call-types.js';
import { directionOf } from './direction-of.js';
import { fieldNamed } from './fields.js';
import type { KnownFields } from './fields.js';
import { placeFields } from './place-fields.js';
import { isBlank, nonZeroId, rawText, text } from '../content/scalars.js';
import { isKnownStatus, nobodyMissedBy, resultOf } from './statuses.js';

export type CdrReading = { ok: true; report: LegReport } | { ok: false; reason: string };

/** The design allows 64; some slack for what vendors do, but nothing that an index could not hold. */
const MAX_CALL_ID_LENGTH = 255;

/**
 * Only a missing id makes a CDR unreadable: without it there is no call to put it to. A `time` that is no number leaves
 * the start unknown, a price that is none the price, and so on; what could not be placed is kept in `raw`.
 *
 * Of several spellings of one field the last that is not empty counts.
 */
export function readCdr(fields: Iterable<readonly [name: string, value: unknown]>): CdrReading {
  const known: KnownFields = {};
  const raw: [string, unknown][] = [];
  for (const [name, value] of fields) {
    const field = fieldNamed(name);
    if (field === undefined) raw.push([name, value]);
    else if (known[field] === undefined || !isBlank(value)) known[field] = { name, value };
  }
  const callId = readCallId(known.callId?.value);
  if (!callId.ok) return callId;

  const vendorType = rawText(known.type?.value);
  const vendorStatus = rawText(known.status?.value);
  const type = callTypeNamed(vendorType);
  const direction = directionOf(type, known);
  const answer = resultOf(vendorStatus, direction);
  const result = type.voicemail === true && answer === 'answered' ? 'voicemail' : answer;
  const placed = placeFields(known, { type, direction, result });
  const report: LegReport = {
    phase: 'ended',
    vendorCallId: callId.id,
    leg: type.leg,
    vendorType,
    vendorStatus,
    direction,
    result,
    ...nobodyMissedBy(vendorStatus),
    ...placed.report,
    from: rawText(known.caller?.value),
    to: rawText(known.target?.value),
    did: text(known.did?.value),
    transferOf: text(known.originalCallId?.value),
    ...unknownIn(vendorType, vendorStatus),
    raw: Object.fromEntries([...raw, ...placed.unplaced]),
  };
  return { ok: true, report };
}

function unknownIn(type: string, status: string): Pick<LegReport, 'unknownWords'> {
  const unknownWords: UnknownWord[] = [];
  if (!isBlank(type) && !isKnownType(type)) unknownWords.push({ kind: 'type', word: type });
  if (!isBlank(status) && !isKnownStatus(status)) unknownWords.push({ kind: 'status', word: status });
  return unknownWords.length === 0 ? {} : { unknownWords };
}

function readCallId(value: unknown): { ok: true; id: string } | { ok: false; reason: string } {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    // Two calls could be rounded to one id.
    return { ok: false, reason: 'The ivruniqueid is a number that cannot be read exactly.' };
  }
  const id = nonZeroId(value);
  if (id === null) return { ok: false, reason: 'The CDR has no ivruniqueid.' };
  return id.length > MAX_CALL_ID_LENGTH
    ? { ok: false, reason: 'The ivruniqueid is too long.' }
    : { ok: true, id };
}
