import type { ImportSettings } from '#db';
import { guessDelimiter, rowsOf } from '#platform';

/** Enough to see what a file is like. */
const LOOKED_AT = 64 * 1024;
const SAMPLE_ROWS = 5;

export interface FileAsk {
  delimiter?: string | undefined;
  hasHeader?: boolean | undefined;
  country?: string | undefined;
  /** What columns hold by the words of their header. */
  guess: (header: readonly string[]) => string[];
}

/**
 * What a file may be, by its beginning in UTF-8. Files have a header as a rule; a first row with a number in it, and without a word
 * that is known, is taken for the first of the others.
 */
export function lookAtFile(start: Uint8Array, ask: FileAsk): ImportSettings {
  const { text, isWhole } = textOf(start);
  const guess =
    ask.delimiter === undefined
      ? guessDelimiter(text, isWhole)
      : { delimiter: ask.delimiter, rows: rowsOf(text, ask.delimiter, isWhole) };
  const [first = []] = guess.rows;
  const guessed = ask.guess(first);
  const isKnown = guessed.some((column) => column !== '' && !column.startsWith('custom:'));
  const hasHeader = ask.hasHeader ?? (isKnown || !first.some(isNumber));
  return {
    delimiter: guess.delimiter,
    hasHeader,
    header: hasHeader ? first : [],
    columns: hasHeader ? guessed : first.map(() => ''),
    country: ask.country ?? null,
  };
}

/** The first rows, without the header. */
export function sampleOf(start: Uint8Array, { delimiter, hasHeader }: ImportSettings): string[][] {
  const { text, isWhole } = textOf(start);
  const from = hasHeader ? 1 : 0;
  return rowsOf(text, delimiter, isWhole).slice(from, from + SAMPLE_ROWS);
}

function textOf(start: Uint8Array): { text: string; isWhole: boolean } {
  const text = new TextDecoder().decode(start.subarray(0, LOOKED_AT), { stream: true });
  return { text, isWhole: start.length <= LOOKED_AT };
}

function isNumber(cell: string): boolean {
  return /^[+\d][\d\s().-]{5,}$/.test(cell.trim());
}
