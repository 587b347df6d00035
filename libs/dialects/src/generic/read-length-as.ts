import { readLength } from '../content/read-length.js';
import type { ReadyLength } from './ready-mapping.js';

const MILLI = 1000;
const SECONDS: Readonly<Record<ReadyLength['unit'], number>> = { s: 1, ms: 1e-3, us: 1e-6, min: 60 };

/** Seconds, to the millisecond; null for what is no length. */
export function readLengthAs(unit: ReadyLength['unit'], written: string): number | null {
  // What counts in small units may be more than any call has seconds.
  const number = unit === 's' ? readLength(written) : Number(written.trim() === '' ? 'x' : written.trim());
  if (number === null || !Number.isFinite(number) || number < 0) return null;
  const seconds = Math.round(number * SECONDS[unit] * MILLI) / MILLI;
  return readLength(seconds);
}
