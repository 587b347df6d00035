/** Readers for vendors' single values, which come as numbers or as text, padded or empty, in any of the formats. */
import { MAX_EPOCH_SECONDS } from '#domain';

const NUMERIC = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
/** Halves of surrogate pairs, which a JSON escape can smuggle in and UTF-8 cannot hold. */
const HALF_PAIR = /\p{Surrogate}/gu;
const MAX_DIGITS = 32;
/** About 30 years: no call lasts longer, and sums stay exact. */
const MAX_SECONDS = 1e9;
const MILLISECONDS_PER_SECOND = 1000;

/** Whether the vendor sent nothing in this place. */
export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

/** The text as it came; empty for null, lists and objects. */
export function rawText(value: unknown): string {
  if (typeof value === 'string') return value.replace(HALF_PAIR, '\ufffd');
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The text without white space around it; null when nothing is left. */
export function text(value: unknown): string | null {
  const trimmed = rawText(value).trim();
  return trimmed === '' ? null : trimmed;
}

/** An id; vendors write 0 for none. */
export function nonZeroId(value: unknown): string | null {
  const id = text(value);
  return id === '0' ? null : id;
}

export function finiteNumber(value: unknown): number | null {
  const digits = rawText(value).trim();
  if (typeof value === 'boolean' || digits.length > MAX_DIGITS || !NUMERIC.test(digits)) return null;
  // JSON has no minus zero to keep it by.
  return Number(digits) + 0;
}

/** A length of time in seconds; null for anything that cannot be one. */
export function seconds(value: unknown): number | null {
  const number = finiteNumber(value);
  return number === null || number < 0 || number > MAX_SECONDS ? null : number;
}

/** A moment in epoch seconds; 0 stands for none. Milliseconds are recognised by their size. */
export function epochSeconds(value: unknown): number | null {
  const number = finiteNumber(value);
  if (number === null || number <= 0) return null;
  const inSeconds = number > MAX_EPOCH_SECONDS ? number / MILLISECONDS_PER_SECOND : number;
  return inSeconds > MAX_EPOCH_SECONDS ? null : inSeconds;
}
