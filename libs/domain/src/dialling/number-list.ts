/** Numbers and beginnings of numbers, made ready to be looked up in: thousands of entries cost no more than one. */
export interface NumberList {
  numbers: ReadonlySet<string>;
  beginnings: ReadonlySet<string>;
  /** Lengths that beginnings have, with their plus. */
  lengths: readonly number[];
}

/** @param entries  E.164, or a beginning with a star, such as `+97250*` */
export function numberList(entries: readonly string[]): NumberList {
  const beginnings = entries.filter((entry) => entry.endsWith('*')).map((entry) => entry.slice(0, -1));
  return {
    numbers: new Set(entries.filter((entry) => !entry.endsWith('*'))),
    beginnings: new Set(beginnings),
    lengths: [...new Set(beginnings.map(({ length }) => length))],
  };
}

/** Whether a number stands on the list, itself or by its beginning. */
export function listHas({ numbers, beginnings, lengths }: NumberList, phone: string): boolean {
  return numbers.has(phone) || lengths.some((length) => beginnings.has(phone.slice(0, length)));
}
