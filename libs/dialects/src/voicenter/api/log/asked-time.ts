import { fromEpoch, instant, type AskedTime, type EpochReading } from '#domain';
import { readMoment } from '../../../content/scalars.js';

const SECOND = 1000;
const DAY_MS = 86_400_000;
const DATE_ONLY = /^(\d{4})-?(\d\d)-?(\d\d)$/;
/** The plus of an offset that a URL made a blank of. */
const LOST_PLUS = /^(.*T.*\d) (\d\d:?\d\d)$/i;

/**
 * A border of the search. Without a zone it is in GMT, as the vendor says of these two; a number is an epoch, which means what
 * the connection's epochs mean. Null for what is no time.
 *
 * @param edge  which moment of its day a date without a time is
 */
export function readAskedTime(
  text: string,
  edge: 'start' | 'end',
  epochs: EpochReading | null,
): AskedTime | null {
  const date = DATE_ONLY.exec(text);
  if (date !== null) {
    const day = readMoment(`${date[1]}-${date[2]}-${date[3]}T00:00:00Z`);
    if (day === null) return null;
    const start = day.epochSeconds * SECOND;
    return { instant: instant(edge === 'start' ? start : start + DAY_MS - 1) };
  }
  const moment = readMoment(text.replace(LOST_PLUS, '$1+$2'));
  if (moment === null) return null;
  if (moment.by === undefined && epochs !== null) {
    return { instant: fromEpoch(moment.epochSeconds, epochs) };
  }
  return { instant: instant(Math.round(moment.epochSeconds * SECOND)) };
}
