import type { LegReport } from '#domain';
import type { FieldReader } from '../content/field-reader.js';
import type { FieldName } from './fields.js';

type Lengths = Pick<LegReport, 'ringSeconds' | 'talkSeconds'>;

const MILLI = 1000;

/**
 * `duration` is the overall call time, `dialtime` the billable call time (seed 004): the conversation is `dialtime`, and it
 * rang for what is left. That is not what the same names mean in Voicenter's CDR.
 *
 * A call that nobody answered rang all the time, unless `dialtime` says otherwise. Of one that was answered the overall time
 * alone does not tell how long anybody talked; and where more is billed than there was, neither is believed for the ringing.
 * What is not used is kept.
 */
export function lengthsOf(read: FieldReader<FieldName>, answered: boolean): Lengths {
  const overall = read.length('duration');
  const billable = read.length('dialTime');
  const talkSeconds = billable ?? (answered || overall === null ? null : 0);
  if (overall === null || talkSeconds === null || talkSeconds > overall) {
    read.keep('duration');
    return { ringSeconds: null, talkSeconds };
  }
  return { ringSeconds: difference(overall, talkSeconds), talkSeconds };
}

/** Without the crumbs of binary fractions. */
function difference(a: number, b: number): number {
  return Math.round((a - b) * MILLI) / MILLI;
}
