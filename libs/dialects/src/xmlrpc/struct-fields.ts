import { OddText, type Fields } from '../content/known-fields.js';
import { membersOf } from '../content/members.js';
import { oddMembersOf } from './read-value.js';

/** The fields of a message that is a struct; of a plain object simply its members. */
export function structFields(struct: Readonly<Record<string, unknown>>): Fields {
  const odd = oddMembersOf(struct);
  const members = membersOf(struct);
  if (odd.size === 0) return members;
  return members.map(([name, value]) =>
    odd.has(name) && typeof value === 'string' ? [name, new OddText(value)] : [name, value],
  );
}
