/** The words for the end of a call in the vendor's reports, which are Asterisk's. */
import type { CallResult } from '#domain';
import { squeezed } from '../../content/squeezed.js';

export const DISPOSITION_OF: Readonly<Record<CallResult, string>> = {
  answered: 'ANSWERED',
  voicemail: 'ANSWERED',
  missed: 'NO ANSWER',
  abandoned: 'NO ANSWER',
  cancelled: 'NO ANSWER',
  ivr_only: 'NO ANSWER',
  busy: 'BUSY',
  failed: 'FAILED',
  unknown: 'UNKNOWN',
};

/** The words of its alerts, beside those of its reports. */
const ALSO: Readonly<Record<string, string>> = {
  answer: 'ANSWERED',
  congestion: 'FAILED',
  chanunavail: 'FAILED',
  cancel: 'NO ANSWER',
};

/** Which calls a report shows under the word; none for a word that it never shows. */
export function resultsOf(word: string): CallResult[] {
  const key = squeezed(word);
  const wanted = squeezed(ALSO[key] ?? word);
  return (Object.keys(DISPOSITION_OF) as CallResult[]).filter(
    (result) => squeezed(DISPOSITION_OF[result]) === wanted,
  );
}
