import type { Instant } from '../ids.js';
import { LONGEST_ORDER_VARIABLE } from '../order/order.js';
import { numberKey } from '../phone/number-variants.js';
import { leadNumber } from '../phone/quick-number.js';
import { tidyLines } from '../tidy-text.js';
import { isTimeZone } from '../time/wall-clock.js';
import type { LeadColumn, PlainLeadColumn } from './lead-column.js';
import { readFileTime } from './read-file-time.js';

/** Somebody to call, as a row of a file tells of them. */
export interface LeadRow {
  /** E.164; as it came where it is no number. */
  phone: string;
  /** The one form that stands for all forms of the number. */
  key: string;
  name: string | null;
  priority: number;
  callerId: string | null;
  callerName: string | null;
  customData: Record<string, string>;
  region: string | null;
  postal: string | null;
  zone: string | null;
  consentAt: Instant | null;
  notBefore: Instant | null;
  maxTries: number | null;
  /** Why it cannot be dialled; null where it can be. */
  problem: string | null;
}

/** Something that is wrong with a row of leads. */
export interface LeadFault {
  /** From 0; null where it is not about one column. */
  column: number | null;
  code:
    | 'row.too_long'
    | 'phone.missing'
    | 'phone.unreadable'
    | 'priority.unreadable'
    | 'maxTries.unreadable'
    | 'notBefore.unreadable'
    | 'consentAt.unreadable'
    | 'zone.unreadable';
  message: string;
}

export interface LeadReading {
  /** Undefined when nobody is added to the list. */
  lead: LeadRow | undefined;
  faults: LeadFault[];
}

export interface LeadReadingAsk {
  columns: readonly LeadColumn[];
  /** ISO 3166-1 alpha-2 of numbers without a country code; empty when all have one. */
  country: string;
  /** IANA zone of times that do not say theirs. */
  timeZone: string;
  /** Whether somebody whose number cannot be dialled is kept, with the reason. */
  keepInvalid: boolean;
}

const LONGEST: Readonly<Partial<Record<PlainLeadColumn | 'custom', number>>> = {
  name: 200,
  callerId: 40,
  callerName: 100,
  region: 100,
  postal: 20,
  zone: 60,
  custom: LONGEST_ORDER_VARIABLE,
};
/** Of a number as it came, and of any text that is shown. */
const LONGEST_SHOWN = 80;
const LONGEST_PLAIN = 2_000;
const WHOLE = /^[+-]?\d{1,9}$/;
const MOST_TRIES = 100;
/** What has to be looked at by `tidyLines`: control characters, and all that is beyond Latin and may be half of a character. */
// eslint-disable-next-line no-control-regex -- these are the ones
const UNTIDY = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/;

/**
 * Reads one row as its columns say. A cell that cannot be read is left out, and does not cost the row; but a time before which
 * somebody must not be called does: a call at a wrong time cannot be taken back.
 */
export function readLeadRow(cells: readonly string[], ask: LeadReadingAsk): LeadReading {
  const { columns } = ask;
  const reading = new Reading(ask);
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at];
    const cell = cells[at];
    if (column === undefined || column.is === 'nothing' || cell === undefined || cell === '') continue;
    const text = UNTIDY.test(cell) ? tidyLines(cell) : cell.trim();
    if (text !== '') reading.add(column, text, at);
  }
  return reading.done();
}

class Reading {
  private readonly faults: LeadFault[] = [];
  private isRefused = false;
  // Written out: spreading parts of it would cost more than reading the row.
  private readonly lead: LeadRow = {
    phone: '',
    key: '',
    name: null,
    priority: 0,
    callerId: null,
    callerName: null,
    customData: {},
    region: null,
    postal: null,
    zone: null,
    consentAt: null,
    notBefore: null,
    maxTries: null,
    problem: null,
  };

  constructor(private readonly ask: LeadReadingAsk) {}

  add(column: Exclude<LeadColumn, { is: 'nothing' }>, text: string, at: number): void {
    const { is } = column;
    if (is === 'phone') this.addPhone(text, at);
    else if (text.length > (LONGEST[is] ?? LONGEST_PLAIN)) this.tooLong(is, at);
    else if (is === 'custom') this.lead.customData[column.name] = text;
    else if (is === 'priority') this.lead.priority = this.whole(is, text, at) ?? 0;
    else if (is === 'maxTries') this.lead.maxTries = this.tries(text, at);
    else if (is === 'zone') this.addZone(text, at);
    else if (is === 'notBefore' || is === 'consentAt') this.addTime(is, text, at);
    else this.lead[is] = text;
  }

  done(): LeadReading {
    const { lead, faults } = this;
    if (lead.phone === '') this.fault('phone.missing', null, 'The row has no phone number.');
    const isKept = lead.phone !== '' && !this.isRefused && (lead.problem === null || this.ask.keepInvalid);
    return { lead: isKept ? lead : undefined, faults };
  }

  private addPhone(text: string, at: number): void {
    const { country } = this.ask;
    const isLong = text.length > LONGEST_SHOWN;
    const e164 = isLong ? null : leadNumber(text, country);
    if (e164 !== null) {
      this.lead.phone = e164;
      this.lead.key = numberKey(e164);
      return;
    }
    const home = country === '' ? 'in E.164, like +972502345678' : `of ${country}, nor in E.164`;
    this.lead.problem = `${shown(text)} is no valid number ${home}.`;
    this.lead.phone = this.lead.key = isLong ? `${cut(text)}…` : text;
    this.fault('phone.unreadable', at, this.lead.problem);
  }

  private addZone(text: string, at: number): void {
    if (isZone(text)) this.lead.zone = text;
    else this.fault('zone.unreadable', at, `${shown(text)} is no time zone like Europe/Berlin.`);
  }

  private addTime(is: 'notBefore' | 'consentAt', text: string, at: number): void {
    const { country, timeZone } = this.ask;
    const time = text.length > LONGEST_SHOWN ? undefined : timeIn(text, country, timeZone);
    if (time !== undefined) {
      this.lead[is] = time;
      return;
    }
    this.isRefused ||= is === 'notBefore';
    this.fault(`${is}.unreadable`, at, `${shown(text)} is no time like 2026-11-30 14:05.`);
  }

  private tries(text: string, at: number): number | null {
    const tries = this.whole('maxTries', text, at);
    if (tries === null || (tries >= 1 && tries <= MOST_TRIES)) return tries;
    this.fault('maxTries.unreadable', at, `${shown(text)} is no number from 1 to ${String(MOST_TRIES)}.`);
    return null;
  }

  private whole(is: 'priority' | 'maxTries', text: string, at: number): number | null {
    if (WHOLE.test(text)) return Number(text);
    this.fault(`${is}.unreadable`, at, `${shown(text)} is no whole number.`);
    return null;
  }

  private tooLong(is: PlainLeadColumn | 'custom', at: number): void {
    this.isRefused ||= is === 'notBefore';
    const most = String(LONGEST[is] ?? LONGEST_PLAIN);
    this.fault('row.too_long', at, `The cell is longer than ${most} characters.`);
  }

  private fault(code: LeadFault['code'], column: number | null, message: string): void {
    this.faults.push({ column, code, message });
  }
}

/** Names that were asked about, few in any file. */
const zones = new Map<string, boolean>();
const MOST_ZONES = 1_000;

function isZone(text: string): boolean {
  const known = zones.get(text);
  if (known !== undefined) return known;
  if (zones.size >= MOST_ZONES) zones.clear();
  const is = isTimeZone(text);
  zones.set(text, is);
  return is;
}

/** Times that were read, by what they depend on: a file tells the same days again and again. */
const times = new Map<string, Instant | undefined>();
const MOST_TIMES = 2_000;

function timeIn(text: string, country: string, zone: string): Instant | undefined {
  const key = `${country} ${zone} ${text}`;
  const known = times.get(key);
  if (known !== undefined) return known;
  if (times.size >= MOST_TIMES) times.clear();
  const time = readFileTime(text, { country, zone });
  times.set(key, time);
  return time;
}

function shown(text: string): string {
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${cut(text)}…` : text);
}

/** Not within a character. */
function cut(text: string): string {
  return text.slice(0, LONGEST_SHOWN).replace(/[\ud800-\udbff]$/, '');
}
