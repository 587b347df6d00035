/** When a customer is to be called (seed 6.1, "OriginateTime"; `IsDateLocal` is in the vendor's newer documents). */
import { instant, toEpoch, type AskedTime, type Instant } from '#domain';
import { isBlank, readMoment } from '../../../content/scalars.js';
import { wallClockText } from '../../../content/time-texts.js';
import type { FacadeSettings } from '../../../facade.js';

const SECOND = 1000;
/** The plus of an offset that a URL made a blank of. */
const LOST_PLUS = /^(.*T.*\d) (\d\d:?\d\d)$/i;

/** None. */
const ZERO = /^\s*0+\s*$/;

/** Whose clock an epoch is of, where somebody said. */
export interface ClockSaid {
  isLocal: boolean | null;
  /** Where nobody did. */
  epochs: FacadeSettings['epochs'];
}

/**
 * An epoch, or a time that is written out.
 *
 * @returns null for none; `unreadable` for what is no time: who is to be called later must not be called at once
 */
export function readOriginateTime(
  value: unknown,
  { isLocal, epochs }: ClockSaid,
): AskedTime | null | 'unreadable' {
  if (isBlank(value) || value === 0 || (typeof value === 'string' && ZERO.test(value))) return null;
  const moment = readMoment(typeof value === 'string' ? value.trim().replace(LOST_PLUS, '$1+$2') : value);
  if (moment === null) return 'unreadable';
  const at = instant(Math.round(moment.epochSeconds * SECOND));
  const saysItself = moment.by === 'utc';
  const isWallClock = !saysItself && (isLocal ?? (moment.by === 'local' || epochs === 'local'));
  return isWallClock ? { local: wallClockText(at, null) } : { instant: at };
}

/** As an epoch of the kind that the connection has; 0 for none. */
export function writeOriginateTime(at: Instant | null, settings: FacadeSettings | null): number {
  if (at === null) return 0;
  return Math.floor(toEpoch(at, settings ?? { epochs: 'utc', timeZone: 'UTC' }));
}
