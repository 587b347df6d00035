import { durationText } from '../texts/durations';
import type { ChartUnit } from './chart-data';

const DAY_MS = 86_400_000;

/** A number of a chart, with its unit; a dash for none. */
export function valueText(value: number | null | undefined, unit: ChartUnit, language: string): string {
  if (value === null || value === undefined) return '–';
  switch (unit) {
    case 'count':
      return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);
    case 'share':
      return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value);
    case 'ms':
      return durationText(value, language);
    case 'seconds':
      return durationText(value * 1_000, language);
  }
}

/** A number beside an axis: short. */
export function axisText(value: number, unit: ChartUnit, language: string): string {
  return unit === 'count'
    ? new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(value)
    : valueText(value, unit, language);
}

/** When something was, as exactly as a chart knows it. @param stepMs  between two of its times */
export function timeText(at: number, stepMs: number, language: string): string {
  const options: Intl.DateTimeFormatOptions =
    stepMs >= DAY_MS
      ? { weekday: 'short', day: 'numeric', month: 'short' }
      : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(language, options).format(at);
}

/** Times below a chart: days by their date, hours by the clock and the first of a day by its date. */
export function tickTexts(ticks: readonly number[], language: string): string[] {
  const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  // An hour may be missing of a day on which clocks are changed.
  if (step >= DAY_MS - 2 * 3_600_000) return ticks.map((at) => day.format(at));
  return ticks.map((at) =>
    (new Date(at).getHours() === 0 && new Date(at).getMinutes() === 0 ? day : clock).format(at),
  );
}

/** Between two times of a chart; a day where there is but one. */
export function stepOf(times: readonly number[]): number {
  const [first, second] = times;
  return first === undefined || second === undefined ? DAY_MS : second - first;
}
