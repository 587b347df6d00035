/** What a workload of the dialling bench returns, and how people see it. */
export interface DialBenchReport {
  /** For --json: the workload's own figures. */
  figures: Readonly<Record<string, unknown>>;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  /** One bar each: 0 to 100. */
  bars: readonly { label: string; percent: number }[];
  /** What must hold, in words, and whether it does. */
  musts: readonly { what: string; met: boolean }[];
}

const BAR = 40;

export function textOf({ columns, rows, bars, musts }: DialBenchReport): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  const table = lines.map((line) => line.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  '));
  const longest = Math.max(0, ...bars.map(({ label }) => label.length));
  const chart = bars.map(
    ({ label, percent }) => `${label.padStart(longest)} ${barOf(percent)} ${percent.toFixed(1)}`,
  );
  const verdicts = musts.map(({ what, met }) => `${met ? 'met   ' : 'MISSED'} ${what}`);
  return [table, chart, verdicts]
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n');
}

/** Eighths of a character, so that half a point is seen. */
function barOf(percent: number): string {
  const eighths = Math.round((Math.min(100, Math.max(0, percent)) / 100) * BAR * 8);
  const part = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '';
  return `${'█'.repeat(Math.floor(eighths / 8))}${part}`.padEnd(BAR, '·');
}
