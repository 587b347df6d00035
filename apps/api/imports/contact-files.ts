import { faultOfColumns, guessColumns, readColumn, writeColumn } from '#domain';
import type { FileKind } from './file-kind.js';
import type { ImportDto } from './import.dto.js';
import { importFacts } from './import-facts.js';

export const CONTACT_FILES: FileKind<ImportDto> = {
  guess: (header) => guessColumns(header).map(writeColumn),
  fault: (columns) => faultOfColumns(columns.map((text) => readColumn(text) ?? { is: 'nothing' })),
  settle: () => ({}),
  view: (record) => {
    const { rows, made, changed, unchanged, repeated, failed } = record.counts;
    return { ...importFacts(record), rows, made, changed, unchanged, repeated, failed };
  },
};
