import type { CallStatsDto, EndpointsTotalDto } from '../api/operations';
import type { ChartData, ChartTone } from '../charts/chart-data';

export const RESULT_TONES = {
  answered: 'good',
  missed: 'bad',
  abandoned: 'waiting',
  voicemail: 'info',
  busy: 'violet',
  failed: 'pink',
  cancelled: 'sand',
  ivr_only: 'teal',
  unknown: 'quiet',
} as const satisfies Record<string, ChartTone>;
export type Result = keyof typeof RESULT_TONES;

const RESULTS = Object.keys(RESULT_TONES) as Result[];

type Points = Pick<CallStatsDto, 'buckets'>;

/** Calls by how they ended. What did not happen at all is not shown. */
export function volumeChart({ buckets }: Points, words: Readonly<Record<Result, string>>): ChartData {
  const series = RESULTS.map((result) => ({
    label: words[result],
    tone: RESULT_TONES[result],
    values: buckets.map(({ byResult }) => byResult?.[result] ?? 0),
  }));
  const happened = series.filter(({ values }) => values.some((value) => value > 0));
  return { unit: 'count', times: timesOf(buckets), series: happened };
}

export function answerChart({ buckets }: Points, label: string): ChartData {
  const values = buckets.map(({ answerRate }) => answerRate);
  return { unit: 'share', times: timesOf(buckets), series: [{ label, tone: 'good', values }] };
}

type Tries = Pick<EndpointsTotalDto, 'buckets'>;

export function successChart({ buckets }: Tries, label: string): ChartData {
  const values = buckets.map(successOf);
  return { unit: 'share', times: timesOf(buckets), series: [{ label, tone: 'good', values }] };
}

export function latencyChart(
  { buckets }: Tries,
  words: Readonly<Record<'p50' | 'p95' | 'p99', string>>,
): ChartData {
  return {
    unit: 'ms',
    times: timesOf(buckets),
    series: [
      { label: words.p50, tone: 'good', values: buckets.map(({ p50Ms }) => p50Ms) },
      { label: words.p95, tone: 'waiting', values: buckets.map(({ p95Ms }) => p95Ms) },
      { label: words.p99, tone: 'bad', values: buckets.map(({ p99Ms }) => p99Ms) },
    ],
  };
}

/** Share of tries that got through; null where there were none. */
export function successOf({ delivered, failed }: { delivered: number; failed: number }): number | null {
  return delivered + failed === 0 ? null : delivered / (delivered + failed);
}

function timesOf(buckets: readonly { at: string }[]): number[] {
  return buckets.map(({ at }) => Date.parse(at));
}
