/** One end of a call in the parameters of VoipNow's call events (seed 001, "Extra Parameters"). */
import { isDialStatus, resultOfDialStatus, type CallEventFields } from '#dialects';
import type { CallResult, CallView } from '#domain';
import { isCalled, type CallPart } from '../content/call-parts.js';
import { callerNameOf } from '../content/caller-name.js';
import type { PhoneNews } from '../content/phone-news.js';
import type { CallEventKind } from './table.js';

export type Flow = 'IN' | 'OUT';

/** What we have no word of the vendor's for is told as what the caller saw: a call that he gave up, or that was answered. */
const STATUS_OF: Readonly<Record<CallResult, string>> = {
  answered: 'ANSWER',
  voicemail: 'ANSWER',
  busy: 'BUSY',
  missed: 'NOANSWER',
  abandoned: 'CANCEL',
  cancelled: 'CANCEL',
  ivr_only: 'CANCEL',
  failed: 'CONGESTION',
  unknown: 'UNKNOWN',
};

export function flowOf(part: Pick<CallPart, 'direction' | 'vendorType'>): Flow {
  return isCalled(part) ? 'IN' : 'OUT';
}

export function kindOf(is: PhoneNews['is'], flow: Flow): CallEventKind {
  if (is === 'ringing') return flow === 'IN' ? 0 : 1;
  if (is === 'answered') return flow === 'IN' ? 3 : 4;
  return 2;
}

/**
 * @param part  the end of the call that the event is about
 * @param to  `extended` writes an extension of ours as the vendor does
 */
export function eventFields(
  call: CallView,
  part: CallPart,
  { is, extended }: { is: PhoneNews['is']; extended: (extension: string) => string },
): CallEventFields {
  const flow = flowOf(part);
  const own = part.extension === null ? '' : extended(part.extension);
  // Both ends of an internal call are extensions: that is what tells it from other calls.
  const other = part.direction === 'internal' ? extended((flow === 'IN' ? part.from : part.to).original) : '';
  return {
    CallID: rawText(part.raw, 'CallID') || call.vendorCallId,
    CallerIDNum: part.from.original,
    CallerIDName: callerNameOf(call, part),
    CalledDID: (part.did ?? call.did)?.original ?? '',
    CalledExtension: flow === 'IN' ? own : other,
    CallStatus: is === 'ended' ? statusOf(part) : 'CALLING',
    CallFlow: flow,
    CallerExtension: flow === 'IN' ? other : own,
    CalledNumber: part.to.original,
    CallAPIID: call.vendorCallId,
  };
}

/** The vendor's own word where it is one and says what the record says. */
function statusOf({ result, vendorStatus, direction }: CallPart): string {
  const status = vendorStatus.toUpperCase();
  const known =
    /^[A-Z]+$/.test(status) && isDialStatus(status) && status !== 'VOICEMAIL' && status !== 'FAILED';
  return known && resultOfDialStatus(status, direction) === result ? status : STATUS_OF[result];
}

/** Where the event came from this vendor, the parts that we have no word for. */
function rawText(raw: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(raw, name) ? raw[name] : undefined;
  return typeof value === 'string' ? value : '';
}
