import { callTypeNamed, isCallType, resultOfCdrStatus } from '#dialects';
import type { CallResult, CallView, Direction } from '#domain';

export type Worded = Pick<CallView, 'direction' | 'result' | 'vendorType' | 'vendorStatus' | 'queue'>;

/**
 * What the vendor calls an outcome (seed section 4, "Call statuses"). Read back by our own reader, each is the result that it
 * was written for. There is no word for a call of which nobody knows what became of it.
 */
const STATUS_OF: Readonly<Record<CallResult, string>> = {
  answered: 'ANSWER',
  voicemail: 'VOICEMAIL',
  busy: 'BUSY',
  missed: 'NOANSWER',
  abandoned: 'ABANDONE',
  failed: 'CONGESTION',
  cancelled: 'CANCEL',
  ivr_only: 'VOEND',
  unknown: '',
};

export const DIRECTION_WORD: Readonly<Record<Direction, string>> = {
  inbound: 'Incoming',
  outbound: 'Outgoing',
  internal: 'Internal',
};

/**
 * A call's type and status. A type that is Voicenter's own is kept as it came; so is the status beside it while it says what
 * the record says, which it no longer does where another leg decided otherwise.
 */
export function cdrWords(call: Worded): { type: string; status: string } {
  if (!isCallType(call.vendorType)) return { type: typeOf(call), status: statusOf(call) };
  const answer = resultOfCdrStatus(call.vendorStatus, call.direction);
  const isVoicemail = callTypeNamed(call.vendorType).voicemail === true && answer === 'answered';
  const said = isVoicemail ? 'voicemail' : answer;
  return {
    type: call.vendorType,
    status: said === call.result ? call.vendorStatus : statusOf(call),
  };
}

function typeOf({ direction, result, queue }: Worded): string {
  if (direction !== 'inbound') return 'Extension Outgoing';
  if (queue !== null) return 'Queue';
  return result === 'voicemail' ? 'VoiceMail' : 'Incoming Call';
}

/** The vendor reads CANCEL of an incoming call as missed: the caller gave up. NOTCALLED is cancelled either way. */
function statusOf({ direction, result }: Worded): string {
  return result === 'cancelled' && direction === 'inbound' ? 'NOTCALLED' : STATUS_OF[result];
}
