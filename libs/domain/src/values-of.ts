/**
 * What several things tell of one question, without the answers that are none. (`flatMap` takes thirty times as long, as it makes
 * a list of each answer; docs/adr/0047.)
 */
export function valuesOf<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Value | null | undefined,
): Value[] {
  const values: Value[] = [];
  for (const item of items) {
    const value = read(item);
    if (value !== null && value !== undefined) values.push(value);
  }
  return values;
}
