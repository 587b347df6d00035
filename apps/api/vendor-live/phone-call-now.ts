import { isUuid, shapedId, type FeedCall, type FeedCaller, type Instant, type LiveCall } from '#domain';
import type { PhoneCallNow, QueueCallerNow } from '#dialects';
import type { DirectoryPhone, VendorDirectory } from './vendor-directory.js';
import { queueNumber } from '../vendor-api/stable-number.js';

/** Whose clients know calls by the id that the PBX itself gave them. */
const OWN_DIALECT = 'voicenter';

type Of = Pick<VendorDirectory, 'connectionId' | 'dialect' | 'timeZone'>;

/** The id that the vendor's clients know a call by: the PBX's own, or that which was answered to its order. */
export function outwardId({ vendorCallId, customData }: LiveCall, { dialect, timeZone }: Of): string {
  if (dialect === OWN_DIALECT) return vendorCallId;
  const order = customData['order_id'];
  return typeof order === 'string' && isUuid(order) ? shapedId(order, timeZone) : vendorCallId;
}

/** A call as it is at one phone: it may ring there although somebody talks. */
export function phoneCallNow(call: LiveCall, phone: Pick<DirectoryPhone, 'agentId'>, of: Of): PhoneCallNow {
  const shown = phone.agentId === null ? undefined : call.popups[phone.agentId];
  const isTalking = (shown ?? call.state) === 'answered';
  return {
    callId: outwardId(call, of),
    ...callerOf(call),
    did: call.did,
    direction: call.direction,
    // Only a PBX's channel tells of calls on hold.
    state: isTalking ? 'talking' : 'ringing',
    since: call.since,
    answeredAt: isTalking ? (call.answeredAt ?? call.since) : null,
    customData: call.customData,
    queue: call.queue === null ? null : queueNumber(call.queue.id, of.connectionId),
  };
}

export function queueCallerNow(call: LiveCall, of: Of): QueueCallerNow {
  return { callId: outwardId(call, of), ...callerOf(call), joinedAt: call.since };
}

/** A call of which only the PBX's channel tells. @param at  stands in for a time that it does not say */
export function fedCallNow(call: FeedCall, at: Instant): PhoneCallNow {
  const { vendorCallId: callId, number: phone, did, direction, since, answeredAt } = call;
  const startedAt = since ?? at;
  return {
    ...{ callId, phone, name: null, did, direction },
    state: call.state === 'answered' ? 'talking' : call.state,
    since: startedAt,
    answeredAt: call.state === 'ringing' ? null : (answeredAt ?? startedAt),
    customData: {},
    queue: null,
  };
}

export function fedCallerNow(
  { vendorCallId: callId, number: phone, name, joinedAt }: FeedCaller,
  at: Instant,
): QueueCallerNow {
  return { callId, phone, name, joinedAt: joinedAt ?? at };
}

function callerOf(call: LiveCall): { phone: string; name: string | null } {
  return { phone: call.number, name: call.match?.contact?.name ?? null };
}
