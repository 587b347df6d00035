/** A filter as rows that people can edit, and back. What rows cannot say ($or, $not and the like) is edited as JSON. */

export const OPERATORS = [
  '$eq',
  '$neq',
  '$gte',
  '$gt',
  '$lte',
  '$lt',
  '$in',
  '$nin',
  '$startsWith',
  '$endsWith',
  '$exist',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** A condition on a value of the event's data. */
export interface Condition {
  /** Path of the value, such as `queue.id`. */
  path: string;
  operator: Operator;
  /** As it is typed: a number, true and false are read as these, a list is written with commas. */
  value: string;
}

export interface FilterRows {
  directions: readonly string[];
  extensions: readonly string[];
  queues: readonly string[];
  conditions: readonly Condition[];
}

export const NO_ROWS: FilterRows = { directions: [], extensions: [], queues: [], conditions: [] };

export type Filter = Readonly<Record<string, unknown>>;

const LISTS = ['directions', 'extensions', 'queues'] as const;

/** Undefined where rows cannot say all of it. */
export function rowsOf(filter: Filter | null): FilterRows | undefined {
  if (filter === null) return NO_ROWS;
  const { payload = {}, ...lists } = filter;
  const rows: Record<(typeof LISTS)[number], readonly string[]> = {
    directions: [],
    extensions: [],
    queues: [],
  };
  for (const [name, value] of Object.entries(lists)) {
    const list = LISTS.find((one) => one === name);
    if (list === undefined || !isTexts(value)) return undefined;
    rows[list] = value;
  }
  const conditions = isObject(payload) ? conditionsIn(payload, '') : undefined;
  return conditions && { ...rows, conditions };
}

function conditionsIn(of: Filter, above: string): Condition[] | undefined {
  const found: Condition[] = [];
  for (const [name, value] of Object.entries(of)) {
    const path = above === '' ? name : `${above}.${name}`;
    // A name with a dot in it would be read back as two.
    if (name.startsWith('$') || name.includes('.') || name === '') return undefined;
    const some = isObject(value) ? conditionsOf(value, path) : plainOf(value, path);
    if (some === undefined) return undefined;
    found.push(...some);
  }
  return found;
}

function conditionsOf(value: Filter, path: string): Condition[] | undefined {
  const names = Object.keys(value);
  if (names.length === 0) return undefined;
  if (!names.every((name) => name.startsWith('$'))) return conditionsIn(value, path);
  const conditions = Object.entries(value).map(([name, of]): Condition | undefined => {
    const operator = OPERATORS.find((one) => one === name);
    const text = operator === undefined ? undefined : textOf(of, operator);
    return operator === undefined || text === undefined ? undefined : { path, operator, value: text };
  });
  return conditions.every((one) => one !== undefined) ? conditions : undefined;
}

function plainOf(value: unknown, path: string): Condition[] | undefined {
  const text = textOf(value, '$eq');
  return text === undefined ? undefined : [{ path, operator: '$eq', value: text }];
}

/** Null where nothing is asked for. */
export function filterOf({ conditions, ...lists }: FilterRows): Filter | null {
  const named = LISTS.filter((name) => lists[name].length > 0).map((name) => [name, lists[name]] as const);
  const payload: Record<string, unknown> = {};
  for (const condition of conditions) put(payload, condition);
  const filter = {
    ...Object.fromEntries(named),
    ...(Object.keys(payload).length === 0 ? {} : { payload }),
  };
  return Object.keys(filter).length === 0 ? null : filter;
}

function put(payload: Record<string, unknown>, { path, operator, value }: Condition): void {
  const names = path.split('.').map((name) => name.trim());
  if (names.includes('')) return;
  let at = payload;
  for (const name of names) {
    const below = at[name];
    const next = isObject(below) ? { ...below } : {};
    at[name] = next;
    at = next;
  }
  at[operator] = valueOf(value, operator);
}

const IN_LISTS: ReadonlySet<Operator> = new Set(['$in', '$nin']);
const OF_TEXTS: ReadonlySet<Operator> = new Set(['$startsWith', '$endsWith']);

/** How a value is typed; undefined for what would be read back as something else. */
function textOf(value: unknown, operator: Operator): string | undefined {
  const text = IN_LISTS.has(operator)
    ? Array.isArray(value)
      ? value
          .map((one) => (typeof one === 'string' && needsMarks(one) ? JSON.stringify(one) : String(one)))
          .join(', ')
      : undefined
    : plainText(value, operator);
  return text !== undefined && JSON.stringify(valueOf(text, operator)) === JSON.stringify(value)
    ? text
    : undefined;
}

function plainText(value: unknown, operator: Operator): string | undefined {
  if (typeof value === 'string')
    return !OF_TEXTS.has(operator) && needsMarks(value) ? JSON.stringify(value) : value;
  return value === null || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** Without quotation marks it would be read as a number or a word of JSON's. */
function needsMarks(text: string): boolean {
  return /^(".*"|-?\d.*|true|false|null|)$/s.test(text.trim()) || text.includes(',') || text !== text.trim();
}

function valueOf(text: string, operator: Operator): unknown {
  if (OF_TEXTS.has(operator)) return text;
  if (!IN_LISTS.has(operator)) return oneOf(text);
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(oneOf);
}

function oneOf(text: string): unknown {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? text : read;
  } catch {
    return text;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
