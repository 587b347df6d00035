import type { CallView, Instant, IvrInput, RingingLeg } from '#domain';
import { instant } from '#domain';
import type { ToldEvent, Writing } from '../format.js';

/** A sample that the tenant asked for: a call that ended. */
const TEST_EVENT = 'endpoint.test';
/** A caller pressed a key in a menu; its data has that beside the call. */
export const IVR_INPUT_EVENT = 'ivr.input';

/** The milestones that the vendors' own messages tell of. */
export type Milestone = 'ringing' | 'answered' | 'ended' | 'updated';

const MILESTONES: Readonly<Partial<Record<string, Milestone>>> = {
  'call.ringing': 'ringing',
  'call.answered': 'answered',
  'call.ended': 'ended',
  'call.updated': 'updated',
  [TEST_EVENT]: 'ended',
};

/** `call.missed` is none: it follows `call.ended`, which says the same in the vendors' words. */
export function milestoneOf(type: string): Milestone | undefined {
  return Object.hasOwn(MILESTONES, type) ? MILESTONES[type] : undefined;
}

/** The call that an event is about; undefined for an event that is about something else. */
export function callIn({ payload }: Pick<ToldEvent, 'payload'>): CallView | undefined {
  const data: unknown = JSON.parse(payload);
  return isCall(data) ? data : undefined;
}

/** What a caller pressed in a menu, where the event tells that. */
export function inputIn({ type, payload }: Pick<ToldEvent, 'type' | 'payload'>): IvrInput | undefined {
  if (type !== IVR_INPUT_EVENT) return undefined;
  return (JSON.parse(payload) as { input?: IvrInput }).input;
}

/** Which phone began to ring; undefined for other events, and for those of builds that did not say. */
export function ringingIn({ type, payload }: Pick<ToldEvent, 'type' | 'payload'>): RingingLeg | undefined {
  if (type !== 'call.ringing') return undefined;
  return (JSON.parse(payload) as { ringing?: RingingLeg }).ringing;
}

/** The extensions that were told to ring until then, each once; undefined where the event does not say. */
export function rangIn({ payload }: Pick<ToldEvent, 'payload'>): readonly string[] | undefined {
  return (JSON.parse(payload) as { rang?: string[] } | null)?.rang;
}

/** The data is our own, so its shape is not checked member by member: only whether it is a call's. */
function isCall(data: unknown): data is CallView {
  if (typeof data !== 'object' || data === null) return false;
  return 'vendorCallId' in data && 'from' in data && 'to' in data && 'legs' in data && 'direction' in data;
}

export function nothingFor(type: string): Writing {
  return { kind: 'nothing', reason: `no message for ${type}` };
}

/** When the call began, as far as can be told: `occurredAt` of its event where nothing else can. */
export function startOf(
  call: Pick<CallView, 'startedAt' | 'endedAt' | 'ringSeconds' | 'queueSeconds' | 'talkSeconds'>,
  occurredAt: Instant,
): Instant {
  if (call.startedAt !== null) return instant(Date.parse(call.startedAt));
  if (call.endedAt === null) return occurredAt;
  const seconds = (call.ringSeconds ?? 0) + (call.queueSeconds ?? 0) + (call.talkSeconds ?? 0);
  return instant(Date.parse(call.endedAt) - seconds * 1000);
}
