/** Paging, filters and choice of fields, which all lists of the UnifiedAPI have in common. */
import type { AskedFields } from '../../content/asked-fields.js';
import type { VoipnowRoute } from './api-route.js';
import { invalid, type Refused } from './reading.js';

const DEFAULT_COUNT = 20;
const MOST = 5000;

export const FILTER_OPERATIONS = [
  'contains',
  'equals',
  'greaterThan',
  'inArray',
  'lessThan',
  'present',
  'startsWith',
] as const;
export type FilterOperation = (typeof FILTER_OPERATIONS)[number];

export type Filter = Readonly<{ by: string; operation: FilterOperation; value: string }>;

export type Page = Readonly<{
  startIndex: number;
  count: number;
  /** Which members of an entry are told; null for all. */
  fields: readonly string[] | null;
  filter: Filter | null;
  sort: 'ascending' | 'descending' | null;
}>;

interface ListTraits {
  fields: readonly string[];
  filters: readonly string[];
  /** By which member the entries are ordered. */
  sortedBy: string;
}

const CALL_FIELDS = [
  'id',
  'extension',
  'ownerId',
  'ownerName',
  'published',
  'answered',
  'nonce',
  'phoneCallView',
];

const LISTS: Readonly<Partial<Record<VoipnowRoute, ListTraits>>> = {
  create: { fields: CALL_FIELDS, filters: [], sortedBy: 'published' },
  calls: { fields: CALL_FIELDS, filters: ['id', 'published'], sortedBy: 'published' },
  cdr: { fields: CALL_FIELDS, filters: [], sortedBy: 'published' },
  presence: {
    fields: ['status', 'extension', 'registration'],
    filters: ['extension'],
    sortedBy: 'extension',
  },
  agents: {
    fields: ['agentNumber', 'status', 'queue'],
    filters: ['agentNumber', 'status', 'queue'],
    sortedBy: 'status',
  },
  events: {
    fields: ['id', 'method', 'modified', 'note', 'status', 'type', 'url'],
    filters: ['id', 'method', 'note', 'status', 'type', 'url'],
    sortedBy: 'url',
  },
};

export const FIRST_PAGE: Page = {
  startIndex: 0,
  count: DEFAULT_COUNT,
  fields: null,
  filter: null,
  sort: null,
};

export function sortedBy(route: VoipnowRoute): string {
  return LISTS[route]?.sortedBy ?? 'id';
}

export function readPage(asked: AskedFields, route: VoipnowRoute): Page | Refused {
  const traits = LISTS[route];
  if (traits === undefined) return FIRST_PAGE;
  const startIndex = asked.has('startindex') ? asked.whole('startindex') : 0;
  if (startIndex === null || startIndex < 0 || startIndex > MOST) {
    return invalid('startindex', `startIndex is a number from 0 to ${MOST}.`);
  }
  const count = asked.has('count') ? asked.whole('count') : DEFAULT_COUNT;
  if (count === null || count < 1 || count > MOST) {
    return invalid('count', `count is a number from 1 to ${MOST}.`);
  }
  const sort = readSort(asked.word('sortorder'));
  if (sort === undefined) return invalid('sortorder', 'sortOrder is ascending or descending.');
  const fields = readFields(asked, traits);
  if (fields === undefined) return invalid('fields', `fields are among ${traits.fields.join(', ')}.`);
  // The call log is filtered by what finds its calls.
  const filter = route === 'cdr' ? null : readFilter(asked, traits);
  return filter !== null && 'ok' in filter ? filter : { startIndex, count, fields, filter, sort };
}

function readSort(word: string | null): Page['sort'] | undefined {
  if (word === null) return null;
  if (word === 'ascending' || word === 'asc') return 'ascending';
  return word === 'descending' || word === 'desc' ? 'descending' : undefined;
}

function readFields(asked: AskedFields, { fields }: ListTraits): readonly string[] | null | undefined {
  const words = asked.list('fields').flatMap((text) => text.split(','));
  const named = words.map((word) => fieldNamed(word, fields));
  if (named.length === 0) return null;
  return named.includes(undefined) ? undefined : named.filter((name) => name !== undefined);
}

function readFilter(asked: AskedFields, { filters }: ListTraits): Filter | null | Refused {
  const word = asked.text('filterby');
  if (word === null) return null;
  const by = fieldNamed(word, filters);
  if (by === undefined)
    return invalid('filterby', `filterBy is among ${filters.join(', ') || 'nothing here'}.`);
  const said = asked.word('filterop') ?? 'equals';
  const operation = FILTER_OPERATIONS.find((name) => name.toLowerCase() === said);
  if (operation === undefined) {
    return invalid('filterop', `filterOp is among ${FILTER_OPERATIONS.join(', ')}.`);
  }
  const value = asked.list('filtervalue').join(',');
  if (value === '' && operation !== 'present') return invalid('filtervalue', 'filterValue is missing.');
  return { by, operation, value };
}

function fieldNamed(word: string, names: readonly string[]): string | undefined {
  return names.find((name) => name.toLowerCase() === word.trim().toLowerCase());
}
