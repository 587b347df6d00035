import { finiteNumber, isBlank, rawText } from '../content/scalars.js';
import type { ReadyCondition } from './ready-mapping.js';
import { spotsAt, type Where } from './spots-at.js';

/** Whether all conditions hold. */
export function holds(conditions: readonly ReadyCondition[], where: Where): boolean {
  return conditions.every((condition) => holdsOne(condition, where));
}

/** Of several values at the path any may be the one. */
function holdsOne({ at, is, not, there, above, startsWith }: ReadyCondition, where: Where): boolean {
  const values = spotsAt(at, where).map(({ value }) => value);
  const filled = values.filter((value) => !isBlank(value));
  if (there !== null && there !== filled.length > 0) return false;
  const words = filled.map((value) => where.beside.wordOf(rawText(value)));
  if (words.length === 0) words.push('');
  if (is !== null && !words.some((word) => is.has(word))) return false;
  if (not !== null && words.some((word) => not.has(word))) return false;
  if (above !== null && !filled.some((value) => (finiteNumber(value) ?? Number.NEGATIVE_INFINITY) > above))
    return false;
  return startsWith === null || words.some((word) => word.startsWith(startsWith.toLowerCase()));
}
