/** Reads one call event (seed 001, "Extra Parameters"). */
import type { CallResult, LegReport } from '#domain';
import { resultOfDialStatus, unknownDialStatus } from '../content/dial-status.js';
import { sortFields } from '../content/known-fields.js';
import type { Fields, KnownFields } from '../content/known-fields.js';
import { rawOf } from '../content/raw-of.js';
import type { ReportReading } from '../content/read-reports.js';
import { readVendorId } from '../content/read-vendor-id.js';
import { rawText, text } from '../content/scalars.js';
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
  const { known, rest } = sortFields(fields, SPELLINGS);
  const callId = readVendorId(known.callId?.value, 'CallID');
  if (!callId.ok) return callId;
  const callApiId = readVendorId(known.callApiId?.value, 'CallAPIID');
  if (!callApiId.ok) return callApiId;
  const vendorCallId = callApiId.id ?? callId.id;
  if (vendorCallId === null) return { ok: false, reason: 'The call event has neither CallAPIID nor CallID.' };

  const vendorStatus = rawText(known.callStatus?.value);
  const configured = eventKindNamed(text(known.kind?.value) ?? '');
  const routed = eventKindNamed(route);
  const kind = routed ?? configured ?? kindOfStatus(vendorStatus);
  const ends = endsOfCall(known, kind);
  const kept: FieldName[] = ['callerName', 'callerExtension', 'calledExtension'];
  if (callApiId.id !== null) kept.push('callId');
  if (kind !== configured) kept.push('kind');
  const report: LegReport = {
    ...NOTHING_ELSE_TOLD,
    phase: kind.phase,
    vendorCallId,
    leg: [callId.id ?? 'only', ends.extension].filter((part) => part !== null).join('@'),
    vendorType: rawText(known.callFlow?.value),
    vendorStatus,
    direction: ends.direction,
    result: resultOf(kind, vendorStatus, ends),
    from: partyIn(known, 'callerNumber', 'callerExtension'),
    to: partyIn(known, 'calledNumber', 'calledExtension'),
    did: text(known.calledDid?.value),
    extension: ends.extension,
    // The words of a call that rings or is answered are not documented.
    ...(kind.phase === 'ringing' || kind.phase === 'answered' ? {} : unknownDialStatus(vendorStatus)),
    raw: rawOf([...rest, ...cameIn(known, kept, ends)]),
  };
  return { ok: true, report };
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

/** The number that the vendor tells, or the extension where it tells none. */
function partyIn(known: KnownFields<FieldName>, number: FieldName, extension: FieldName): string {
  return rawText((known[number] ?? known[extension])?.value);
}

/** Fields that have no place of their own in a report, under the names that they came with. */
function cameIn(
  known: KnownFields<FieldName>,
  kept: readonly FieldName[],
  { extensionField }: EndsOfCall,
): [name: string, value: unknown][] {
  return kept
    .filter((field) => field !== extensionField)
    .flatMap((field) => known[field] ?? [])
    .map(({ name, value }) => [name, value]);
}
