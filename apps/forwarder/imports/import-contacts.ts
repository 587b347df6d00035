import type { ImportBatch, ImportStore } from '#db';
import type { ImportKind } from './import-kind.js';
import { readImportRows } from './read-import-rows.js';

export function importContacts(store: Pick<ImportStore, 'write' | 'undo'>): ImportKind<ImportBatch> {
  return {
    most: 500,
    learnsAt: [2_000, 10_000],
    read: ({ columns, settings, handledLines }, rows, upTo) => {
      const { header, country } = settings;
      return {
        ...readImportRows(rows, { columns, header, country, linesBefore: handledLines }),
        ...upTo,
        columns,
      };
    },
    write: (owner, batch) => store.write(owner, batch),
    undo: (owner, at, most) => store.undo(owner, at, most),
  };
}
