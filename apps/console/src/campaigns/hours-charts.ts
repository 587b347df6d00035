import type { CampaignStatsDto } from '../api/operations';
import type { ChartData } from '../charts/chart-data';

type Points = Pick<CampaignStatsDto, 'buckets' | 'target'>;
type Words = Readonly<Record<'served' | 'drops' | 'unanswered' | 'answered' | 'allowed', string>>;

/** What the dialer placed in each hour, by what became of it: its pace. */
export function paceChart({ buckets }: Points, words: Words): ChartData {
  return {
    unit: 'count',
    times: timesOf(buckets),
    series: [
      { label: words.served, tone: 'good', values: buckets.map(({ served }) => served) },
      { label: words.drops, tone: 'bad', values: buckets.map(({ drops }) => drops) },
      {
        label: words.unanswered,
        tone: 'quiet',
        values: buckets.map(({ dials, served, drops }) => Math.max(0, dials - served - drops)),
      },
    ],
  };
}

/** The share of answered calls that were abandoned, beside what is allowed. */
export function abandonmentChart({ buckets, target }: Points, words: Words): ChartData {
  return {
    unit: 'share',
    times: timesOf(buckets),
    series: [
      { label: words.drops, tone: 'bad', values: buckets.map(({ abandonment }) => abandonment) },
      { label: words.allowed, tone: 'quiet', values: buckets.map(() => target) },
    ],
  };
}

export function answersChart({ buckets }: Points, words: Words): ChartData {
  const values = buckets.map(({ answerRate }) => answerRate);
  return {
    unit: 'share',
    times: timesOf(buckets),
    series: [{ label: words.answered, tone: 'good', values }],
  };
}

function timesOf(buckets: Points['buckets']): number[] {
  return buckets.map(({ at }) => Date.parse(at));
}
