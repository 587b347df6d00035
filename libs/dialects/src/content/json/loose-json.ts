/**
 * Reads what people mean by JSON: what a PBX makes of a template into which it fills names and numbers as they are. Used
 * only for what is no JSON. Never for what ends too early: every quotation mark and bracket that opens has to close.
 *
 * Read are: line breaks and tabs within texts, texts in single quotation marks, quotation marks within a text that do not
 * end it (`"John "JD" Doe"`), typographic quotation marks, backslashes that escape nothing, commas too many and missing
 * ones, comments, `=` and `=>` for a colon, values left out (`"duration":,`), placeholders that were not filled in
 * (`"duration":{{duration}}`, as text), names and words without quotation marks (also `undefined`, `None`, `NaN`), numbers
 * with signs and zeros in front (as text), several documents in a row (as a list), and whatever stands behind the document
 * and is none itself.
 */
import { rememberRepeated } from '../members.js';
import { isExact } from './exact-numbers.js';
import { skipBlanks } from './skip-blanks.js';

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
/** By the mark that opens a text, those that may close it. */
const CLOSING = new Map<string, string>([
  ['"', '"'],
  ["'", "'"],
  ...[...'“”„‟«»″'].map((mark): [string, string] => [mark, '“”„‟«»″']),
  ...[...'‘’‚‛‹›'].map((mark): [string, string] => [mark, '‘’‚‛‹›']),
]);
/** A name and what parts it from its value. Of no more characters than a name has, so that looking ahead costs little. */
const NAME_AHEAD =
  /(?:"(?:[^"\\\r\n]|\\.){0,300}"|'[^'\r\n]{0,300}'|[“”„‟«»″‘’‚‛‹›][^“”„‟«»″‘’‚‛‹›\r\n]{0,300}[“”„‟«»″‘’‚‛‹›]|[\p{L}_$][\w$. -]{0,100})\s{0,20}(?::|=)/uy;
/** All that is left, where a body was cut within the next name or behind it: then nothing of it is guessed. */
const CUT_AHEAD = /["'](?:[^"\\]|\\[\s\S])*\\?(?:"\s*)?$/y;
/** A name in quotation marks, its colon and a value that is sure to be one: what a comma should have stood in front of. */
const MEMBER_AHEAD =
  /(["'])[\p{L}_$][\p{L}\p{N}_$. -]{0,99}\1\s{0,20}(?::|=>?)\s{0,20}(?:["'[{\d.+-]|null|true|false)/uy;
/** What a template left, braces and all, where a value without quotation marks stands. */
const UNFILLED =
  /\{\{\{[^{}"]{0,200}\}\}\}|\{\{[^{}"]{0,200}\}\}|\{%[^{}"]{0,200}%\}|\{[^{}":,\r\n]{1,200}\}/y;
const COMMENT_BEHIND = /\s(?:\/\/|#\s)|\/\*/;
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
      values.push(this.value(this.levels, isEndOfItem, /[,}\]\r\n]/));
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
    this.at = skipBlanks(this.text, this.at);
  }

  /** @param end  what ends a value without quotation marks here, beside a comma and a line's end */
  private value(levels: number, isEnd: IsEnd, end: RegExp): unknown {
    const next = this.peek();
    if (this.opens() && levels === 0) throw new Unreadable();
    // A document itself is never a placeholder: of `{a}` nothing is guessed.
    const isUnfilled = next === '{' && levels < this.levels && matchesAt(UNFILLED, this.text, this.at);
    if (next === '{' && !isUnfilled) return this.object(levels - 1);
    if (next === '[') return this.list(levels - 1);
    return CLOSING.has(next) ? this.quoted(next, isEnd) : wordOf(withoutComment(this.bare(end)));
  }

  private object(levels: number): Record<string, unknown> {
    const members: [string, unknown][] = [];
    for (this.at += 1; this.afterCommas() !== '}';) {
      const mark = this.peek();
      const name = CLOSING.has(mark) ? this.quoted(mark, isEndOfName) : this.bare(/[:=,{}[\]"'\r\n]/);
      this.skipBlanks();
      const parts = this.peek();
      if (parts !== ':' && parts !== '=') throw new Unreadable();
      this.at += parts === '=' && this.text[this.at + 1] === '>' ? 2 : 1;
      this.skipBlanks();
      members.push([name, this.value(levels, isEndOfMember, /[,}\r\n]/)]);
    }
    this.at += 1;
    return rememberRepeated(members);
  }

  private list(levels: number): unknown[] {
    const items: unknown[] = [];
    for (this.at += 1; this.afterCommas() !== ']';) {
      if (this.peek() === '}') throw new Unreadable();
      items.push(this.value(levels, isEndOfItem, /[,}\]\r\n]/));
    }
    this.at += 1;
    return items;
  }

  /** The next character that is neither blank nor a comma: a comma too many, or one that is missing at the end of a line. */
  private afterCommas(): string {
    this.skipBlanks();
    while (this.peek() === ',') {
      this.at += 1;
      this.skipBlanks();
    }
    if (this.at >= this.text.length) throw new Unreadable();
    return this.peek();
  }

  /** Text up to any of the marks, which has to come. What a template left is passed over as a whole. */
  private bare(end: RegExp): string {
    const from = this.at;
    while (this.at < this.text.length) {
      if (this.peek() === '{' && matchesAt(UNFILLED, this.text, this.at)) this.at = UNFILLED.lastIndex;
      else if (end.test(this.peek())) break;
      else this.at += 1;
    }
    if (this.at >= this.text.length) throw new Unreadable();
    return this.text.slice(from, this.at).trim();
  }

  private quoted(mark: string, isEnd: IsEnd): string {
    const parts: string[] = [];
    const closing = CLOSING.get(mark) ?? mark;
    let from = this.at + 1;
    for (let at = from; at < this.text.length; at += 1) {
      const character = this.text.charAt(at);
      if (character === '\\') {
        const [meant, length] = this.escaped(at);
        parts.push(this.text.slice(from, at), meant);
        at += length - 1;
        from = at + 1;
      } else if (closing.includes(character) && isEnd(this.text, at + 1)) {
        this.at = at + 1;
        return parts.join('') + this.text.slice(from, at);
      }
    }
    throw new Unreadable();
  }

  /**
   * What an escape means, and how long it is; a backslash that escapes nothing stands for itself, as does one at the end of
   * a text that the next member follows (`"C:\","b":1`): no JSON has a text that goes on so.
   */
  private escaped(at: number): [meant: string, length: number] {
    const letter = this.text[at + 1] ?? '';
    if (letter === '"' && isNextMember(this.text, at + 2)) return ['\\', 1];
    const hex = this.text.slice(at + 2, at + 6);
    if (letter === 'u' && HEX.test(hex)) return [String.fromCharCode(Number.parseInt(hex, 16)), 6];
    const meant = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    return meant === undefined ? ['\\', 1] : [meant, 2];
  }
}

type IsEnd = (text: string, at: number) => boolean;

function isEndOfName(text: string, at: number): boolean {
  const next = text[skipBlanks(text, at)];
  return next === ':' || next === '=';
}

/** A quotation mark ends the value of a member where the next one follows, also without its comma, or a bracket. */
function isEndOfMember(text: string, at: number): boolean {
  const where = skipBlanks(text, at);
  const next = text[where];
  if (next === '}' || next === ']') return true;
  if (next !== ',') return matchesAt(MEMBER_AHEAD, text, where);
  const after = skipBlanks(text, where + 1);
  return (
    /[,}]/.test(text[after] ?? '') || matchesAt(NAME_AHEAD, text, after) || matchesAt(CUT_AHEAD, text, after)
  );
}

/** In a list, where a comma with another value, or a bracket, comes next. */
function isEndOfItem(text: string, at: number): boolean {
  const where = skipBlanks(text, at);
  const next = text[where];
  if (next === '}' || next === ']') return true;
  if (next !== ',') return false;
  const after = text[skipBlanks(text, where + 1)] ?? '';
  return after !== '' && !/[.;:!?)]/.test(after);
}

function isNextMember(text: string, at: number): boolean {
  const comma = skipBlanks(text, at);
  return text[comma] === ',' && matchesAt(MEMBER_AHEAD, text, skipBlanks(text, comma + 1));
}

function matchesAt(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}

function withoutComment(word: string): string {
  const at = word.search(COMMENT_BEHIND);
  return at === -1 ? word : word.slice(0, at).trim();
}

function wordOf(word: string): unknown {
  if (NUMBER.test(word)) return isExact(word) ? Number(word) : word;
  return WORDS.has(word.toLowerCase()) ? WORDS.get(word.toLowerCase()) : word;
}
