/**
 * Which fields of a record that we wrote are to be written again: those that we would write otherwise by now, and that still
 * stand as we wrote them. What an agent changed since is theirs.
 *
 * @param current  the field as the CRM has it, as text; empty where it is
 * @param before  our fields as we wrote them last
 * @param next  our fields as we would write them now
 */
export function changedFields<T extends string | number | boolean | null>(
  current: (name: string) => string,
  before: Readonly<Record<string, T>>,
  next: Readonly<Record<string, T>>,
): Record<string, T> {
  const changed = Object.entries(next).filter(
    ([name, value]) => before[name] !== value && current(name) === asText(before[name]),
  );
  return Object.fromEntries(changed);
}

function asText(value: string | number | boolean | null | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}
