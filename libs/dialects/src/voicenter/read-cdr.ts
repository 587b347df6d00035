/** Reads one CDR, whatever format its fields came in (seed section 4, "CDR request parameters"). */
import type { LegReport, UnknownWord } from '#domain';
import { FieldReader } from '../content/field-reader.js';
import { singleValue, sortFields, type Fields } from '../content/known-fields.js';
import { partiesOf, type Parties } from '../content/party-kind.js';
import { rawOf } from '../content/raw-of.js';
import type { ReportReading } from '../content/read-reports.js';
import { readVendorId } from '../content/read-vendor-id.js';
import { isBlank } from '../content/scalars.js';
import { callTypeNamed, isKnownType } from './call-types.js';
import { directionOf } from './direction-of.js';
import { CDR_SHAPES, CDR_SPELLINGS } from './fields.js';
import { placeFields } from './place-fields.js';
import { isKnownStatus, nobodyMissedBy, resultOf } from './statuses.js';

/**
 * Only a missing id makes a CDR unreadable: without it there is no call to put it to. A `time` that is no number leaves
 * the start unknown, a price that is none the price, and so on; what could not be placed is kept in `raw`.
 */
export function readCdr(fields: Fields): ReportReading {
  const callId = readVendorId(singleValue(fields, CDR_SPELLINGS, 'callId'), 'ivruniqueid');
  if (callId.id === null) return { ok: false, reason: callId.reason ?? 'The CDR has no ivruniqueid.' };
  const vendorCallId = callId.id;
  return { ok: true, vendorCallId, report: () => reportOf(fields, vendorCallId) };
}

function reportOf(fields: Fields, vendorCallId: string): LegReport {
  const read = new FieldReader(sortFields(fields, CDR_SPELLINGS, CDR_SHAPES));
  // Known already; what it was cut from is kept.
  read.id('callId');
  const vendorType = read.word('type');
  const vendorStatus = read.word('status');
  const type = callTypeNamed(vendorType);
  const direction = directionOf(type, read);
  const answer = resultOf(vendorStatus, direction);
  const result = type.voicemail === true && answer === 'answered' ? 'voicemail' : answer;
  const placed = placeFields(read, { type, direction, result });
  const parties = partiesOf(read.party('caller'), read.party('target'), {
    from: [read.extension('callerExtension')],
    to: [read.extension('targetExtension')],
  });
  const report: LegReport = {
    phase: 'ended',
    vendorCallId,
    leg: type.leg,
    vendorType,
    vendorStatus,
    direction,
    result,
    startedEpochSeconds: placed.startedEpochSeconds,
    ringSeconds: placed.ringSeconds,
    queueSeconds: placed.queueSeconds,
    talkSeconds: placed.talkSeconds,
    from: parties.from,
    to: parties.to,
    did: read.phone('did'),
    extension: placed.extension,
    agent: placed.agent,
    queue: placed.queue,
    department: placed.department,
    price: placed.price,
    recordings: placed.recordings,
    ivrPath: placed.ivrPath,
    customData: placed.customData,
    transferOf: read.id('originalCallId'),
    ai: placed.ai,
    raw: NOTHING,
  };
  addSeldom(report, { placed, parties });
  Object.assign(report, read.notes());
  // Last: whatever is read above may be left over.
  report.raw = rawOf(read.leftOver());
  return report;
}

const NOTHING = {};

/** What few CDRs have. */
function addSeldom(
  report: LegReport,
  { placed, parties }: { placed: ReturnType<typeof placeFields>; parties: Parties },
): void {
  if (placed.startedBy !== undefined) report.startedBy = placed.startedBy;
  if (parties.fromKind !== undefined) report.fromKind = parties.fromKind;
  if (parties.toKind !== undefined) report.toKind = parties.toKind;
  Object.assign(report, nobodyMissedBy(report.vendorStatus));
  const unknownWords = unknownIn(report.vendorType, report.vendorStatus);
  if (unknownWords.length > 0) report.unknownWords = unknownWords;
}

function unknownIn(type: string, status: string): UnknownWord[] {
  const unknownWords: UnknownWord[] = [];
  if (!isBlank(type) && !isKnownType(type)) unknownWords.push({ kind: 'type', word: type });
  if (!isBlank(status) && !isKnownStatus(status)) unknownWords.push({ kind: 'status', word: status });
  return unknownWords;
}
