/** Cells that have to stand in quotes. */
const SPECIAL = /[",\r\n]|^\s|\s$/;

/** One row of a file of comma-separated values (RFC 4180), with its line end. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
