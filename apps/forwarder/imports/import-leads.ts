import { readLeadColumn, zonesIn, type LeadColumn } from '#domain';
import type { ImportSettings, LeadBatch, LeadImportStore } from '#db';
import type { ImportKind } from './import-kind.js';
import { readLeadRows } from './read-lead-rows.js';

export function importLeads(store: Pick<LeadImportStore, 'write' | 'undo'>): ImportKind<LeadBatch> {
  return {
    most: 4_000,
    learnsAt: [],
    read: ({ settings, handledLines }, rows, upTo) => ({
      ...readLeadRows(rows, {
        columns: settings.columns.map(columnOf),
        header: settings.header,
        country: settings.country ?? '',
        timeZone: zoneOf(settings),
        keepInvalid: settings.leads?.keepInvalid ?? false,
        linesBefore: handledLines,
      }),
      ...upTo,
      duplicates: settings.leads?.duplicates ?? 'open',
    }),
    write: (owner, batch) => store.write(owner, batch),
    undo: (owner, at, most) => store.undo(owner, at, most),
  };
}

function columnOf(text: string): LeadColumn {
  return readLeadColumn(text) ?? { is: 'nothing' };
}

/** Of times that do not say theirs: a country with one zone has its own. */
function zoneOf({ leads, country }: ImportSettings): string {
  const zones = zonesIn(country ?? '');
  return leads?.timeZone ?? (zones.length === 1 ? zones[0] : undefined) ?? 'UTC';
}
