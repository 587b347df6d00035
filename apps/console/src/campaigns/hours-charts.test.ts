import { describe, expect, it } from 'vitest';
import { abandonmentChart, paceChart } from './hours-charts';

const words = { served: 'S', drops: 'D', unanswered: 'U', answered: 'A', allowed: 'L' };
const hour = (at: string, more: object) => ({
  ...{ at, dials: 10, answers: 6, served: 5, drops: 1, busy: 2, failed: 0, unanswered: 2 },
  ...{ talkSeconds: 60, answerRate: 0.6, abandonment: 1 / 6 },
  ...more,
});
const buckets = [hour('2026-11-30T09:00:00Z', {}), hour('2026-11-30T10:00:00Z', { abandonment: null })];

describe('charts of a campaign', () => {
  it('divides what was dialled into what became of it, so that the whole bar is the pace', () => {
    const { series } = paceChart({ buckets, target: 0.03 }, words);
    expect(series.map(({ values }) => values[0])).toEqual([5, 1, 4]);
  });
  it('draws what is allowed beside what was abandoned, and nothing where nobody answered', () => {
    const { series, times } = abandonmentChart({ buckets, target: 0.03 }, words);
    expect(series.map(({ values }) => values)).toEqual([
      [1 / 6, null],
      [0.03, 0.03],
    ]);
    expect(times[0]).toBe(Date.parse('2026-11-30T09:00:00Z'));
  });
});
