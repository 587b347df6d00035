/** A call as a row of the vendor's reports: the columns of an Asterisk's CDR, all of them text. */
import type { Call, ToldCall } from '#domain';
import { DISPOSITION_OF } from './dispositions.js';
import { startOf } from './extension-status.js';

const SECOND = 1000;

/** @param timeZone  IANA; null for UTC */
export function reportRow(
  { call, callId, recordingUrls }: ToldCall,
  timeZone: string | null,
): Record<string, string> {
  const talked = Math.round(call.talkSeconds ?? 0);
  return {
    uniqueid: callId,
    calldate: startOf(call, timeZone),
    src: call.from.original,
    dst: call.to.original,
    duration: String(Math.max(talked, overallSeconds(call))),
    billsec: String(talked),
    disposition: DISPOSITION_OF[call.result],
    recordingfile: recordingUrls[0] ?? '',
  };
}

/** What was counted, or from start to end where that is more. */
function overallSeconds({ startedAt, endedAt, ringSeconds, queueSeconds, talkSeconds }: Call): number {
  const counted = (ringSeconds ?? 0) + (queueSeconds ?? 0) + (talkSeconds ?? 0);
  const spanned = startedAt === null || endedAt === null ? 0 : (endedAt - startedAt) / SECOND;
  return Math.round(Math.max(counted, spanned));
}
