import type { AuditEntryDto } from '../api/operations';

interface ChangeLine {
  sign: '+' | '-';
  text: string;
}

/** What was before and what is after, as a diff shows it. What there was not before has only one line. */
export function changeLines(changes: AuditEntryDto['changes']): ChangeLine[] {
  return Object.entries(changes).flatMap(([name, { from, to }]) => [
    ...(from === undefined || from === null
      ? []
      : [{ sign: '-' as const, text: `${name}: ${valueText(name, from)}` }]),
    ...(to === undefined || (to === null && from == null)
      ? []
      : [{ sign: '+' as const, text: `${name}: ${valueText(name, to)}` }]),
  ]);
}

/** Times are kept as numbers, which nobody reads. */
function valueText(name: string, value: unknown): string {
  return name.endsWith('At') && typeof value === 'number'
    ? new Date(value).toISOString()
    : JSON.stringify(value);
}
