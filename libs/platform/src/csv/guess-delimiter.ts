import { parse } from 'csv-parse/sync';

/** In the order in which they are preferred where nothing speaks for one. */
const DELIMITERS = [',', ';', '\t', '|'];

export interface DelimiterGuess {
  delimiter: string;
  /** The first rows, read with it. */
  rows: string[][];
}

/**
 * The delimiter with which the first rows of a file have the most cells, and equally many of them in each.
 *
 * @param start  of the file; the row that it is cut in does not count
 */
export function guessDelimiter(start: string, isWhole: boolean): DelimiterGuess {
  const [best = { delimiter: ',', rows: [], score: 0 }] = DELIMITERS.map((delimiter) => {
    const rows = rowsOf(start, delimiter, isWhole);
    return { delimiter, rows, score: scoreOf(rows) };
  }).sort((one, other) => other.score - one.score);
  return { delimiter: best.delimiter, rows: best.rows };
}

/** The rows of a file's start, without the one that it is cut in. */
export function rowsOf(start: string, delimiter: string, isWhole: boolean): string[][] {
  const options = {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
  };
  const rows: string[][] = [];
  try {
    parse(start, { ...options, on_record: (row: string[]) => void rows.push(row) });
  } catch {
    // A quote that is still open where the start is cut: what came before it is there.
    return rows;
  }
  if (!isWhole) rows.pop();
  return rows;
}

/** One cell in each row says nothing; rows of different lengths say less. */
function scoreOf(rows: readonly string[][]): number {
  const lengths = rows.map(({ length }) => length);
  const usual = lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
  const alike = lengths.filter((length) => length === usual).length / Math.max(1, lengths.length);
  return (usual - 1) * alike;
}
