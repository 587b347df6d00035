import { setImmediate } from 'node:timers/promises';
import { readLeadColumn, zonesIn, type LeadColumn } from '#domain';
import {
  packLeads,
  type ImportContext,
  type ImportSettings,
  type LeadBatch,
  type LeadImportStore,
} from '#db';
import type { ImportKind } from './import-kind.js';
import { LeadRows, type LeadRowsAsk } from './lead-rows.js';

/** Rows that are read before whatever else the process has to do has its turn: to send the rows before them, first of all. */
const AT_ONCE = 500;

export function importLeads(store: Pick<LeadImportStore, 'write' | 'undo'>): ImportKind<LeadBatch> {
  return {
    most: 4_000,
    learnsAt: [],
    read: async (context, rows, upTo) => {
      const reading = new LeadRows(askOf(context));
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        reading.add(rows.slice(from, from + AT_ONCE));
        await setImmediate();
      }
      const { leads, ...counts } = reading.done();
      const { duplicates = 'open' } = context.settings.leads ?? {};
      return { ...upTo, ...counts, duplicates, faults: reading.faults, leads: packLeads(leads) };
    },
    write: (owner, batch) => store.write(owner, batch),
    undo: (owner, at, most) => store.undo(owner, at, most),
  };
}

function askOf({ settings, handledLines }: ImportContext): LeadRowsAsk {
  return {
    columns: settings.columns.map(columnOf),
    header: settings.header,
    country: settings.country ?? '',
    timeZone: zoneOf(settings),
    keepInvalid: settings.leads?.keepInvalid ?? false,
    linesBefore: handledLines,
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
