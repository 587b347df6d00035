/**
 * What Asterisk's words for the end of a call mean: `DIALSTATUS` and the dispositions of its CDRs, which vendors that are
 * built on it pass on (seed 001 "CallStatus", seed 004 "status").
 */
import type { CallResult, Direction, LegReport } from '#domain';
import { squeezed } from './squeezed.js';

const RESULTS = new Map<string, CallResult>(
  Object.entries({
    answer: 'answered',
    answered: 'answered',
    voicemail: 'voicemail',
    busy: 'busy',
    noanswer: 'missed',
    cancel: 'cancelled',
    congestion: 'failed',
    chanunavail: 'failed',
    failed: 'failed',
    unknown: 'unknown',
  } satisfies Record<string, CallResult>),
);

/** Whether the word is one of those, in any case and with any punctuation: `"NO ANSWER"` is. */
export function isDialStatus(status: string): boolean {
  return RESULTS.has(squeezed(status));
}

/** What a report says of a status that is none of those, to be shown to whoever can add it. */
export function unknownDialStatus(status: string): Pick<LegReport, 'unknownWords'> {
  if (status.trim() === '' || isDialStatus(status)) return {};
  return { unknownWords: [{ kind: 'status', word: status }] };
}

/** A status that is not in the table is `unknown`; the vendor's word is kept beside it. */
export function resultOfDialStatus(status: string, direction: Direction): CallResult {
  const result = RESULTS.get(squeezed(status)) ?? 'unknown';
  // Who hangs up while it rings has missed us, when it is a customer; has changed his mind, when it is one of us.
  return result === 'cancelled' && direction === 'inbound' ? 'missed' : result;
}
