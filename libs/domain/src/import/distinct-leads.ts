import type { LeadRow } from './read-lead-row.js';

/** Leads of one batch with different numbers, and how many had one that came before. The first row of a number counts. */
export function distinctLeads(leads: readonly LeadRow[]): { leads: LeadRow[]; repeated: number } {
  const seen = new Set<string>();
  const kept: LeadRow[] = [];
  for (const lead of leads) {
    if (seen.has(lead.key)) continue;
    seen.add(lead.key);
    kept.push(lead);
  }
  return { leads: kept, repeated: leads.length - kept.length };
}
