/**
 * What the vendor asks and reports of a caller in a menu (seed sections 5 and 12), told to a server that was written for it.
 *
 * Such a server steers the caller where it is asked live (`ivr` routes of a connection). Here it is told afterwards: each key
 * as GET_IVR_ACTION or IVR_LAYER_INPUT, whose answer nobody follows, and the end as HANGUP_CALL.
 */
import { writeHangupCall, writeIvrQuestion, type IvrFormat } from '#dialects';
import {
  toEpoch,
  type CallResult,
  type CallView,
  type EpochReading,
  type Instant,
  type IvrInput,
} from '#domain';
import { callerNameOf } from '../content/caller-name.js';
import { startOf } from '../content/told-call.js';

interface WrittenPost {
  contentType: string;
  body: string;
}

export interface IvrMoment {
  occurredAt: Instant;
  encoding: IvrFormat;
}

/** Seed 5.2, "CALL_STATUS options": what the caller saw of it. There is none for a call of which nobody knows the end. */
const STATUS_OF: Readonly<Record<CallResult, string>> = {
  answered: 'ANSWER',
  voicemail: 'ANSWER',
  busy: 'BUSY',
  missed: 'NOANSWER',
  abandoned: 'CANCEL',
  cancelled: 'CANCEL',
  ivr_only: 'CANCEL',
  failed: 'CONGESTION',
  unknown: '',
};
const MILLISECONDS = 1000;

/** The vendor reports the end of a call to whoever was asked during it. */
export function wasInMenu({ direction, ivrPath, result }: CallView): boolean {
  return direction === 'inbound' && (ivrPath.length > 0 || result === 'ivr_only');
}

/** A menu with a number is one that the PBX keeps itself, a layer. */
export function ivrInputNotice(
  call: CallView,
  { menu, layerNumber, digits }: IvrInput,
  { occurredAt, encoding }: IvrMoment,
): WrittenPost {
  const at = new Date(occurredAt).toISOString();
  const step = call.ivrPath.findIndex(
    (one) => one.layerId === menu && one.digits === digits && one.at === at,
  );
  return writeIvrQuestion(
    {
      kind: 'ivr',
      asks: layerNumber === null ? 'menu' : 'layer',
      vendorCallId: call.vendorCallId,
      from: call.from.original,
      fromName: callerNameOf(call, call) || null,
      did: call.did?.original ?? '',
      menu,
      previousMenu: call.ivrPath[step - 1]?.layerId ?? null,
      digits,
      ...(Object.keys(call.customData).length > 0 && { customData: call.customData }),
    },
    encoding,
  );
}

export function hangupNotice(
  call: CallView,
  { occurredAt, encoding, reading }: IvrMoment & { reading: EpochReading },
): WrittenPost {
  const { answeredAt, endedAt, ringSeconds, result } = call;
  const start = startOf(call, occurredAt);
  const end = endedAt === null ? occurredAt : Date.parse(endedAt);
  const dialed = answeredAt === null ? start : Date.parse(answeredAt) - (ringSeconds ?? 0) * MILLISECONDS;
  return writeHangupCall(
    {
      callerId: call.from.original,
      did: call.did?.original ?? '',
      callId: call.vendorCallId,
      target: targetOf(call),
      callTimeEpoch: epoch(Math.max(start, dialed) as Instant, reading),
      callStartEpoch: epoch(start, reading),
      callSeconds: Math.max(0, Math.round((end - start) / MILLISECONDS)),
      dialSeconds: Math.round(ringSeconds ?? 0),
      status: STATUS_OF[result],
    },
    encoding,
  );
}

/** Who was called, as well as it is known: without a target the vendor's message says that nobody was. */
function targetOf({ result, to, extension, did }: CallView): string | null {
  if (result === 'ivr_only') return null;
  return to.original || (extension ?? '') || (did?.original ?? '') || null;
}

function epoch(at: Instant, reading: EpochReading): number {
  return Math.floor(toEpoch(at, reading));
}
