import { describe, expect, it } from 'vitest';
import { latencyChart, triesChart } from './stat-charts';

const point = { at: '2026-11-30T09:00:00Z', delivered: 7, failed: 2, p50Ms: 10, p95Ms: null, p99Ms: null };

describe('charts of an endpoint', () => {
  it('count what got through and what failed', () => {
    const { series, times } = triesChart([point], { delivered: 'D', failed: 'F' });
    expect(series.map(({ label, values }) => [label, values])).toEqual([
      ['D', [7]],
      ['F', [2]],
    ]);
    expect(times).toEqual([Date.parse(point.at)]);
  });
  it('leave a gap where nothing answered', () => {
    const { series } = latencyChart([point], { half: 'h', p95: '95', p99: '99' });
    expect(series.map(({ values }) => values[0])).toEqual([10, null, null]);
  });
});
