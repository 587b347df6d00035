import { callTypeNamed, isCallType, resultOfCdrStatus, statusOfCall, typeOfCall } from '#dialects';
import type { CallView, Direction } from '#domain';

export type Worded = Pick<CallView, 'direction' | 'result' | 'vendorType' | 'vendorStatus' | 'queue'>;

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
  if (!isCallType(call.vendorType)) return { type: typeOfCall(call), status: statusOfCall(call) };
  const answer = resultOfCdrStatus(call.vendorStatus, call.direction);
  const isVoicemail = callTypeNamed(call.vendorType).voicemail === true && answer === 'answered';
  const said = isVoicemail ? 'voicemail' : answer;
  return {
    type: call.vendorType,
    status: said === call.result ? call.vendorStatus : statusOfCall(call),
  };
}
