import { lookupNumber } from '../phone/party.js';
import { readUrl } from '../read-url.js';
import { tidyLines } from '../tidy-text.js';
import type { Column, PlainColumn } from './column.js';

/** A contact as a row of a file tells of it; null for a cell that is empty. */
export interface ContactRow {
  externalId: string | null;
  name: string;
  company: string | null;
  email: string | null;
  url: string | null;
  /** Null removes the field. */
  metadata: Record<string, string | null>;
  /** Each number once, in the order of the columns. */
  phones: { e164: string; label: string | null }[];
}

/** Something that is wrong with a row. */
export interface RowFault {
  /** From 0; null where it is not about one column. */
  column: number | null;
  code: 'row.empty' | 'row.too_long' | 'phone.unreadable' | 'email.unreadable' | 'url.unreadable';
  message: string;
}

export interface RowReading {
  /** Undefined when there is nothing to import. One bad cell does not cost the row. */
  contact: ContactRow | undefined;
  faults: RowFault[];
}

const LONGEST: Readonly<Partial<Record<PlainColumn | 'metadata', number>>> = {
  externalId: 200,
  name: 200,
  firstName: 100,
  lastName: 100,
  company: 200,
  email: 254,
  url: 2_048,
  metadata: 2_000,
};
const MOST_PHONES = 50;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;
const LONGEST_SHOWN = 80;
/** Several numbers in one cell. A blank or a stroke may be within one number. */
const NEXT_NUMBER = /\s*(?:[;,\n]|:::)\s*/;

/**
 * Reads one row as its columns say. A number that its country could have is one, as anywhere in the directory.
 *
 * @param country  ISO 3166-1 alpha-2 of numbers without a country code; empty when all have one
 */
export function readContactRow(
  cells: readonly string[],
  columns: readonly Column[],
  country: string,
): RowReading {
  const reading = new Reading(country);
  columns.forEach((column, at) => {
    const text = tidyLines(cells[at] ?? '');
    if (text !== '' || column.is === 'metadata') reading.add(column, text, at);
  });
  return reading.done();
}

class Reading {
  private readonly texts = new Map<PlainColumn, string>();
  private readonly metadata: Record<string, string | null> = {};
  private readonly phones = new Map<string, string | null>();
  private readonly faults: RowFault[] = [];

  constructor(private readonly country: string) {}

  add(column: Column, text: string, at: number): void {
    if (column.is === 'nothing') return;
    if (column.is === 'phone') this.addPhones(text, column.label, at);
    else if (this.fits(column.is, text, at)) {
      if (column.is === 'metadata') this.metadata[column.key] = text === '' ? null : text;
      else if (this.isReadable(column.is, text, at)) this.texts.set(column.is, text);
    }
  }

  done(): RowReading {
    const { texts, metadata, faults } = this;
    const text = (of: PlainColumn) => texts.get(of) ?? null;
    const phones = [...this.phones].map(([e164, label]) => ({ e164, label }));
    const parts = [text('firstName'), text('lastName')].filter((part) => part !== null);
    const name =
      text('name') ??
      (parts.length > 0 ? parts.join(' ') : null) ??
      text('company') ??
      text('email') ??
      phones[0]?.e164;
    if (name === undefined) {
      const message = 'The row has no name, and nothing that can stand for one.';
      return { contact: undefined, faults: [...faults, { column: null, code: 'row.empty', message }] };
    }
    const plain = { company: text('company'), email: text('email'), url: text('url') };
    return { contact: { externalId: text('externalId'), name, ...plain, metadata, phones }, faults };
  }

  private addPhones(text: string, label: string | null, at: number): void {
    for (const number of text.split(NEXT_NUMBER)) {
      if (number === '') continue;
      const e164 = number.length > LONGEST_SHOWN ? null : lookupNumber(number, this.country);
      if (e164 === null) {
        const home =
          this.country === '' ? 'in E.164, like +972502345678' : `of ${this.country}, nor in E.164`;
        this.fault('phone.unreadable', at, `${shown(number)} is no valid number ${home}.`);
      } else if (!this.phones.has(e164) && this.phones.size < MOST_PHONES) this.phones.set(e164, label);
    }
  }

  private fits(of: PlainColumn | 'metadata', text: string, at: number): boolean {
    const most = LONGEST[of] ?? 0;
    if (text.length > most)
      this.fault('row.too_long', at, `The cell is longer than ${String(most)} characters.`);
    return text.length <= most;
  }

  private isReadable(of: PlainColumn, text: string, at: number): boolean {
    if (of === 'email' && !EMAIL.test(text)) {
      this.fault('email.unreadable', at, `${shown(text)} is no e-mail address.`);
      return false;
    }
    const protocol = of === 'url' ? readUrl(text)?.protocol : 'https:';
    if (protocol === 'https:' || protocol === 'http:') return true;
    this.fault('url.unreadable', at, `${shown(text)} is no http(s) address.`);
    return false;
  }

  private fault(code: RowFault['code'], column: number, message: string): void {
    this.faults.push({ column, code, message });
  }
}

function shown(text: string): string {
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
}
