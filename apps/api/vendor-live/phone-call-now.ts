import { shapedId, type LiveCall } from '#domain';
import type { PhoneCallNow, QueueCallerNow } from '#dialects';
import type { DirectoryPhone, VendorDirectory } from './vendor-directory.js';
import { stableNumber } from './stable-numbers.js';

/** Whose clients know calls by the id that the PBX itself gave them. */
const OWN_DIALECT = 'voicenter';

type Of = Pick<VendorDirectory, 'connectionId' | 'dialect' | 'timeZone'>;

/** The id that the vendor's clients know a call by: see `shapedId`. */
export function outwardId({ id, vendorCallId }: LiveCall, { dialect, timeZone }: Of): string {
  return dialect === OWN_DIALECT ? vendorCallId : shapedId(id, timeZone);
}

export function queueNumber(vendorId: string, { connectionId }: Of): number {
  return stableNumber(`queue ${connectionId}`, vendorId);
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
    // No PBX of ours tells of calls on hold so far.
    state: isTalking ? 'talking' : 'ringing',
    since: call.since,
    answeredAt: isTalking ? (call.answeredAt ?? call.since) : null,
    customData: call.customData,
    queue: call.queue === null ? null : queueNumber(call.queue.id, of),
  };
}

export function queueCallerNow(call: LiveCall, of: Of): QueueCallerNow {
  return { callId: outwardId(call, of), ...callerOf(call), joinedAt: call.since };
}

function callerOf(call: LiveCall): { phone: string; name: string | null } {
  return { phone: call.number, name: call.match?.contact?.name ?? null };
}
