import { Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';

/** A row of a file, with where it stands there. */
export interface CsvRow {
  cells: string[];
  /** Of its end, from 1. A cell may hold line ends. */
  line: number;
  /** Bytes of what was read, up to the end of the row. */
  toBytes: number;
}

export interface CsvBatch {
  rows: CsvRow[];
  /** Whether the file ends behind them. The last batch may be empty. */
  isLast: boolean;
}

/** A row is a line or a few; a quote that is never closed would make one of the rest of the file. */
const LONGEST_ROW = 1024 * 1024;

/** A file that went through several hands may have some of each. */
const LINE_ENDS = ['\r\n', '\n', '\r'];

/** The file cannot be read on from here. */
export class CsvUnreadable extends Error {
  constructor(message: string, options: ErrorOptions) {
    super(message, options);
    this.name = 'CsvUnreadable';
  }
}

/**
 * Reads a file of separated values in UTF-8 piece by piece, so many rows at a time. Rows of other lengths than the first one and
 * quotes within a cell are taken as they are; empty lines are passed over.
 *
 * @param pieces  the file, or the rest of it from the beginning of a row on
 * @throws CsvUnreadable when a row has no end
 */
export async function* csvBatches(
  pieces: AsyncIterable<Uint8Array>,
  { delimiter, most }: { delimiter: string; most: number },
): AsyncGenerator<CsvBatch> {
  const source = Readable.from(pieces, { objectMode: false });
  const parser = source.pipe(
    parse({
      delimiter,
      record_delimiter: LINE_ENDS,
      info: true,
      bom: false,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW,
    }),
  );
  source.on('error', (error) => parser.destroy(error));
  let rows: CsvRow[] = [];
  try {
    for await (const read of parser as AsyncIterable<{
      record: string[];
      info: { bytes: number; lines: number };
    }>) {
      rows.push({ cells: read.record, line: read.info.lines, toBytes: read.info.bytes });
      if (rows.length < most) continue;
      yield { rows, isLast: false };
      rows = [];
    }
  } catch (error) {
    throw readable(error);
  } finally {
    source.destroy();
  }
  yield { rows, isLast: true };
}

function readable(error: unknown): unknown {
  const { code, lines } = error as CsvError & { lines?: number };
  if (typeof code !== 'string' || !code.startsWith('CSV_')) return error;
  const message =
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? `A quote is opened at line ${String(lines)} or before, and never closed.`
      : `The file cannot be read on from line ${String(lines)}: is the delimiter right, and is every quote closed?`;
  return new CsvUnreadable(message, { cause: error });
}
