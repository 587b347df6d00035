import type { StatPointDto } from '../api/operations';
import type { ChartData } from '../charts/chart-data';

type Points = readonly StatPointDto[];

/** Tries by what became of them. */
export function triesChart(
  points: Points,
  words: Readonly<Record<'delivered' | 'failed', string>>,
): ChartData {
  return {
    unit: 'count',
    times: timesOf(points),
    series: [
      { label: words.delivered, tone: 'good', values: points.map(({ delivered }) => delivered) },
      { label: words.failed, tone: 'bad', values: points.map(({ failed }) => failed) },
    ],
  };
}

/** How long answers took. */
export function latencyChart(
  points: Points,
  words: Readonly<Record<'half' | 'p95' | 'p99', string>>,
): ChartData {
  return {
    unit: 'ms',
    times: timesOf(points),
    series: [
      { label: words.half, tone: 'good', values: points.map(({ p50Ms }) => p50Ms) },
      { label: words.p95, tone: 'waiting', values: points.map(({ p95Ms }) => p95Ms) },
      { label: words.p99, tone: 'bad', values: points.map(({ p99Ms }) => p99Ms) },
    ],
  };
}

function timesOf(points: Points): number[] {
  return points.map(({ at }) => Date.parse(at));
}
