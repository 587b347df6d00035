import { finiteNumber, plainDigits } from './scalars.js';

/** About 30 years: no call lasts longer, and sums stay exact. */
const MAX_SECONDS = 1e9;
/** `0:45`, `01:02:03`: minutes and seconds, with hours in front where there are three. */
const CLOCK = /^(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)(?:[.,](\d{1,3}))?$/;
const MOST_MINUTES_BESIDE_HOURS = 59;
const AMOUNT = String.raw`(\d{1,9}(?:[.,]\d{1,3})?)\s*`;
/** `45s`, `2 min 5 sec`, `1h2m3s`, `PT1M5S` (ISO 8601). */
const NAMED = new RegExp(
  `^(?:PT)?(?:${AMOUNT}(?:h|hr|hrs|hour|hours)\\.?\\s*)?(?:${AMOUNT}(?:m|min|mins|minute|minutes)\\.?\\s*)?` +
    `(?:${AMOUNT}(?:s|sec|secs|second|seconds)\\.?)?$`,
  'i',
);
const MILLI = new RegExp(`^${AMOUNT}(?:ms|msec|milliseconds?)$`, 'i');
const HOUR = 3600;
const MINUTE = 60;
const PER_SECOND = 1000;

/** A length of time in seconds, as a number or as people write it; null for anything that cannot be one. */
export function readLength(value: unknown): number | null {
  const length = finiteNumber(value) ?? (typeof value === 'string' ? written(plainDigits(value)) : null);
  return length === null || length < 0 || length > MAX_SECONDS ? null : length;
}

function written(text: string): number | null {
  const clock = CLOCK.exec(text);
  if (clock !== null) {
    const [, hours, minutes, seconds, fraction = '0'] = clock;
    if (hours !== undefined && Number(minutes) > MOST_MINUTES_BESIDE_HOURS) return null;
    return Number(hours ?? 0) * HOUR + Number(minutes) * MINUTE + Number(`${seconds}.${fraction}`);
  }
  const milli = MILLI.exec(text)?.[1];
  if (milli !== undefined) return amount(milli) / PER_SECOND;
  const [, hours, minutes, seconds] = NAMED.exec(text) ?? [];
  if (hours === undefined && minutes === undefined && seconds === undefined) return null;
  return rounded(amount(hours) * HOUR + amount(minutes) * MINUTE + amount(seconds));
}

function amount(digits = '0'): number {
  return Number(digits.replace(',', '.'));
}

/** Without the crumbs of binary fractions. */
function rounded(seconds: number): number {
  return Math.round(seconds * PER_SECOND) / PER_SECOND;
}
