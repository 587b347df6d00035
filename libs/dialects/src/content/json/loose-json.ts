/**
 * Reads what people mean by JSON: what a PBX makes of a template into which it fills names and numbers as they are. Used
 * only for what is no JSON. Never for what ends too early: every quotation mark and bracket that opens has to close.
 *
 * Read are: line breaks and tabs within texts, texts in single quotation marks, quotation marks within a text that do not
 * end it (`"John "JD" Doe"`), backslashes that escape nothing, commas too many, values left out (`"duration":,`), names and
 * words without quotation marks (also `undefined`, `None`, `NaN`), numbers with signs and zeros in front (as text), several
 * documents in a row (as a list), and whatever stands behind the document and is none itself.
 */
import { isExact } from './exact-numbers.js';

/** Ends the reading from any depth; never leaves this file. */
class Unreadable extends Error {}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const WORDS = new Map<string, unknown>([
  ['', null],
  ['null', null],
  ['none', null],
  ['nil', null],
  ['undefined', null],
  ['true', true],
  ['false', false],
]);
const BLANK = /[\s\0\ufeff]/;
const HEX = /^[0-9a-fA-F]{4}$/;

/**
 * @param most  levels of nesting that are read
 * @returns undefined for what cannot be read
 */
export function readLooseJson(text: string, most: number): { value: unknown } | undefined {
  try {
    const reader = new Reader(text, most);
    const values = reader.documents();
    return { value: values.length === 1 ? values[0] : values };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Reader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly levels: number,
  ) {}

  documents(): unknown[] {
    const values: unknown[] = [];
    this.skipBlanks();
    do {
      if (!this.opens()) throw new Unreadable();
      values.push(this.value(this.levels));
      this.skipBlanks();
      if (this.peek() === ',') this.at += 1;
      this.skipBlanks();
    } while (this.opens());
    return values;
  }

  private opens(): boolean {
    return this.peek() === '{' || this.peek() === '[';
  }

  private peek(): string {
    return this.text[this.at] ?? '';
  }

  private skipBlanks(): void {
    while (BLANK.test(this.peek())) this.at += 1;
  }

  private value(levels: number): unknown {
    const next = this.peek();
    if (this.opens() && levels === 0) throw new Unreadable();
    if (next === '{') return this.object(levels - 1);
    if (next === '[') return this.list(levels - 1);
    return next === '"' || next === "'" ? this.quoted(next, isEndOfValue) : wordOf(this.bare(/[,}\]\r\n]/));
  }

  private object(levels: number): Record<string, unknown> {
    const members: [string, unknown][] = [];
    for (this.at += 1; this.afterCommas() !== '}';) {
      const mark = this.peek();
      const name =
        mark === '"' || mark === "'" ? this.quoted(mark, isEndOfName) : this.bare(/[:,{}[\]"'\r\n]/);
      this.skipBlanks();
      if (this.peek() !== ':') throw new Unreadable();
      this.at += 1;
      this.skipBlanks();
      members.push([name, this.value(levels)]);
    }
    this.at += 1;
    return Object.fromEntries(members);
  }

  private list(levels: number): unknown[] {
    const items: unknown[] = [];
    for (this.at += 1; this.afterCommas() !== ']';) {
      if (this.peek() === '}') throw new Unreadable();
      items.push(this.value(levels));
    }
    this.at += 1;
    return items;
  }

  /** The next character that is neither blank nor a comma: a comma too many, or one that is missing at the end of a line. */
  private afterCommas(): string {
    while (this.peek() === ',' || BLANK.test(this.peek())) this.at += 1;
    if (this.at >= this.text.length) throw new Unreadable();
    return this.peek();
  }

  /** Text up to any of the marks, which has to come. */
  private bare(end: RegExp): string {
    const from = this.at;
    while (this.at < this.text.length && !end.test(this.peek())) this.at += 1;
    if (this.at >= this.text.length) throw new Unreadable();
    return this.text.slice(from, this.at).trim();
  }

  private quoted(mark: string, isEnd: (text: string, at: number) => boolean): string {
    const parts: string[] = [];
    let from = this.at + 1;
    for (let at = from; at < this.text.length; at += 1) {
      const character = this.text[at];
      if (character === '\\') {
        const [meant, length] = this.escaped(at);
        parts.push(this.text.slice(from, at), meant);
        at += length - 1;
        from = at + 1;
      } else if (character === mark && isEnd(this.text, at + 1)) {
        this.at = at + 1;
        return parts.join('') + this.text.slice(from, at);
      }
    }
    throw new Unreadable();
  }

  /** What an escape means, and how long it is; a backslash that escapes nothing stands for itself. */
  private escaped(at: number): [meant: string, length: number] {
    const letter = this.text[at + 1] ?? '';
    const hex = this.text.slice(at + 2, at + 6);
    if (letter === 'u' && HEX.test(hex)) return [String.fromCharCode(Number.parseInt(hex, 16)), 6];
    const meant = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    return meant === undefined ? ['\\', 1] : [meant, 2];
  }
}

function isEndOfName(text: string, at: number): boolean {
  return nextSolid(text, at)[0] === ':';
}

/** A quotation mark ends a value where a comma with a name or another value, or a bracket, comes next. */
function isEndOfValue(text: string, at: number): boolean {
  const [next, where] = nextSolid(text, at);
  if (next === '}' || next === ']') return true;
  if (next !== ',') return false;
  const [after] = nextSolid(text, where + 1);
  return after !== '' && !/[.;:!?)]/.test(after);
}

function nextSolid(text: string, from: number): [character: string, at: number] {
  let at = from;
  while (BLANK.test(text[at] ?? '')) at += 1;
  return [text[at] ?? '', at];
}

function wordOf(word: string): unknown {
  if (NUMBER.test(word)) return isExact(word) ? Number(word) : word;
  return WORDS.has(word.toLowerCase()) ? WORDS.get(word.toLowerCase()) : word;
}
