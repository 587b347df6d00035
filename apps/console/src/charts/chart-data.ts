/** Of a series: its colour, and the pattern that says the same to those who see no colour. */
export type ChartTone = 'good' | 'bad' | 'waiting' | 'info' | 'violet' | 'teal' | 'pink' | 'sand' | 'quiet';

/** What the numbers of a chart are. Shares are 0 to 1. */
export type ChartUnit = 'count' | 'share' | 'ms' | 'seconds';

export interface ChartSeries {
  label: string;
  tone: ChartTone;
  /** One for each time; null where there is none. */
  values: readonly (number | null)[];
}

/** What is drawn over time: as many values in each series as there are times. */
export interface ChartData {
  /** Milliseconds since 1970, rising. */
  times: readonly number[];
  series: readonly ChartSeries[];
  unit: ChartUnit;
}

/** Of all series at one time together. */
export function totalAt({ series }: ChartData, index: number): number {
  return series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
}

export interface Extremes {
  /** Of all series and times. */
  total: number;
  most: { value: number; at: number };
  least: { value: number; at: number };
  last: { value: number; at: number };
}

/** Of a chart that is stacked, or else of its first series; undefined where there is no number at all. */
export function extremesOf(data: ChartData, isStacked: boolean): Extremes | undefined {
  const known = data.times.flatMap((at, index) => {
    const value = isStacked ? totalAt(data, index) : (data.series[0]?.values[index] ?? null);
    return value === null ? [] : [{ value, at }];
  });
  const last = known.at(-1);
  if (last === undefined) return undefined;
  const by = (isBetter: (a: number, b: number) => boolean): typeof last =>
    known.reduce((best, one) => (isBetter(one.value, best.value) ? one : best), last);
  return {
    total: known.reduce((sum, { value }) => sum + value, 0),
    most: by((a, b) => a > b),
    least: by((a, b) => a < b),
    last,
  };
}

/** From where to where the numbers of a chart are drawn. Shares that are all high are looked at closely. */
export function valueRange(data: ChartData, isStacked: boolean): [number, number] {
  const all = isStacked
    ? data.times.map((_, index) => totalAt(data, index))
    : data.series.flatMap(({ values }) => values.filter((value) => value !== null));
  if (data.unit === 'share') return all.length > 0 && Math.min(...all) >= 0.9 ? [0.9, 1] : [0, 1];
  const most = Math.max(0, ...all);
  return [0, most === 0 ? 1 : most * 1.05];
}

/** As spreadsheets read it. @param first  what the column of times is called */
export function csvOf({ times, series }: Pick<ChartData, 'times' | 'series'>, first: string): string {
  const rows = times.map((at, index) => [
    new Date(at).toISOString(),
    ...series.map(({ values }) => String(values[index] ?? '')),
  ]);
  const head = [first, ...series.map(({ label }) => label)];
  return [head, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would take for a formula is one no more. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
