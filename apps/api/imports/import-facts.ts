import type { ImportRecord } from '#db';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import type { ImportFactsDto } from './import.dto.js';

/** What is shown of an import of either kind. */
export function importFacts(record: ImportRecord): ImportFactsDto {
  const { id, state, fileName, charset, bytes, settings, dryRun, handledBytes, reason } = record;
  const { delimiter, hasHeader, header, columns, country } = settings;
  return {
    id,
    state,
    fileName,
    charset,
    ...{ delimiter, hasHeader, header, columns, country },
    dryRun,
    bytes,
    handledBytes,
    undone: record.undone,
    undoRefused: record.undoRefused,
    reason,
    createdBy: record.createdBy,
    createdAt: timeText(record.createdAt),
    updatedAt: timeText(record.updatedAt),
    finishedAt: timeTextOrNull(record.finishedAt),
  };
}
