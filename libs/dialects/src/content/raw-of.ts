import { isBlank } from './scalars.js';

/** Fields as they are kept with a call. A name that came several times has the list of its different values. */
export function rawOf(fields: Iterable<readonly [name: string, value: unknown]>): Record<string, unknown> {
  const list = [...fields];
  if (new Set(list.map(([name]) => name)).size === list.length) return Object.fromEntries(list);
  const values = new Map<string, Set<unknown>>();
  for (const [name, value] of list) {
    const known = values.get(name);
    if (known === undefined) values.set(name, new Set([value]));
    else if (!isBlank(value)) known.add(value);
  }
  return Object.fromEntries(
    [...values].map(([name, all]) => {
      const filled = all.size > 1 ? [...all].filter((value) => !isBlank(value)) : [...all];
      return [name, filled.length > 1 ? filled : filled[0]];
    }),
  );
}
