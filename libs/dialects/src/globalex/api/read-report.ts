/** Which calls a report is asked for (seed 004, "CDR details"). */
import { NUMBER_TYPES, type Bound, type CallLogSearch } from '#domain';
import type { AskedFields } from '../../content/asked-fields.js';
import { askedTime } from '../../content/asked-time.js';
import { squeezed } from '../../content/squeezed.js';
import { resultsOf } from './dispositions.js';
import { asking, invalid, type AskReading } from './read-dialup.js';

type Draft = { -readonly [Key in keyof CallLogSearch]: CallLogSearch[Key] };
/** Puts its part into the search, or says in a sentence what is wrong with the text. */
type Filter = (text: string, search: Draft, epochs: 'utc' | 'local') => string | undefined;

/** `>10`, `<=60` is not one: the vendor has three signs; `>10<60` are two. */
const BOUNDS =
  /^(?:\s*[<>=]?\s*\d{1,12}(?:\.\d{1,6})?\s*[,;]?)(?:\s*[<>=]\s*\d{1,12}(?:\.\d{1,6})?\s*[,;]?)*$/;
const BOUND = /([<>=]?)\s*(\d+(?:\.\d+)?)/g;
const NUMBER = /^\+?\d{1,20}$/;

/** The vendor's words for kinds of numbers, over ours. */
const NUMBER_TYPES_OF: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(NUMBER_TYPES.map((type) => [squeezed(type), [type]])),
  landline: ['fixed_line', 'fixed_line_or_mobile'],
  fixed: ['fixed_line', 'fixed_line_or_mobile'],
  mobile: ['mobile', 'fixed_line_or_mobile'],
  cellular: ['mobile', 'fixed_line_or_mobile'],
  international: ['international'],
  tollfree: ['toll_free'],
  premium: ['premium_rate'],
};

const FILTERS: Readonly<Record<string, Filter>> = {
  call_status: (text, search) => {
    const results = listed(text).flatMap(resultsOf);
    search.results = results;
    return results.length === 0 ? 'call_status is ANSWERED, NO ANSWER, BUSY or FAILED.' : undefined;
  },
  did_number: (text, search) => {
    search.dids = [text];
    return undefined;
  },
  call_duration: (text, search) => {
    const bounds = boundsIn(text);
    search.duration = bounds;
    return bounds.length === 0 ? 'call_duration is a number of seconds behind >, < or =.' : undefined;
  },
  call_price: (text, search) => {
    const bounds = boundsIn(text);
    search.price = bounds;
    return bounds.length === 0 ? 'call_price is a number behind >, < or =.' : undefined;
  },
  call_source: (text, search) => {
    search.callers = [text];
    return NUMBER.test(text) ? undefined : 'call_source has digits only.';
  },
  call_destination: (text, search) => {
    search.called = [text];
    return NUMBER.test(text) ? undefined : 'call_destination has digits only.';
  },
  call_uniqueid: (text, search) => {
    search.callIds = [text];
    return undefined;
  },
  call_country: (text, search) => {
    search.toCountry = text;
    return undefined;
  },
  org: (text, search) => {
    search.owner = text;
    return undefined;
  },
  start_date: (text, search, epochs) => {
    const time = askedTime(text, { epochs });
    if (time === null) return 'start_date is written as 2026-11-01 or 2026-11-01 12:00:00.';
    search.from = time;
    return undefined;
  },
  end_date: (text, search, epochs) => {
    const time = askedTime(text, { epochs, endOfDay: true });
    if (time === null) return 'end_date is written as 2026-11-01 or 2026-11-01 12:00:00.';
    search.to = time;
    return undefined;
  },
  call_type: (text, search) => {
    const types = listed(text).map((word) => NUMBER_TYPES_OF[squeezed(word)]);
    if (types.includes(undefined))
      return 'call_type is landline, mobile, international, toll free or premium.';
    search.numberTypes = [...new Set(types.flatMap((type) => type ?? []))];
    return undefined;
  },
};

/** @param epochs  what epoch seconds mean, where times are written so */
export function readReport(fields: AskedFields, epochs: 'utc' | 'local'): AskReading {
  const search: Draft = {};
  for (const [name, filter] of Object.entries(FILTERS)) {
    const text = fields.text(name);
    if (text === null) {
      if (fields.has(name)) return invalid(name, `${name} has one value.`);
      continue;
    }
    const problem = filter(text, search, epochs);
    if (problem !== undefined) return invalid(name, problem);
  }
  return asking({ kind: 'call_log', search });
}

function listed(text: string): string[] {
  return text.split(',').filter((word) => word.trim() !== '');
}

/** All of them must hold; none where one cannot be read. */
function boundsIn(text: string): Bound[] {
  if (!BOUNDS.test(text)) return [];
  return [...text.matchAll(BOUND)].map(([, sign, value]) => ({
    sign: sign === '>' || sign === '<' ? sign : '=',
    value: Number(value),
  }));
}
