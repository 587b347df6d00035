/**
 * Turns a PBX's epoch seconds into true time.
 *
 * Source: design "Dialects", trap 1. Some vendors print the account's wall clock encoded as if it were UTC
 * (`epochs: 'local'`); such a value has to be read again in the account's IANA zone, daylight saving included.
 */
import { instant } from '../ids.js';
import type { Instant } from '../ids.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Offsets are remembered per slot of this length: every change of an offset since 1970 falls on such a boundary, near enough. */
const SLOT = 15 * MINUTE;
/** Slots remembered per zone; when full, all are forgotten. */
const MAX_SLOTS = 4096;

/** No call is later than this (the year 5138); greater values are milliseconds or rubbish. */
export const MAX_EPOCH_SECONDS = 1e11;

interface Zone {
  format: Intl.DateTimeFormat;
  offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

/** How a connection's epochs are to be understood. `timeZone` is an IANA name and matters only for `local`. */
export interface EpochReading {
  epochs: 'utc' | 'local';
  timeZone: string;
}

/**
 * A wall time that the zone skips (the clock goes forward) is moved on by the length of the gap; one that happens twice
 * (the clock goes back) is its first occurrence. That is the rule `compatible` of ECMAScript's Temporal.
 *
 * @param seconds  epoch seconds as the PBX printed them, 0 to `MAX_EPOCH_SECONDS`; fractions are kept to the millisecond
 * @throws RangeError for an unknown zone: settings are checked with `isTimeZone` where they enter
 */
export function fromEpoch(seconds: number, reading: EpochReading): Instant {
  const { times, skipped } = timesOf(seconds, reading);
  return skipped ? times[1] : times[0];
}

/** What is known of the moment that a text is about, besides the text. */
export interface Evidence {
  /** When the message came. */
  receivedAt: Instant;
  /** What it tells of was over so long after the moment. */
  lastedMs: number;
}

/** A PBX's clock may be ahead of ours by so much. */
const AHEAD_MS = 5 * MINUTE;

/**
 * The same, where a message tells the time of something that was over when it was sent: of two times that the wall clock may
 * mean, the later one after which it could have been over before the message came. So a message that comes at once is read
 * right, and one that was held up for longer than the clock was put back as the later of both, as nothing tells them apart.
 * A wall time that was skipped is read by the offset before the change or after it, likewise.
 *
 * A later receipt never makes an earlier time of the same text.
 */
export function fromEpochBefore(
  seconds: number,
  reading: EpochReading,
  { receivedAt, lastedMs }: Evidence,
): Instant {
  const [first, second] = timesOf(seconds, reading).times;
  return second + lastedMs <= receivedAt + AHEAD_MS ? second : first;
}

/** The earlier and the later time that the seconds may mean, mostly the same; whether the wall clock skipped them. */
function timesOf(
  seconds: number,
  reading: EpochReading,
): { times: readonly [Instant, Instant]; skipped: boolean } {
  const wall = Math.round(seconds * SECOND);
  const only = (at: number) => ({ times: [instant(at), instant(at)] as const, skipped: false });
  if (reading.epochs === 'utc') return only(wall);
  const zone = zoneNamed(reading.timeZone);
  const before = offsetAt(zone, wall - DAY);
  const after = offsetAt(zone, wall + DAY);
  if (before === after) return only(wall - before);
  // The clock changes on one of these days. Where it goes back both may be true, in a gap neither is.
  const [first, second] = [wall - Math.max(before, after), wall - Math.min(before, after)];
  const isTrue = (at: number) => offsetAt(zone, at) === wall - at;
  if (isTrue(first) === isTrue(second)) {
    return { times: [instant(first), instant(second)], skipped: !isTrue(first) };
  }
  return only(isTrue(first) ? first : second);
}

/**
 * The other way round: epoch seconds of a true time as such a PBX would have printed them, to the millisecond.
 *
 * @throws RangeError for an unknown zone
 */
export function toEpoch(at: Instant, reading: EpochReading): number {
  const offset = reading.epochs === 'utc' ? 0 : offsetAt(zoneNamed(reading.timeZone), at);
  return (at + offset) / SECOND;
}

/** Whether the text names a zone of the IANA database; fixed offsets such as `+03:00` do not. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/**
 * @param timeZone  an IANA name
 * @returns milliseconds to add to UTC for the wall clock of the zone at this time
 * @throws RangeError for an unknown zone
 */
export function offsetOf(timeZone: string, at: Instant): number {
  return offsetAt(zoneNamed(timeZone), at);
}

function zoneNamed(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const zone = { format, offsets: new Map<number, number>() };
  zones.set(name, zone);
  return zone;
}

/** Milliseconds to add to UTC for the wall clock of the zone at this time. */
function offsetAt(zone: Zone, utc: number): number {
  const slot = Math.floor(utc / SLOT);
  const known = zone.offsets.get(slot);
  if (known !== undefined) return known;
  const offset = measure(zone.format, slot * SLOT);
  if (zone.offsets.size >= MAX_SLOTS) zone.offsets.clear();
  zone.offsets.set(slot, offset);
  return offset;
}

/** Asks Intl; too slow (microseconds) to be asked for every call. `utc` is a whole number of seconds. */
function measure(format: Intl.DateTimeFormat, utc: number): number {
  const field: Record<string, string> = {};
  for (const part of format.formatToParts(utc)) field[part.type] = part.value;
  const at = (name: string) => Number(field[name]);
  const wall = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
  return wall - utc;
}
