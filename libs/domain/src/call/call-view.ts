/** How a call is shown outside: in the REST API and as the data of a webhook. */
import type { Instant } from '../ids.js';
import { isoText } from '../time/iso-text.js';
import type { Call, CallState, IvrStep, TimedIvrStep } from './call.js';
import { shownNote, type ShownNote } from './call-note.js';
import { ivrPathOf } from './ivr-path.js';
import { readLeg, type ReadLeg } from './read-leg.js';

/** Times of a call and of a leg; ISO 8601 in UTC when shown, e.g. `2026-11-21T09:30:00.000Z`. */
interface ShownTimes {
  startedAt: string | null;
  answeredAt: string | null;
  endedAt: string | null;
}

/** `at` is null for a step of the list that a PBX gives when the call is over. */
export interface ShownIvrStep extends IvrStep {
  at: string | null;
}

/** What the record is made of and nobody outside has a use for. */
type Unshown = 'heard' | 'accounted' | 'elsewhere' | 'nobodyMissed' | 'menuSeconds';

/** `state` is null for a leg of which only something was noted, such as a recording. */
export type CallLegView = Omit<ReadLeg, keyof ShownTimes | 'ivrPath' | Unshown> &
  ShownTimes & { state: CallState | null; ivrPath: ShownIvrStep[] };

/**
 * The same record with the same names; only the times are text. `legs` tells the parts of a call that has several and is
 * empty otherwise: a call of one leg is that leg. `raw` holds the vendor's fields that we have no word for.
 */
export type CallView = Omit<
  Call,
  keyof ShownTimes | 'ivrPath' | 'legs' | 'closedAt' | 'context' | 'match' | 'missed' | 'notes'
> &
  ShownTimes & {
    ivrPath: ShownIvrStep[];
    raw: Record<string, unknown>;
    notes: ShownNote[];
    legs: CallLegView[];
  };

/** @param call  also one that was read back from JSON, where times are plain numbers */
export function callView(call: Call): CallView {
  const { legs } = call;
  const [only] = legs;
  // Member by member, here and below: see `readLeg`.
  return {
    id: call.id,
    connectionId: call.connectionId,
    vendorCallId: call.vendorCallId,
    state: call.state,
    direction: call.direction,
    result: call.result,
    vendorType: call.vendorType,
    vendorStatus: call.vendorStatus,
    startedAt: iso(call.startedAt),
    answeredAt: iso(call.answeredAt),
    endedAt: iso(call.endedAt),
    ringSeconds: call.ringSeconds,
    queueSeconds: call.queueSeconds,
    talkSeconds: call.talkSeconds,
    from: call.from,
    to: call.to,
    did: call.did,
    extension: call.extension,
    agent: call.agent,
    queue: call.queue,
    department: call.department,
    price: call.price,
    recordings: call.recordings,
    ivrPath: call.ivrPath.map(shownStep),
    customData: call.customData,
    transferOf: call.transferOf,
    ai: call.ai,
    unreadableFields: call.unreadableFields,
    notes: call.notes.map(shownNote),
    raw: legs.length === 1 && only ? only.raw : {},
    legs: legs.length > 1 ? legs.map((leg) => legView(readLeg(leg))) : [],
  };
}

function legView(read: ReadLeg): CallLegView {
  return {
    state: read.state,
    answeredAt: iso(read.answeredAt),
    endedAt: iso(read.endedAt),
    key: read.key,
    vendorType: read.vendorType,
    vendorStatus: read.vendorStatus,
    direction: read.direction,
    result: read.result,
    startedAt: iso(read.startedAt),
    ringSeconds: read.ringSeconds,
    queueSeconds: read.queueSeconds,
    talkSeconds: read.talkSeconds,
    from: read.from,
    to: read.to,
    did: read.did,
    extension: read.extension,
    agent: read.agent,
    queue: read.queue,
    department: read.department,
    price: read.price,
    recordings: read.recordings,
    ivrPath: ivrPathOf([read]).map(shownStep),
    customData: read.customData,
    transferOf: read.transferOf,
    ai: read.ai,
    unreadableFields: read.unreadableFields,
    raw: read.raw,
  };
}

function shownStep({ order, layerId, layerName, layerNumber, digits, at }: TimedIvrStep): ShownIvrStep {
  return { order, layerId, layerName, layerNumber, digits, at: iso(at) };
}

function iso(at: Instant | null): string | null {
  return at === null ? null : isoText(at);
}
