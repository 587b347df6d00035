import type { ColumnChoices } from './import-kind';

/** In a choice: a field of the tenant's own, whose name is asked for beside it. */
export const OWN = '\u0000own';

/** What is chosen for a column that holds this word. */
export function choiceOf(word: string, { own }: ColumnChoices): string {
  return word.startsWith(own.prefix) ? OWN : word;
}

/** The name of the tenant's own field; empty where the column holds something else. */
export function ownNameOf(word: string, { own }: ColumnChoices): string {
  return word.startsWith(own.prefix) ? word.slice(own.prefix.length) : '';
}

/** The word for what was chosen. @param title  of the column, which names a field of the tenant's own at first */
export function wordOf(choice: string, title: string, { own }: ColumnChoices): string {
  return choice === OWN ? `${own.prefix}${title.trim().slice(0, 64)}` : choice;
}

/**
 * Places of columns that hold what an earlier one holds too, where only one may.
 *
 * @param many  beginnings of words that any number of columns may hold, such as `phone`
 */
export function repeatedColumns(words: readonly string[], many: readonly string[] = ['phone']): number[] {
  return words.flatMap((word, at) => {
    const mayRepeat = word === '' || many.some((start) => word.startsWith(start));
    return !mayRepeat && words.indexOf(word) < at ? [at] : [];
  });
}

/** What of a file was handled, from 0 to 100. */
export function partHandled({ bytes, handledBytes }: { bytes: number; handledBytes: number }): number {
  return bytes === 0 ? 0 : Math.min(100, Math.round((handledBytes / bytes) * 100));
}
