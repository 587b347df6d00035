import type { ExtensionRecord } from '#db';

/** A phone by all of its names: clients use one of them, the PBX may print another. */
export interface PhoneWords {
  /** As the PBX is told. */
  number: string;
  /** In no particular order. */
  words: readonly string[];
}

/** What the directory does not know is by the one name that was said. */
export function phoneWords(
  records: readonly Pick<ExtensionRecord, 'number' | 'aliases'>[],
  said: string,
): PhoneWords {
  const text = said.toLowerCase();
  const is = (word: string) => word.toLowerCase() === text;
  const record = records.find(({ number }) => is(number)) ?? records.find(({ aliases }) => aliases.some(is));
  return record
    ? { number: record.number, words: [record.number, ...record.aliases] }
    : { number: said, words: [said] };
}
