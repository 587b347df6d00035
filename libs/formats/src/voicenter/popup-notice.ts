import { toEpoch, type CallView, type EpochReading, type Instant, type Party } from '#domain';
import { hasAnswered, type CallPart } from '../content/call-parts.js';
import { callerNameOf } from '../content/caller-name.js';
import { startOf } from '../content/told-call.js';
import { DIRECTION_WORD } from './cdr-words.js';

export type PopupStatus = 'Ringing' | 'Talking' | 'Hangup';

/** A notice in the members of the vendor's JSON sample. */
export interface PopupNotice {
  /** The party outside: international without a plus where it is a number. */
  phone: string;
  callerName: string;
  ivrid: string;
  extenUser: string;
  did: string;
  status: PopupStatus;
  direction: string;
  recordFile: string;
  isMuted: boolean;
  callStarted: number;
  isAnswered: boolean;
  /** 0: not yet. */
  callAnswered: number;
  cause?: string;
  currentCall: Readonly<Record<string, unknown>>;
}

export interface PopupMoment {
  status: PopupStatus;
  occurredAt: Instant;
  reading: EpochReading;
}

/**
 * The notice that the vendor's POP UP sends while a call goes on.
 *
 * @param part  the extension that it is about: the call's own, or one of several that rang
 */
export function popupNotice(
  call: CallView,
  part: CallPart,
  { status, occurredAt, reading }: PopupMoment,
): PopupNotice {
  const outside = outsideOf(call);
  const callStarted = epoch(startOf(call, occurredAt), reading);
  const callAnswered = part.answeredAt === null ? 0 : epoch(Date.parse(part.answeredAt) as Instant, reading);
  const direction = DIRECTION_WORD[call.direction];
  const did = call.did?.original ?? '';
  const callerName = callerNameOf(call, part) || (call.queue?.name ?? '');
  return {
    phone: phoneOf(outside),
    callerName,
    ivrid: call.vendorCallId,
    extenUser: part.extension ?? '',
    did,
    status,
    direction,
    recordFile: call.recordings[0]?.url ?? '',
    isMuted: false,
    callStarted,
    isAnswered: hasAnswered(part),
    callAnswered,
    ...(status === 'Hangup' ? { cause: causeOf(call, part) } : {}),
    currentCall: {
      callStarted,
      callAnswered,
      answered: hasAnswered(part) ? 1 : 0,
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

export function outsideOf({ direction, from, to }: Pick<CallView, 'direction' | 'from' | 'to'>): Party {
  return direction === 'inbound' ? from : to;
}

/** A phone that stopped ringing because a colleague answered missed nothing (design "Dialects", trap 5). */
function causeOf(call: CallView, part: CallPart): string {
  return hasAnswered(call) && !hasAnswered(part) ? 'Answered elsewhere' : 'Normal hangup';
}

function phoneOf({ e164, original }: Party): string {
  return e164 === null ? original : e164.slice(1);
}

function epoch(at: Instant, reading: EpochReading): number {
  return Math.floor(toEpoch(at, reading));
}
