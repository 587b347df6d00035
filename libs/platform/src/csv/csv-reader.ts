import { CsvCells } from './csv-cells.js';
import { LONGEST_ROW, lineEndAt, lineEndsIn, nextLineEnd } from './csv-lines.js';

/** A row of a file, with where it stands there. */
export interface CsvRow {
  cells: string[];
  /** Of its end, from 1. A cell may hold line ends. */
  line: number;
  /** Bytes of what was read, up to the end of the row. */
  toBytes: number;
  /** Why it cannot be taken for what it was meant to be; undefined where nothing is wrong. */
  fault: CsvFault | undefined;
}

/**
 * `open_quote`: a quote begins a cell and none ends it, or one on another line with something behind it; the row was read to the end
 * of the line on which that quote stands, and its last cell holds the rest of that line with the quote. `too_long`: the row is no
 * row; its only cell holds the beginning of it.
 */
export type CsvFault = 'open_quote' | 'too_long';

const QUOTE = 0x22;
const [LF, CR] = [0x0a, 0x0d];
/** Of a row that is too long, so that one sees which it is. */
const SHOWN_BYTES = 200;
const NOTHING = Buffer.alloc(0);

/**
 * Reads rows of separated values in UTF-8 from bytes that come in pieces; the same rows however the pieces are cut. Rows of any
 * number of cells and quotes within a cell are taken as they are, empty lines are passed over, and a line ends with LF, CR or both.
 * Source: RFC 4180, and what spreadsheets make of files that do not keep to it.
 *
 * Nearly all rows have no quote: their end is looked for byte by byte, and the text between is cut at the delimiters. Each row has a
 * text of its own: a cell that is kept for long keeps a row in memory, and not the piece of the file.
 */
export class CsvReader {
  private held: Buffer = NOTHING;
  /** Where the next row begins in `held`, and how many bytes and line ends of the file are before it. */
  private at = 0;
  private passed = 0;
  private line = 0;
  private isWhole = false;
  /** The beginning of a row that is too long, while its end is looked for. */
  private long: string | undefined;
  private readonly cells: CsvCells;

  constructor(private readonly delimiter: string) {
    this.cells = new CsvCells(delimiter);
  }

  /** More of the file; null: there is no more. */
  write(piece: Uint8Array | null): void {
    if (piece === null) {
      this.isWhole = true;
      return;
    }
    const rest = this.held.subarray(this.at);
    this.passed += this.at;
    this.at = 0;
    this.held =
      rest.length > 0
        ? Buffer.concat([rest, piece])
        : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  }

  /** Undefined when more of the file is needed, or there is no more. */
  next(): CsvRow | undefined {
    const { held } = this;
    while (this.long === undefined) {
      const begin = this.at;
      let end = begin;
      let byte = 0;
      for (; end < held.length; end += 1) {
        byte = held[end] as number;
        // All three are among the first few of all characters, and few others are.
        if (byte <= QUOTE && (byte === LF || byte === CR || byte === QUOTE)) break;
      }
      if (end === held.length && !this.isWhole) {
        if (end - begin <= LONGEST_ROW) return undefined;
      } else if (byte === QUOTE && end < held.length) return this.withQuotes();
      if (end - begin > LONGEST_ROW) {
        this.beginLong();
        break;
      }
      const after = end === held.length ? end : lineEndAt(held, end, this.isWhole);
      if (after === undefined || (end === begin && after === end)) return undefined;
      if (end > begin) {
        const cells = held.toString('utf8', begin, end).split(this.delimiter);
        return this.row(cells, after, { lines: 1, fault: undefined });
      }
      this.at = after;
      this.line += 1;
    }
    return this.restOfLong();
  }

  private withQuotes(): CsvRow | undefined {
    const begin = this.at;
    const read = this.cells.read(this.held, begin, this.isWhole);
    if (read === undefined) return undefined;
    if (read.fault === 'too_long') {
      this.beginLong();
      return this.restOfLong();
    }
    const lines = lineEndsIn(this.held, begin, read.end) + 1;
    return this.row(read.cells, read.after, { lines, fault: read.fault });
  }

  private beginLong(): void {
    const { held, at } = this;
    const end = at + LONGEST_ROW;
    this.long = `${held.toString('utf8', at, at + SHOWN_BYTES).replace(/\ufffd+$/, '')}…`;
    this.line += lineEndsIn(held, at, end);
    this.at = end;
  }

  /** To the end of the line that it has got to. */
  private restOfLong(): CsvRow | undefined {
    const { held, isWhole } = this;
    const end = nextLineEnd(held, this.at);
    const after = end === held.length && isWhole ? end : lineEndAt(held, end, isWhole);
    if (after === undefined) {
      // Not kept: there may be very much of it.
      this.at = end;
      return undefined;
    }
    const cells = [this.long ?? ''];
    this.long = undefined;
    return this.row(cells, after, { lines: 1, fault: 'too_long' });
  }

  private row(
    cells: string[],
    after: number,
    { lines, fault }: { lines: number; fault: CsvFault | undefined },
  ): CsvRow {
    this.at = after;
    this.line += lines;
    return { cells, line: this.line, toBytes: this.passed + after, fault };
  }
}
