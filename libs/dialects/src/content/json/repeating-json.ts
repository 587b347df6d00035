/**
 * Reads JSON that is known to be valid, as `JSON.parse` does, and remembers members whose names repeat. A reader of its own, as
 * `JSON.parse` tells nobody of the members that it drops, and the one for what is no JSON looks at every character.
 */
import { rememberRepeated } from '../members.js';

const BLANKS = /[ \t\r\n]*/y;
const TEXT = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const LITERAL = /[^ \t\r\n,\]}]+/y;

/** @param json  valid JSON, of a depth that may be recursed into */
export function readRepeatingJson(json: string): unknown {
  return new Reader(json).value();
}

class Reader {
  private at = 0;

  constructor(private readonly json: string) {}

  value(): unknown {
    switch (this.next()) {
      case '{':
        return this.object();
      case '[':
        return this.list();
      case '"':
        return this.text();
      default:
        return JSON.parse(this.match(LITERAL));
    }
  }

  private object(): Record<string, unknown> {
    const members: [string, unknown][] = [];
    this.at += 1;
    while (this.next() !== '}') {
      if (this.json[this.at] === ',') {
        this.at += 1;
        continue;
      }
      const name = this.text();
      this.next();
      // The colon.
      this.at += 1;
      members.push([name, this.value()]);
    }
    this.at += 1;
    return rememberRepeated(members);
  }

  private list(): unknown[] {
    const items: unknown[] = [];
    this.at += 1;
    while (this.next() !== ']') {
      if (this.json[this.at] === ',') this.at += 1;
      else items.push(this.value());
    }
    this.at += 1;
    return items;
  }

  private text(): string {
    this.next();
    const token = this.match(TEXT);
    return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
  }

  /** The next character that is no blank. */
  private next(): string {
    const character = this.json[this.at] ?? '';
    if (character > ' ') return character;
    this.match(BLANKS);
    return this.json[this.at] ?? '';
  }

  private match(sticky: RegExp): string {
    sticky.lastIndex = this.at;
    const [token = ''] = sticky.exec(this.json) ?? [];
    // Never of valid JSON; an endless loop would be worse.
    if (token === '' && sticky !== BLANKS) throw new SyntaxError('This is not valid JSON.');
    this.at += token.length;
    return token;
  }
}
