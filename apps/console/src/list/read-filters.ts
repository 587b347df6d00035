type Search = Readonly<Record<string, unknown>>;

/** A text of the address; undefined where there is none. Numbers are texts too: `?number=101` is read as one. */
export function textIn(search: Search, name: string): string | undefined {
  const value = search[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** One of some words; undefined for any other. */
export function choiceIn<T extends string>(
  search: Search,
  name: string,
  choices: readonly T[],
): T | undefined {
  return choices.find((choice) => choice === search[name]);
}

export function flagIn(search: Search, name: string): true | undefined {
  return search[name] === true ? true : undefined;
}

/** Only what is set, so that the address says no more than that. */
export function onlySet<T extends Readonly<Record<string, unknown>>>(
  filters: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const set = Object.entries(filters).filter(
    ([, value]) => value !== undefined && value !== '' && value !== false,
  );
  return Object.fromEntries(set) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
