import type { AskedFields } from '../../../content/asked-fields.js';
import type { FacadeSettings } from '../../../facade.js';
import type { CdrRow } from './cdr-rows.js';
import { columnsNamed, valueOf } from './columns.js';

export interface Sort {
  column: string;
  descending: boolean;
}

const MOST_SORTS = 5;
const ORDER = /^(.*?)[\s:]+(asc|desc)(?:ending)?$/i;

/** `[{"field":"date","order":"desc"}]`, or texts such as `date desc` and `-date`. What is no field's name is left out. */
export function sortsIn(fields: AskedFields): Sort[] {
  const told = fields
    .objects('sort')
    .map((one): [string, string] => [one.text('field', 'name') ?? '', one.word('order', 'direction') ?? '']);
  const written = fields.list('sort').map((text): [string, string] => {
    const [, name, order] = ORDER.exec(text) ?? [];
    if (name !== undefined && order !== undefined) return [name, order.toLowerCase()];
    return text.startsWith('-') ? [text.slice(1), 'desc'] : [text, ''];
  });
  return [...told, ...written]
    .filter(([name]) => columnsNamed([name]).length > 0)
    .slice(0, MOST_SORTS)
    .map(([column, order]) => ({ column, descending: order.startsWith('desc') }));
}

/** The same rows in the order that is asked for; as they are where none is. */
export function sorted(
  rows: readonly CdrRow[],
  sorts: readonly Sort[],
  settings: FacadeSettings | null,
): CdrRow[] {
  const keyed = rows.map((row) => ({
    row,
    keys: sorts.map(({ column }) => valueOf(row, column, settings)),
  }));
  keyed.sort((a, b) => {
    for (const [index, { descending }] of sorts.entries()) {
      const order = compare(a.keys[index], b.keys[index]);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [textOf(a), textOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
