/** What reading either of the vendor's alerts begins and ends with. */
import type { LegReport } from '#domain';
import { sortFields } from '../content/known-fields.js';
import type { Fields, KnownFields } from '../content/known-fields.js';
import { rawOf } from '../content/raw-of.js';
import type { ReportReading } from '../content/read-reports.js';
import { readVendorId } from '../content/read-vendor-id.js';
import { rawText, text } from '../content/scalars.js';
import { LISTS, SPELLINGS, isPlaceholder } from './fields.js';
import type { FieldName } from './fields.js';

/** What an alert of one kind says beside its id and parties; `kept` are known fields that have no place in the report. */
export interface Told {
  report: Omit<LegReport, 'vendorCallId' | 'from' | 'to' | 'did' | 'raw' | keyof typeof NEVER_TOLD>;
  kept: readonly FieldName[];
}

const NEVER_TOLD = {
  agent: null,
  department: null,
  price: null,
  ivrPath: [],
  customData: {},
  transferOf: null,
  ai: null,
} satisfies Partial<LegReport>;

/** Only a missing id makes an alert unreadable: without it there is no call to put it to. */
export function readAlert(fields: Fields, tell: (known: KnownFields<FieldName>) => Told): ReportReading {
  const { known, rest } = sortFields(fields, SPELLINGS, isPlaceholder, LISTS);
  const callId = readVendorId(known.callId?.value, 'call id');
  if (!callId.ok) return callId;
  if (callId.id === null)
    return { ok: false, reason: 'The alert has no call id, or the PBX did not fill it in.' };
  const { report, kept } = tell(known);
  const keptFields = kept
    .flatMap((field) => known[field] ?? [])
    .map(({ name, value }): [string, unknown] => [name, value]);
  return {
    ok: true,
    report: {
      ...NEVER_TOLD,
      ...report,
      vendorCallId: callId.id,
      from: rawText(known.caller?.value),
      to: rawText(known.target?.value),
      did: text(known.did?.value),
      raw: rawOf([...rest, ...keptFields]),
    },
  };
}
