import { faultOfLeadColumns, guessLeadColumns, readLeadColumn, writeLeadColumn } from '#domain';
import type { LeadImportSettings } from '#db';
import type { FileKind } from './file-kind.js';
import { importFacts } from './import-facts.js';
import type { LeadImportDto } from './lead-import.dto.js';

const DEFAULTS: LeadImportSettings = { duplicates: 'open', keepInvalid: false, timeZone: null };

export const LEAD_FILES: FileKind<LeadImportDto> = {
  guess: (header) => guessLeadColumns(header).map(writeLeadColumn),
  fault: (columns) => faultOfLeadColumns(columns.map((text) => readLeadColumn(text) ?? { is: 'nothing' })),
  settle: ({ duplicates, keepInvalid, timeZone }, { leads = DEFAULTS }) => ({
    leads: {
      duplicates: duplicates ?? leads.duplicates,
      keepInvalid: keepInvalid ?? leads.keepInvalid,
      timeZone: timeZone === undefined ? leads.timeZone : timeZone,
    },
  }),
  view: (record) => {
    const { rows, made, unchanged, repeated, failed, invalid } = record.counts;
    const counts = { rows, made, invalid, duplicates: unchanged, repeated, failed };
    const { duplicates: dropDuplicates, ...more } = record.settings.leads ?? DEFAULTS;
    return {
      campaignId: record.campaignId ?? '',
      ...importFacts(record),
      duplicatesOf: dropDuplicates,
      ...more,
      ...counts,
    };
  },
};
