/**
 * The filter language of simple-json-match, which Hookdeck's filters speak: conditions have the shape of the data that they
 * are asked of. Read from the language's public test vectors, not from its code: the package runs `$ref` by evaluating
 * expressions, and `$ref` is not in our language on purpose.
 *
 * - A value is met by an equal one; `1` and `"1"` are equal, as in JavaScript's loose comparison.
 * - An object is met when each of its members is.
 * - A list in the data meets a condition when one of its items does, and a list of conditions when each of them is met.
 * - `$or`, `$and`, `$not` join; the operators of OPERATORS compare.
 */
import type { MatchesPayload } from '#domain';
import { OPERATORS, isPrimitive, looselyEqual } from './match-operators.js';

type Members = Record<string, unknown>;

/** Total: conditions that do not fit the data are not met. Conditions have been through `readEndpointFilter`. */
export const matchesPayload: MatchesPayload = (data, conditions) => meets(data, conditions);

/** A whole condition: `$not` stands beside the others, and at an object every other name is one of its members. */
function meets(data: unknown, condition: unknown): boolean {
  if (condition === null) return false;
  const not = isObject(condition) ? own(condition, '$not') : undefined;
  if (isTruthy(not)) {
    const isMet = meets(data, not);
    if (isMet || Object.keys(condition as Members).length === 1) return !isMet;
  }
  if (data === undefined) return false;
  if (!isMembers(data) || !isObject(condition)) return fits(data, condition);
  return Object.entries(condition).every(([name, part]) => name === '$not' || meetsPart(data, name, part));
}

function meetsPart(data: Members, name: string, part: unknown): boolean {
  if (name === '$or' && Array.isArray(part)) return part.some((one) => meets(data, one));
  if (name === '$and' && Array.isArray(part)) return part.every((one) => meets(data, one));
  const member = own(data, name);
  const isWanted = !(isObject(part) && own(part, '$exist') === false);
  return member === undefined && isWanted ? false : fits(member, part);
}

/** A value inside the data against what is asked of it. */
function fits(value: unknown, condition: unknown): boolean {
  if (isPrimitive(condition)) {
    if (Array.isArray(value)) return value.some((item) => fits(item, condition));
    return isPrimitive(value) && looselyEqual(value, condition);
  }
  if (!isObject(condition)) return false;
  if (Array.isArray(value) && Array.isArray(condition)) {
    return condition.every((one) => value.some((item) => fits(item, one)));
  }
  const or = own(condition, '$or');
  if (!Array.isArray(value) && Array.isArray(or)) return or.some((one) => meets(value, one));
  const comparisons = Object.entries(condition).filter(([name]) => Object.hasOwn(OPERATORS, name));
  if (comparisons.length > 0)
    return comparisons.every(([name, than]) => OPERATORS[name]?.(value, than) === true);
  if (Array.isArray(value)) return value.some((item) => fits(item, condition));
  return !isPrimitive(value) && meets(value, condition);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}

function isMembers(value: unknown): value is Members {
  return isObject(value) && !Array.isArray(value);
}

function isTruthy(value: unknown): boolean {
  return Boolean(value);
}

/** Never what every object inherits: data has no member called `toString` unless somebody gave it one. */
function own(members: Members, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
