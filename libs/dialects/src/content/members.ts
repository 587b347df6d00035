/**
 * What a message says when it names something twice. Objects hold a name once; what came is remembered beside them, as one of
 * two recordings would be lost otherwise, and a caller whose name comes again and empty.
 */
import type { Fields } from './known-fields.js';

const repeated = new WeakMap<object, Fields>();

/** The members as an object, the last one of a name counting, as everywhere in ECMAScript. */
export function rememberRepeated<Value>(
  members: readonly (readonly [string, Value])[],
): Record<string, Value> {
  const object = Object.fromEntries(members);
  if (Object.keys(object).length < members.length) repeated.set(object, members);
  return object;
}

/** The members of an object in their order, and repeated ones repeated where they came so. */
export function membersOf(object: object): Fields {
  return repeated.get(object) ?? Object.entries(object);
}

export function hasRepeated(object: object): boolean {
  return repeated.has(object);
}
