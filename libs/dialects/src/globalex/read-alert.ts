/** What reading either of the vendor's alerts begins and ends with. */
import type { LegReport } from '#domain';
import { FieldReader } from '../content/field-reader.js';
import { singleValue, sortFields } from '../content/known-fields.js';
import type { Fields } from '../content/known-fields.js';
import { rawOf } from '../content/raw-of.js';
import { partiesOf, type Parties } from '../content/party-kind.js';
import type { ReportReading } from '../content/read-reports.js';
import { readVendorId } from '../content/read-vendor-id.js';
import { SHAPES, SPELLINGS } from './fields.js';
import type { FieldName } from './fields.js';

/** What an alert of one kind says beside its id and parties. */
export type Told = Omit<
  LegReport,
  'vendorCallId' | keyof Parties | 'did' | 'raw' | 'unreadableFields' | keyof typeof NEVER_TOLD
>;

const NEVER_TOLD = {
  agent: null,
  department: null,
  price: null,
  ivrPath: [],
  customData: {},
  transferOf: null,
  ai: null,
} satisfies Partial<LegReport>;

/**
 * Only a missing id makes an alert unreadable: without it there is no call to put it to.
 *
 * @param tell  keeps known fields that have no place in the report
 */
export function readAlert(fields: Fields, tell: (read: FieldReader<FieldName>) => Told): ReportReading {
  const callId = readVendorId(singleValue(fields, SPELLINGS, 'callId'), 'call id');
  if (callId.id === null) {
    const reason = callId.reason ?? 'The alert has no call id, or the PBX did not fill it in.';
    return { ok: false, reason };
  }
  const vendorCallId = callId.id;
  return { ok: true, vendorCallId, report: () => reportOf(fields, vendorCallId, tell) };
}

function reportOf(
  fields: Fields,
  vendorCallId: string,
  tell: (read: FieldReader<FieldName>) => Told,
): LegReport {
  const read = new FieldReader(sortFields(fields, SPELLINGS, SHAPES));
  // Known already; what it was cut from is kept.
  read.id('callId');
  return {
    vendorCallId,
    ...NEVER_TOLD,
    ...tell(read),
    ...partiesOf(read.party('caller'), read.party('target'), {
      from: [read.extension('callerExtension')],
      to: [read.extension('targetExtension'), read.extension('extension')],
    }),
    did: read.phone('did'),
    // Last: whatever is read above may be left over.
    ...read.notes(),
    raw: rawOf(read.leftOver()),
  };
}
