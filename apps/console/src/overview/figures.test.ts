import { describe, expect, it } from 'vitest';
import { changeOf } from './change-of';
import { latencyChart, successChart, volumeChart } from './chart-of';
import { own } from './texts';
import { en } from '../texts/en';

describe('changeOf', () => {
  it('is a share of what it was, and for shares their points', () => {
    expect(changeOf(150, 100, { unit: 'count', better: 'neither' })).toMatchObject({
      by: 0.5,
      verdict: 'neither',
    });
    expect(changeOf(0.75, 0.5, { unit: 'share', better: 'more' })).toMatchObject({
      by: 0.25,
      isPoints: true,
      verdict: 'good',
    });
    expect(changeOf(200, 100, { unit: 'ms', better: 'less' })).toMatchObject({ by: 1, verdict: 'bad' });
  });

  it('is not said where there was nothing, and is none where nobody would see it', () => {
    expect(changeOf(5, 0, { unit: 'count', better: 'more' })).toBeUndefined();
    expect(changeOf(null, 0.5, { unit: 'share', better: 'more' })).toBeUndefined();
    expect(changeOf(0.99801, 0.998, { unit: 'share', better: 'more' })).toMatchObject({
      by: 0,
      verdict: 'neither',
    });
  });
});

describe('charts of the overview', () => {
  const at = '2026-11-22T00:00:00.000Z';

  it('show only results that happened', () => {
    const byResult = {
      ...Object.fromEntries(Object.keys(en.results).map((name) => [name, 0])),
      answered: 2,
      busy: 1,
    };
    const bucket = { at, answerRate: 1, answered: 2, missed: 0, calls: 3, byResult } as never;
    expect(volumeChart({ buckets: [bucket] }, en.results).series.map(({ label }) => label)).toEqual([
      'Answered',
      'Busy',
    ]);
  });

  it('have gaps where nothing was tried', () => {
    const none = { at, delivered: 0, failed: 0, p50Ms: null, p95Ms: null, p99Ms: null };
    const some = { ...none, delivered: 3, failed: 1, p50Ms: 20 };
    expect(successChart({ buckets: [none, some] }, 'x').series[0]?.values).toEqual([null, 0.75]);
    expect(latencyChart({ buckets: [none, some] }, own.en.latencies).series[0]?.values).toEqual([null, 20]);
  });
});
