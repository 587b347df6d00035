/** Reads one call event (seed 001, "Extra Parameters"). */
import type { CallResult, LegReport } from '#domain';
import { resultOfDialStatus, unknownDialStatus } from '../content/dial-status.js';
import { FieldReader } from '../content/field-reader.js';
import { singleValue, sortFields } from '../content/known-fields.js';
import type { Fields } from '../content/known-fields.js';
import { rawOf } from '../content/raw-of.js';
import type { ReportReading } from '../content/read-reports.js';
import { partiesOf, type Parties } from '../content/party-kind.js';
import { readVendorId, type VendorIdReading } from '../content/read-vendor-id.js';
import { rawText } from '../content/scalars.js';
import { endsOfCall } from './ends-of-call.js';
import type { EndsOfCall } from './ends-of-call.js';
import { eventKindNamed, kindOfStatus } from './event-kinds.js';
import type { EventKind } from './event-kinds.js';
import { SPELLINGS } from './fields.js';
import type { FieldName } from './fields.js';

/**
 * Only an event without any id is unreadable. `CallAPIID` names the call, as it stays the same over transfers; `CallID`
 * names the leg, together with the event's extension, since one call rings several.
 *
 * The vendor's type of a leg is `CallFlow`, for that is the same in all its events. An event has no time of its own, and
 * tells no lengths.
 *
 * @param route  names the kind of event, or is the one that leaves it open
 */
export function readCallEvent(fields: Fields, route: string): ReportReading {
  const callId = readVendorId(singleValue(fields, SPELLINGS, 'callId'), 'CallID');
  const callApiId = readVendorId(singleValue(fields, SPELLINGS, 'callApiId'), 'CallAPIID');
  const vendorCallId = callApiId.id ?? callId.id;
  if (vendorCallId === null) return { ok: false, reason: reasonOf(callApiId) ?? reasonOf(callId) ?? NO_ID };
  return { ok: true, vendorCallId, report: () => reportOf(fields, route, vendorCallId) };
}

function reportOf(fields: Fields, route: string, vendorCallId: string): LegReport {
  const read = new FieldReader(sortFields(fields, SPELLINGS));
  const [callId, callApiId] = [read.id('callId'), read.id('callApiId')];
  const vendorStatus = read.word('callStatus');
  const configured = read.readBy('kind', (value) => eventKindNamed(rawText(value)) ?? null);
  const kind = eventKindNamed(route) ?? configured ?? kindOfStatus(vendorStatus);
  const ends = endsOfCall(read, kind);
  keepUnplaced(read, ends);
  if (callApiId !== null) read.keep('callId');
  if (kind !== configured) read.keep('kind');
  return {
    phase: kind.phase,
    vendorCallId,
    ...NOTHING_ELSE_TOLD,
    leg: [callId ?? 'only', ends.extension].filter((part) => part !== null).join('@'),
    vendorType: read.word('callFlow'),
    vendorStatus,
    direction: ends.direction,
    result: resultOf(kind, vendorStatus, ends),
    ...partiesIn(read),
    did: read.phone('calledDid'),
    extension: ends.extension,
    // The words of a call that rings or is answered are not documented.
    ...(kind.phase === 'ringing' || kind.phase === 'answered' ? {} : unknownDialStatus(vendorStatus)),
    // Last: whatever is read above may be left over.
    ...read.notes(),
    raw: rawOf(read.leftOver()),
  };
}

const NO_ID = 'The call event has neither CallAPIID nor CallID.';

function reasonOf(reading: VendorIdReading): string | null {
  return reading.id === null ? reading.reason : null;
}

type Untold =
  | 'startedEpochSeconds'
  | 'ringSeconds'
  | 'queueSeconds'
  | 'talkSeconds'
  | 'agent'
  | 'queue'
  | 'department'
  | 'price'
  | 'recordings'
  | 'ivrPath'
  | 'customData'
  | 'transferOf'
  | 'ai';

const NOTHING_ELSE_TOLD: Pick<LegReport, Untold> = {
  startedEpochSeconds: null,
  ringSeconds: null,
  queueSeconds: null,
  talkSeconds: null,
  agent: null,
  queue: null,
  department: null,
  price: null,
  recordings: [],
  ivrPath: [],
  customData: {},
  transferOf: null,
  ai: null,
};

/** The status of an event that answers is not documented; that it answers is enough. */
function resultOf(kind: EventKind, status: string, { direction }: EndsOfCall): CallResult {
  if (kind.phase === 'answered') return 'answered';
  return kind.phase === 'ended' ? resultOfDialStatus(status, direction) : 'unknown';
}

/** The numbers that the vendor tells; where it tells none, the extension, which is no number however it looks. */
function partiesIn(read: FieldReader<FieldName>): Parties {
  const [from, to] = [read.party('callerNumber'), read.party('calledNumber')];
  const [caller, called] = [read.extension('callerExtension'), read.extension('calledExtension')];
  return {
    ...partiesOf(from || read.party('callerExtension'), to || read.party('calledExtension'), {
      from: [caller],
      to: [called],
    }),
    ...(from === '' && caller !== null ? { fromKind: 'extension' } : {}),
    ...(to === '' && called !== null ? { toKind: 'extension' } : {}),
  };
}

/** Fields that have no place of their own in a report. */
function keepUnplaced(read: FieldReader<FieldName>, { extensionField }: EndsOfCall): void {
  const unplaced: FieldName[] = ['callerName', 'callerExtension', 'calledExtension'];
  read.keep(...unplaced.filter((field) => field !== extensionField));
}
