import { toEpoch, type CallView, type EpochReading, type Instant, type Party } from '#domain';
import { startOf } from '../content/told-call.js';
import { DIRECTION_WORD } from './cdr-words.js';

export type PopupStatus = 'Ringing' | 'Talking' | 'Hangup';

/**
 * The notice that the vendor's POP UP sends while a call goes on, in the members of its JSON sample. `phone` is the party
 * outside, international without a plus where it is a number.
 */
export function popupNotice(
  call: CallView,
  status: PopupStatus,
  { occurredAt, reading }: { occurredAt: Instant; reading: EpochReading },
): Record<string, unknown> {
  const outside = call.direction === 'inbound' ? call.from : call.to;
  const started = epoch(startOf(call, occurredAt), reading);
  const answered = call.answeredAt === null ? 0 : epoch(Date.parse(call.answeredAt) as Instant, reading);
  const direction = DIRECTION_WORD[call.direction];
  const did = call.did?.original ?? '';
  const callerName = call.queue?.name ?? '';
  return {
    phone: phoneOf(outside),
    callerName,
    ivrid: call.vendorCallId,
    extenUser: call.extension ?? '',
    did,
    status,
    direction,
    recordFile: call.recordings[0]?.url ?? '',
    isMuted: false,
    callStarted: started,
    isAnswered: answered > 0,
    callAnswered: answered,
    ...(status === 'Hangup' ? { cause: 'Normal hangup' } : {}),
    currentCall: {
      callStarted: started,
      callAnswered: answered,
      answered: answered > 0 ? 1 : 0,
      callername: callerName,
      callerphone: phoneOf(outside),
      callstatus: status,
      direction,
      ivrid: call.vendorCallId,
      did,
      originalCallerID: call.from.original,
      isInternal: call.direction === 'internal',
      customdata: call.customData,
    },
  };
}

function phoneOf({ e164, original }: Party): string {
  return e164 === null ? original : e164.slice(1);
}

function epoch(at: Instant, reading: EpochReading): number {
  return Math.floor(toEpoch(at, reading));
}
