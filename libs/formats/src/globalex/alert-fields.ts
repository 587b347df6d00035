/** A call in the parameters of GlobalEx's alerts (seed 004). */
import type { EndFields, IncomingFields } from '#dialects';
import { toEpoch, type CallResult, type CallView, type EpochReading, type Instant } from '#domain';
import type { CallPart } from '../content/call-parts.js';
import { startOf } from '../content/told-call.js';

/** The vendor knows four; with a space, as it prints them. */
const STATUS_OF: Readonly<Record<CallResult, string>> = {
  answered: 'ANSWER',
  voicemail: 'ANSWER',
  missed: 'NO ANSWER',
  abandoned: 'NO ANSWER',
  cancelled: 'NO ANSWER',
  ivr_only: 'NO ANSWER',
  busy: 'BUSY',
  failed: 'CONGESTION',
  unknown: '',
};

/** Its spellings in URL templates: the seed's own examples and tables, beside the parameters' proper names. */
export const INCOMING_ALIASES: Readonly<Record<string, keyof IncomingFields>> = {
  callid: 'callid',
  ext: 'ext',
  caller: 'caller',
  target: 'target',
  extention_num: 'ext',
  extension_num: 'ext',
  caller_num: 'caller',
  taqrget: 'target',
  ivruniqueid: 'callid',
  ivruniqeid: 'callid',
};

export const END_ALIASES: Readonly<Record<string, keyof EndFields>> = {
  caller: 'caller',
  target: 'target',
  time: 'time',
  duration: 'duration',
  ivruniqueid: 'ivruniqueid',
  type: 'type',
  status: 'status',
  targetextension: 'targetextension',
  callerextension: 'callerextension',
  did: 'did',
  queueid: 'queueid',
  queuename: 'queuename',
  record: 'record',
  dialtime: 'dialtime',
  domain: 'domain',
  domain_name: 'domain_name',
  ivruniqeid: 'ivruniqueid',
  callid: 'ivruniqueid',
  caller_num: 'caller',
  taqrget: 'target',
  targetextention: 'targetextension',
  callerextention: 'callerextension',
  queuid: 'queueid',
};

export function incomingFields(call: CallView, part: CallPart): Required<IncomingFields> {
  return {
    callid: call.vendorCallId,
    ext: part.extension ?? '',
    caller: part.from.original,
    target: (part.did ?? part.to).original,
  };
}

const MILLISECONDS_PER_SECOND = 1000;

/** What was counted, or from start to end where that is more: not every PBX counts all that lies between. */
function overallSeconds({ startedAt, endedAt, ringSeconds, queueSeconds, talkSeconds }: CallView): number {
  const counted = (ringSeconds ?? 0) + (queueSeconds ?? 0) + (talkSeconds ?? 0);
  if (startedAt === null || endedAt === null) return Math.round(counted);
  const spanned = (Date.parse(endedAt) - Date.parse(startedAt)) / MILLISECONDS_PER_SECOND;
  return Math.round(Math.max(counted, spanned));
}

/**
 * `duration` is the overall time of the call and `dialtime` the billable one: its conversation. Where the event came from
 * this vendor, the name of the recording and the domain are its own.
 */
export function endFields(
  call: CallView,
  occurredAt: Instant,
  { reading, domain, domainName }: { reading: EpochReading; domain: string; domainName: string },
): Required<EndFields> {
  const { direction, talkSeconds } = call;
  const inbound = direction === 'inbound';
  const own = call.extension ?? '';
  const talked = Math.round(talkSeconds ?? 0);
  return {
    caller: call.from.original,
    target: call.to.original,
    time: Math.floor(toEpoch(startOf(call, occurredAt), reading)),
    duration: Math.max(talked, overallSeconds(call)),
    ivruniqueid: call.vendorCallId,
    type: inbound ? 'Incoming' : 'Outgoing',
    status: STATUS_OF[call.result],
    targetextension: inbound ? own : direction === 'internal' ? call.to.original : '',
    callerextension: inbound ? '' : direction === 'internal' ? own || call.from.original : own,
    // One extension calling another is told by both extensions and no number of ours.
    did: direction === 'internal' ? '' : (call.did?.original ?? ''),
    queueid: call.queue?.id ?? '',
    queuename: call.queue?.name ?? '',
    record: rawText(call.raw, 'record') || (call.recordings[0]?.url ?? ''),
    dialtime: talked,
    domain: rawText(call.raw, 'domain') || domain,
    domain_name: rawText(call.raw, 'domain_name') || domainName,
  };
}

function rawText(raw: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(raw, name) ? raw[name] : undefined;
  return typeof value === 'string' ? value : '';
}
