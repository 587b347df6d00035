/** What Asterisk's words for the end of a channel mean. */
import type { CallResult, Direction } from '#domain';
import { resultOfDialStatus } from '../content/dial-status.js';

const BUSY = 17;
/** Told of the phones of a queue also where nobody answered at all, so it says no more than that the PBX stopped the ringing. */
const ANSWERED_ELSEWHERE = 26;
/** No user responding, no answer from the user. */
const NO_ANSWER: ReadonlySet<number> = new Set([18, 19]);
/** None told, normal clearing, answered elsewhere, interworking (a cancelled SIP call), a hang-up that we asked for. */
const ORDINARY: ReadonlySet<number> = new Set([0, 16, 26, 31, 32, 127]);

/** Of a phone that was called and did not answer, by the cause (Q.850) alone: unclear where the word of the dialling says more. */
export function resultOfCalled(cause: number | null): CallResult {
  if (cause === BUSY) return 'busy';
  if (cause === ANSWERED_ELSEWHERE) return 'cancelled';
  return cause !== null && NO_ANSWER.has(cause) ? 'missed' : 'unknown';
}

/** Of a caller whose call nobody took and who did not hang up himself: the dialplan did, for want of anything better. */
export function resultOfCaller(cause: number | null): CallResult {
  if (cause === BUSY) return 'busy';
  return cause !== null && NO_ANSWER.has(cause) ? 'missed' : 'failed';
}

export function isOrdinary(cause: number | null): boolean {
  return cause === null || ORDINARY.has(cause);
}

/** A phone of a queue that did not answer was no more than asked: what becomes of the caller is the queue's. */
export function resultOfDial(status: string, direction: Direction, isQueue: boolean): CallResult {
  const result = resultOfDialStatus(status, direction);
  return isQueue && result === 'missed' ? 'cancelled' : result;
}

/** `QUEUESTATUS`: why a caller left a queue without being served. */
const LEFT_UNSERVED: ReadonlySet<string> = new Set([
  'TIMEOUT',
  'FULL',
  'JOINEMPTY',
  'LEAVEEMPTY',
  'JOINUNAVAIL',
  'LEAVEUNAVAIL',
]);

export function isLeftUnserved(queueStatus: string): boolean {
  return LEFT_UNSERVED.has(queueStatus);
}
