import { isBlank } from './scalars.js';

/** Fields as they are kept with a call. A name that came several times has the list of its different values. */
export function rawOf(fields: Iterable<readonly [name: string, value: unknown]>): Record<string, unknown> {
  const values = new Map<string, unknown[]>();
  for (const [name, value] of fields) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else if (!isBlank(value) && !known.includes(value)) known.push(value);
  }
  return Object.fromEntries(
    [...values].map(([name, all]) => {
      const filled = all.length > 1 ? all.filter((value) => !isBlank(value)) : all;
      return [name, filled.length > 1 ? filled : filled[0]];
    }),
  );
}
