import { setImmediate as letOthersRun } from 'node:timers/promises';
import { lookupNumber } from '#domain';
import { isVisible } from '../http/is-visible.js';
import { LONGEST_NAME, LONGEST_NUMBER } from './do-not-call.dto.js';

/** No country: numbers without a country code are nobody's then. */
const NO_COUNTRY = '';

/** Rows that are read in one go: some milliseconds, while nobody else is answered. */
const SLICE = 250;

const REASONS = {
  row: 'It must be an object with a number, and a name or none.',
  name: `Its name must be a text of 1 to ${String(LONGEST_NAME)} characters, or null.`,
  number: 'It is no phone number with its country code, and none of the country beside it.',
} as const;

export interface ReadNumber {
  e164: string;
  name: string | null;
}
export interface ReadNumbers {
  numbers: ReadNumber[];
  refused: { index: number; reason: string }[];
}

/** @param rows  objects with a number and perhaps a name */
export function readNewNumbers(rows: readonly unknown[], country: string | undefined): Promise<ReadNumbers> {
  return readAll(rows, (row) => {
    if (typeof row !== 'object' || row === null) return REASONS.row;
    const { number, name = null, ...others } = row as { number?: unknown; name?: unknown };
    if (Object.keys(others).length > 0) return REASONS.row;
    if (name !== null && !(isVisible(name) && name.length <= LONGEST_NAME)) return REASONS.name;
    const e164 = readNumber(number, country);
    return e164 === null ? REASONS.number : { e164, name };
  });
}

/** @param rows  texts */
export function readNumbers(rows: readonly unknown[], country: string | undefined): Promise<ReadNumbers> {
  return readAll(rows, (row) => {
    const e164 = readNumber(row, country);
    return e164 === null ? REASONS.number : { e164, name: null };
  });
}

/** @returns E.164, or null for what is no number */
export function readNumber(text: unknown, country: string | undefined): string | null {
  if (typeof text !== 'string' || text.length > LONGEST_NUMBER) return null;
  return lookupNumber(text, country?.toUpperCase() ?? NO_COUNTRY);
}

async function readAll(
  rows: readonly unknown[],
  read: (row: unknown) => ReadNumber | string,
): Promise<ReadNumbers> {
  const all: ReadNumbers = { numbers: [], refused: [] };
  for (const [index, row] of rows.entries()) {
    if (index % SLICE === SLICE - 1) await letOthersRun();
    const one = read(row);
    if (typeof one === 'string') all.refused.push({ index, reason: one });
    else all.numbers.push(one);
  }
  return all;
}
