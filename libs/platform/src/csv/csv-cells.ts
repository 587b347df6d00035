import { LONGEST_ROW, lineEndAt, lineEndsIn, nextLineEnd } from './csv-lines.js';

/** The cells of a row, and where it ends. */
export interface CellsEnd {
  cells: string[];
  /** Behind its last cell. */
  end: number;
  /** Behind its line end. */
  after: number;
  fault: 'open_quote' | undefined;
}

const QUOTE = 0x22;
const [LF, CR] = [0x0a, 0x0d];

/** What a cell came to. `more`: what is held does not tell. `open`: a quote begins it, and none ends it. `long`: the row is too long. */
type CellEnd = number | 'more' | 'open' | 'long';

/** Reads the cells of a row in which there is a quote. */
export class CsvCells {
  private readonly delimiter: Buffer;
  private held: Buffer = Buffer.alloc(0);
  private limit = 0;
  private isWhole = false;
  private text = '';

  constructor(delimiter: string) {
    this.delimiter = Buffer.from(delimiter);
  }

  /** @returns undefined when what is held does not tell where the row ends */
  read(held: Buffer, begin: number, isWhole: boolean): CellsEnd | { fault: 'too_long' } | undefined {
    this.held = held;
    this.limit = begin + LONGEST_ROW;
    this.isWhole = isWhole;
    const cells: string[] = [];
    for (let from = begin; ;) {
      const end = held[from] === QUOTE ? this.quoted(from) : this.plain(from, from, '');
      if (end === 'more') return undefined;
      if (end === 'open') return this.openQuote(cells, from);
      if (end === 'long' || end > this.limit) return { fault: 'too_long' };
      cells.push(this.text);
      const isOver = end === held.length;
      if (isOver || held[end] === LF || held[end] === CR) {
        const after = isOver ? end : lineEndAt(held, end, isWhole);
        return after === undefined ? undefined : { cells, end, after, fault: undefined };
      }
      from = end + this.delimiter.length;
    }
  }

  /** A quote in it that is doubled is one; with anything but the cell's end behind it, all of them were meant as they are. */
  private quoted(from: number): CellEnd {
    const { held, isWhole } = this;
    let text = '';
    for (let at = from + 1; ;) {
      const quote = held.indexOf(QUOTE, at);
      if (quote < 0 || quote >= this.limit) {
        return isWhole || held.length >= this.limit ? 'open' : 'more';
      }
      const next = quote + 1;
      if (next === held.length && !isWhole) return 'more';
      if (held[next] === QUOTE) {
        text += held.toString('utf8', at, next);
        at = next + 1;
        continue;
      }
      text += held.toString('utf8', at, quote);
      const isEnd = this.isCellEnd(next);
      if (isEnd === undefined) return 'more';
      // Over a line end that would be a quote somebody forgot to close, and the rows up to the next one would be lost in it.
      if (!isEnd && lineEndsIn(held, from, quote) > 0) return 'open';
      if (!isEnd) return this.plain(next, next, `"${text}"`);
      this.text = text;
      return next;
    }
  }

  /** @param before  what the cell's text begins with, before these bytes */
  private plain(begin: number, from: number, before: string): CellEnd {
    const { held, isWhole } = this;
    for (let at = from; at < held.length; at += 1) {
      const isEnd = this.isCellEnd(at);
      if (isEnd === undefined) return 'more';
      if (!isEnd) continue;
      this.text = before + held.toString('utf8', begin, at);
      return at;
    }
    if (held.length > this.limit) return 'long';
    if (!isWhole) return 'more';
    this.text = before + held.toString('utf8', begin);
    return held.length;
  }

  /** Undefined when what is held does not tell. */
  private isCellEnd(at: number): boolean | undefined {
    const { held, delimiter, isWhole } = this;
    if (at === held.length) return isWhole ? true : undefined;
    if (held[at] === LF || held[at] === CR) return true;
    for (let index = 0; index < delimiter.length; index += 1) {
      if (at + index === held.length) return isWhole ? false : undefined;
      if (held[at + index] !== delimiter[index]) return false;
    }
    return true;
  }

  /** Its line is its row: what was meant to be within the quote, nobody knows. */
  private openQuote(cells: string[], from: number): CellsEnd | { fault: 'too_long' } {
    const end = nextLineEnd(this.held, from);
    if (end >= this.limit) return { fault: 'too_long' };
    // A line end that is the last of what is held may be the first half of one: the other half is an empty line then.
    const after = end === this.held.length ? end : (lineEndAt(this.held, end, true) ?? end);
    return { cells: [...cells, this.held.toString('utf8', from, end)], end, after, fault: 'open_quote' };
  }
}
