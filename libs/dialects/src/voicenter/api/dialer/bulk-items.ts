/** The items of a bulk (seed 6.11), in every shape that clients send them in. */
import type { AnyRequest } from '../../../content/any-request.js';

const INDEX = /^\d{1,6}$/;

/**
 * A list; an object whose members are numbered, which is what becomes of a list that got a `Code` (`{"Code":..,"0":{..}}`); an
 * object with one list in it; or one item by itself. Not looked into yet.
 */
export function bulkItems({ value }: Pick<AnyRequest, 'value'>): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value);
  const numbered = members.filter(([name]) => INDEX.test(name));
  if (numbered.length > 0) return numbered.map(([, item]) => item as unknown);
  const lists = members.map(([, member]) => member as unknown).filter((member) => Array.isArray(member));
  if (lists.length === 1) return lists[0] as unknown[];
  return members.length === 0 ? [] : [value];
}

export function isItem(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
