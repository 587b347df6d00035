/** The vendor's words for what became of a call, and for what kind of call it was where the PBX is another vendor's. */
import type { Call, CallResult } from '#domain';

/**
 * Seed section 4, "Call statuses". Read back by our own reader, each is the result that it was written for. There is no word for a call of
 * which nobody knows what became of it.
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

/** The vendor reads CANCEL of an incoming call as missed: the caller gave up. NOTCALLED is cancelled either way. */
export function statusOfCall({ direction, result }: Pick<Call, 'direction' | 'result'>): string {
  return result === 'cancelled' && direction === 'inbound' ? 'NOTCALLED' : STATUS_OF[result];
}

/** Of a call as a whole. */
export function typeOfCall({
  direction,
  result,
  queue,
}: Pick<Call, 'direction' | 'result' | 'queue'>): string {
  if (direction !== 'inbound') return 'Extension Outgoing';
  if (queue !== null) return 'Queue';
  return result === 'voicemail' ? 'VoiceMail' : 'Incoming Call';
}
