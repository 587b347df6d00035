/** A lead of the demo's campaign, as it stands. */
export interface ShownLead {
  name: string;
  number: string;
  state: string;
  lastResult: string | null;
  /** Why it is not dialled now; null where nothing more is to be said. */
  why: string | null;
}

/** @returns the lines: one of each lead, and what the campaign says of itself */
export function demoCampaignTable(leads: readonly ShownLead[], standing: string): string[] {
  const head = row(['lead', 'number', 'state', 'result', 'why it is not dialled']);
  const rows = leads.map(({ name, number, state, lastResult, why }) =>
    row([name, number, state, lastResult ?? '-', why ?? '']),
  );
  return ['', head, ...rows, `campaign: ${standing}`, ''];
}

const WIDTHS = [16, 14, 9, 13, 0] as const;

function row(cells: readonly string[]): string {
  return cells
    .map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0))
    .join(' ')
    .trimEnd();
}
