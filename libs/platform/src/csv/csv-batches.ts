import { CsvReader, type CsvRow } from './csv-reader.js';

export interface CsvBatch {
  rows: CsvRow[];
  /** Whether the file ends behind them. The last batch may be empty. */
  isLast: boolean;
}

/**
 * Reads a file of separated values in UTF-8 piece by piece, so many rows at a time; see `CsvReader`. The next piece is asked for
 * while one is read.
 *
 * @param pieces  the file, or the rest of it from the beginning of a row on
 */
export async function* csvBatches(
  pieces: AsyncIterable<Uint8Array>,
  { delimiter, most }: { delimiter: string; most: number },
): AsyncGenerator<CsvBatch> {
  const reader = new CsvReader(delimiter);
  let rows: CsvRow[] = [];
  for await (const piece of ahead(pieces)) {
    reader.write(piece);
    for (let row = reader.next(); row !== undefined; row = reader.next()) {
      rows.push(row);
      if (rows.length < most) continue;
      yield { rows, isLast: false };
      rows = [];
    }
  }
  yield { rows, isLast: true };
}

/** One after the other, each asked for before the one before it is given out; null at the end. */
async function* ahead(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    for (let coming = iterator.next(); ;) {
      const piece = await coming;
      if (piece.done === true) break;
      coming = iterator.next();
      // Whoever waits for it comes later, and a failure before that is no failure of the process.
      coming.catch(() => undefined);
      yield piece.value;
    }
    yield null;
  } finally {
    await iterator.return?.();
  }
}
