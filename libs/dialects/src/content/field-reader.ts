/** Reads the known fields of one message, each as what it is, and keeps account of those that came to nothing. */
import type { LegReport } from '#domain';
import type { KnownField, KnownFields, SortedFields } from './known-fields.js';
import { finiteNumber, isBlank, rawText, readMoment } from './scalars.js';
import { readLength } from './read-length.js';
import { readVendorId, type VendorIdReading } from './read-vendor-id.js';
import { numberText } from './number-text.js';
import { squeezed } from './squeezed.js';
import { isMarksOnly, isWordForNothing, unquoted } from './word-for-nothing.js';

const YES: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y', 't', 'on']);
const NO: ReadonlySet<string> = new Set(['false', '0', 'no', 'n', 'f', 'off']);
/** Of what a vendor calls a caller who withholds his number, and a call whose end it does not know. */
const UNKNOWN = 'unknown';
/** What is longer is no extension, and has no place in a leg's key. */
const LONGEST_EXTENSION = 64;
/** Keys of a phone, which are marks and yet something. */
const KEYS = /[*#]/;

/** A moment as a report tells it. */
export type Moment = Pick<LegReport, 'startedEpochSeconds' | 'startedBy'>;

/**
 * What is not clear is never guessed: it is null, and its name is among `unreadableFields`. A word for nothing in the place
 * of a text is null too, and nothing to look after. Both are kept in `raw` with the text that came.
 */
export class FieldReader<Name extends string> {
  readonly known: KnownFields<Name>;
  private readonly rest: readonly [string, unknown][];
  private readonly unreadable: Set<string>;
  private readonly kept = new Set<Name>();

  constructor({ known, rest, unreadable }: SortedFields<Name>) {
    this.known = known;
    this.rest = rest;
    this.unreadable = new Set(unreadable);
  }

  has(field: Name): boolean {
    return this.known[field] !== undefined;
  }

  /** As it came, for whoever reads it by rules of his own; undefined when it did not. */
  value(field: Name): unknown {
    return this.known[field]?.value;
  }

  vendorId(field: Name, label: string): VendorIdReading {
    const reading = readVendorId(this.value(field), label);
    const came = rawText(this.value(field)).trim();
    // What is quoted or cut is the same id; it is kept as it came where somebody may look for it.
    if (reading.id !== null && reading.id.length < unquoted(came).length) this.kept.add(field);
    if (reading.id === null && this.has(field)) this.kept.add(field);
    return reading;
  }

  /** An id of something else than this call. */
  id(field: Name): string | null {
    return this.vendorId(field, field).id;
  }

  /** Exactly as it came, blanks and all, as a plus sign may be lost to one; empty for nothing. */
  party(field: Name): string {
    const came = this.single(field);
    if (came === null || !isNothing(came) || squeezed(came) === UNKNOWN) return came ?? '';
    this.kept.add(field);
    return '';
  }

  /** A status or a type as the vendor printed it; empty for nothing. */
  word(field: Name): string {
    return this.party(field);
  }

  /** A name, a number, a code: vendors write 0 for none. */
  text(field: Name): string | null {
    const text = this.key(field);
    if (text !== '0') return text;
    this.kept.add(field);
    return null;
  }

  /** A number of the public network; a blank in front of it may be its plus. */
  phone(field: Name): string | null {
    return this.text(field) === null ? null : numberText(this.single(field));
  }

  /** The id of a queue and the like: 0 is none, and no news. */
  nonZero(field: Name): string | null {
    const id = this.key(field);
    return id === '0' ? null : id;
  }

  /** The place in a menu, which may have any name. */
  place(field: Name): string | null {
    const place = this.single(field)?.trim() ?? null;
    if (place === null || !isWordForNothing(place)) return place;
    this.kept.add(field);
    return null;
  }

  /** What was pressed on a phone: 0 is a key. */
  key(field: Name): string | null {
    const came = this.single(field);
    return came === null ? null : this.filled(field, came.trim());
  }

  extension(field: Name): string | null {
    const extension = this.text(field);
    if (extension === null || extension.length <= LONGEST_EXTENSION) return extension;
    return this.refuse(field);
  }

  /** Seconds. */
  length(field: Name): number | null {
    return this.readBy(field, readLength);
  }

  number(field: Name): number | null {
    return this.readBy(field, finiteNumber);
  }

  /** A number of something that is counted. */
  whole(field: Name): number | null {
    return this.readBy(field, (value) => {
      const number = finiteNumber(value);
      return Number.isSafeInteger(number) ? number : null;
    });
  }

  moment(field: Name): Moment {
    const value = this.value(field);
    // 0 is how vendors write that there is none.
    const isNone = value !== undefined && finiteNumber(value) === 0;
    if (isNone) this.kept.add(field);
    const moment = isNone ? null : this.readBy(field, readMoment);
    if (moment === null) return { startedEpochSeconds: null };
    const { epochSeconds, by } = moment;
    return { startedEpochSeconds: epochSeconds, ...(by !== undefined && { startedBy: by }) };
  }

  /** Flags come as JSON's, as numbers and as words; null where none is told. */
  flag(field: Name): boolean | null {
    return this.readBy(field, (value) => {
      const word = squeezed(rawText(value));
      return YES.has(word) ? true : NO.has(word) ? false : null;
    });
  }

  /** By a reader that answers null where there is nothing to be read in the value. */
  readBy<T>(field: Name, read: (value: unknown) => T | null): T | null {
    const known = this.known[field];
    if (known === undefined) return null;
    const value = read(known.value);
    if (value !== null) return value;
    this.refuse(field);
    return known.instead === undefined ? null : read(known.instead.value);
  }

  /** The value came and cannot be what it should be. */
  refuse(field: Name): null {
    const known = this.known[field];
    if (known === undefined) return null;
    this.unreadable.add(known.name);
    this.kept.add(field);
    return null;
  }

  /** Keeps fields under the names they came with: they have no place of their own, or only a part of them has. */
  keep(...fields: readonly Name[]): void {
    for (const field of fields) this.kept.add(field);
  }

  /** What has no place in the report, as it came. */
  leftOver(): [name: string, value: unknown][] {
    const left = [...this.rest];
    for (const field of this.kept) {
      const known = this.known[field];
      if (known !== undefined && !isBlank(known.value)) left.push([known.name, known.value]);
    }
    return left;
  }

  notes(): Pick<LegReport, 'unreadableFields'> {
    return this.unreadable.size === 0 ? {} : { unreadableFields: [...this.unreadable] };
  }

  /** Null where the value is no single text, or not what it was said to be. */
  private single(field: Name): string | null {
    const known = this.known[field];
    if (known === undefined) return null;
    if (isSingle(known)) return rawText(known.value);
    this.refuse(field);
    return known.instead !== undefined && isSingle(known.instead) ? rawText(known.instead.value) : null;
  }

  private filled(field: Name, text: string): string | null {
    if (!isNothing(text)) return text;
    this.kept.add(field);
    return null;
  }
}

function isNothing(text: string): boolean {
  return isWordForNothing(text) || (isMarksOnly(text) && !KEYS.test(text));
}

function isSingle({ value, odd }: KnownField): boolean {
  return odd !== true && value !== true && typeof value !== 'object';
}
