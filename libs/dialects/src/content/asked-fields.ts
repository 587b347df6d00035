/** The parameters of a request, looked up by name in any case, each read as what it should be. */
import { OddText, type Fields } from './known-fields.js';
import { membersOf } from './members.js';
import { numberText } from './number-text.js';
import { readJson } from './read-json.js';
import { finiteNumber, isBlank, rawText, text } from './scalars.js';

const YES: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y', 't', 'on']);
const NO: ReadonlySet<string> = new Set(['false', '0', 'no', 'n', 'f', 'off']);
/** Deeper lists in lists are nobody's. */
const MAX_DEPTH = 4;

/**
 * Every reader takes all the names that a vendor spells a parameter by; whichever came counts, and of several the last one that
 * is filled. Where nothing came, or nothing that it can be, the answer is null: `has` tells the two apart.
 */
export class AskedFields {
  private readonly byName = new Map<string, unknown[]>();

  constructor(readonly entries: Fields) {
    for (const [name, given] of entries) {
      const value = given instanceof OddText ? given.text : given;
      const key = keyOf(name);
      const there = this.byName.get(key);
      if (there) there.push(value);
      else this.byName.set(key, [value]);
    }
  }

  /** Whether it came and is filled. */
  has(...names: readonly string[]): boolean {
    return this.all(names).some((value) => !isBlank(value));
  }

  /** Whether it came, be it empty. */
  came(...names: readonly string[]): boolean {
    return this.all(names).length > 0;
  }

  /** As it came, the last one that is filled; undefined for none. */
  value(...names: readonly string[]): unknown {
    return this.all(names).findLast((value) => !isBlank(value));
  }

  /** Without blanks around it. */
  text(...names: readonly string[]): string | null {
    return text(this.single(names));
  }

  /** A number to dial: a blank in front of it stays, which may have been its plus. */
  number(...names: readonly string[]): string | null {
    return numberText(this.single(names));
  }

  /** In lower case, to be compared. */
  word(...names: readonly string[]): string | null {
    return this.text(...names)?.toLowerCase() ?? null;
  }

  flag(...names: readonly string[]): boolean | null {
    const word = this.word(...names);
    if (word === null) return null;
    return YES.has(word) ? true : NO.has(word) ? false : null;
  }

  /** A whole number, also as text. */
  whole(...names: readonly string[]): number | null {
    const number = finiteNumber(this.single(names));
    return Number.isSafeInteger(number) ? number : null;
  }

  /**
   * All the texts: of a repeated name, a list, a list as JSON text, a form's `name[]` and `name[0]`; in their order. Objects
   * among them have their own reader.
   */
  list(...names: readonly string[]): string[] {
    return this.all(names).flatMap((value) => textsOf(value, MAX_DEPTH));
  }

  /** All the objects under the name, also in a list and as JSON text. */
  objects(...names: readonly string[]): AskedFields[] {
    return this.all(names).flatMap((value) => objectsOf(value, MAX_DEPTH));
  }

  /** The fields of the object under the name, where it is one, behind these: who asks nested and flat is read the same. */
  within(...names: readonly string[]): AskedFields {
    const inner = this.objects(...names).flatMap(({ entries }) => entries);
    return inner.length === 0 ? this : new AskedFields([...this.entries, ...inner]);
  }

  /** Names and values of those whose name begins so, the prefix left out and the rest as it was spelled. */
  prefixed(prefix: string): [name: string, value: string][] {
    const start = prefix.toLowerCase();
    return this.entries.flatMap(([name, given]): [string, string][] => {
      const plain = name.trim();
      if (plain.length <= start.length || !plain.toLowerCase().startsWith(start)) return [];
      const value = given instanceof OddText ? given.text : given;
      const written = typeof value === 'object' && value !== null ? JSON.stringify(value) : rawText(value);
      return [[plain.slice(start.length), written]];
    });
  }

  private all(names: readonly string[]): unknown[] {
    return names.flatMap((name) => this.byName.get(keyOf(name)) ?? []);
  }

  /** The last filled one that is no list or object. Of a list of one that one. */
  private single(names: readonly string[]): unknown {
    const values = this.all(names).map((value) => (isListOfOne(value) ? value[0] : value));
    return values.findLast((value) => !isBlank(value) && typeof value !== 'object');
  }
}

/** `Phones[]` is `phones`. */
function keyOf(name: string): string {
  return name.trim().toLowerCase().replace(/\[\]$/, '');
}

function isListOfOne(value: unknown): value is readonly [unknown] {
  return Array.isArray(value) && value.length === 1;
}

function textsOf(value: unknown, depth: number): string[] {
  const given = unfolded(value);
  if (typeof given !== 'object' || given === null) {
    const single = text(given);
    return single === null ? [] : [single];
  }
  if (depth === 0 || !Array.isArray(given)) return [];
  return given.flatMap((item) => textsOf(item, depth - 1));
}

function objectsOf(value: unknown, depth: number): AskedFields[] {
  const given = unfolded(value);
  if (typeof given !== 'object' || given === null || depth === 0) return [];
  return Array.isArray(given)
    ? given.flatMap((item) => objectsOf(item, depth - 1))
    : [new AskedFields(membersOf(given))];
}

/** A list or an object that came as its JSON text. */
function unfolded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  const reading = readJson(value);
  return reading.ok && typeof reading.value === 'object' ? reading.value : value;
}
