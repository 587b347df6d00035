/** A list as the vendor answers it: a page, and how many there are. */
import type { VoipnowRoute } from './api-route.js';
import { sortedBy, type Filter, type FilterOperation, type Page } from './page.js';
import type { Entry } from './phone-call.js';

export interface ListBody {
  startIndex: number;
  itemsPerPage: number;
  totalResults: number;
  entry: Entry[];
}

/** Of all the entries there are the ones that were asked for. */
export function pageOf(entries: readonly Entry[], route: VoipnowRoute, page: Page): ListBody {
  const { startIndex, count, filter } = page;
  const found = filter === null ? entries : entries.filter((entry) => matches(entry, filter));
  const sorted = page.sort === null ? found : inOrder(found, sortedBy(route), page.sort);
  return listBody(sorted.slice(startIndex, startIndex + count), sorted.length, page);
}

/** Of entries that are a page already. */
export function listBody(entries: readonly Entry[], totalResults: number, page: Page): ListBody {
  return {
    startIndex: page.startIndex,
    itemsPerPage: page.count,
    totalResults,
    entry: entries.map((entry) => withFields(entry, page.fields)),
  };
}

export function withFields(entry: Entry, fields: Page['fields']): Entry {
  return fields === null
    ? entry
    : Object.fromEntries(Object.entries(entry).filter(([name]) => fields.includes(name)));
}

type Test = (text: string, value: string) => boolean;

const TESTS: Readonly<Record<FilterOperation, Test>> = {
  contains: (text, value) => text.includes(value),
  equals: (text, value) => compared(text, value) === 0,
  greaterThan: (text, value) => compared(text, value) > 0,
  inArray: (text, value) => value.split(',').some((one) => one.trim() === text),
  lessThan: (text, value) => compared(text, value) < 0,
  present: (text) => text !== '',
  startsWith: (text, value) => text.startsWith(value),
};

function matches(entry: Entry, { by, operation, value }: Filter): boolean {
  return TESTS[operation](textIn(entry, by), value);
}

function inOrder(entries: readonly Entry[], by: string, sort: 'ascending' | 'descending'): Entry[] {
  const sign = sort === 'ascending' ? 1 : -1;
  return [...entries].sort((a, b) => sign * compared(textIn(a, by), textIn(b, by)));
}

const TIME = /^\d{4}-\d\d-\d\d(?:T|$)/;

/** Times as times, whatever their offset; all else as text. */
function compared(a: string, b: string): number {
  if (TIME.test(a) && TIME.test(b)) {
    const [one, two] = [Date.parse(a), Date.parse(b)];
    if (!Number.isNaN(one) && !Number.isNaN(two)) return one - two;
  }
  return a === b ? 0 : a < b ? -1 : 1;
}

function textIn(entry: Entry, name: string): string {
  const value = Object.hasOwn(entry, name) ? entry[name] : undefined;
  return typeof value === 'string' ? value : '';
}
