import type { LegReport } from '#domain';
import type { KnownFields } from '../content/known-fields.js';
import { seconds } from '../content/scalars.js';
import type { FieldName } from './fields.js';

interface Lengths extends Pick<LegReport, 'ringSeconds' | 'talkSeconds'> {
  unplaced: FieldName[];
}

const MILLI = 1000;

/**
 * `duration` is the overall call time, `dialtime` the billable call time (seed 004): the conversation is `dialtime`, and it
 * rang for what is left. That is not what the same names mean in Voicenter's CDR.
 *
 * A call that nobody answered rang all the time, unless `dialtime` says otherwise. Of one that was answered the overall time
 * alone does not tell how long anybody talked; and where more is billed than there was, neither is believed for the ringing.
 */
export function lengthsOf(known: KnownFields<FieldName>, answered: boolean): Lengths {
  const overall = seconds(known.duration?.value);
  const billable = seconds(known.dialTime?.value);
  const unplaced: FieldName[] = billable === null ? ['dialTime'] : [];
  const talkSeconds = billable ?? (answered || overall === null ? null : 0);
  if (overall === null || talkSeconds === null || talkSeconds > overall) {
    return { ringSeconds: null, talkSeconds, unplaced: [...unplaced, 'duration'] };
  }
  return { ringSeconds: difference(overall, talkSeconds), talkSeconds, unplaced };
}

/** Without the crumbs of binary fractions. */
function difference(a: number, b: number): number {
  return Math.round((a - b) * MILLI) / MILLI;
}
