import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, extremesOf, valueRange, type ChartData } from './chart-data';
import { sparkPath } from './spark-path';

const chart = (unit: ChartData['unit'], ...values: (number | null)[][]): ChartData => ({
  unit,
  times: (values[0] ?? []).map((_, index) => index * 1_000),
  series: values.map((of, index) => ({ label: `s${index}`, tone: 'good', values: of })),
});

describe('extremesOf', () => {
  it('adds up what is stacked', () => {
    expect(extremesOf(chart('count', [1, 5, 0], [1, 1, null]), true)).toEqual({
      total: 8,
      most: { value: 6, at: 1_000 },
      least: { value: 0, at: 2_000 },
      last: { value: 0, at: 2_000 },
    });
  });

  it('looks at the first line only, and past its gaps', () => {
    const found = extremesOf(chart('ms', [40, 10, null], [900, 900, 900]), false);
    expect(found).toMatchObject({ most: { value: 40 }, least: { value: 10 }, last: { value: 10 } });
  });

  it('knows nothing of a chart without a number', () => {
    expect(extremesOf(chart('ms', [null, null]), false)).toBeUndefined();
  });
});

describe('valueRange', () => {
  it('looks closely at shares that are all high, and never draws an empty range', () => {
    expect(valueRange(chart('share', [0.95, null, 1]), false)).toEqual([0.9, 1]);
    expect(valueRange(chart('share', [0.5, 1]), false)).toEqual([0, 1]);
    expect(valueRange(chart('count', [0, 0]), true)).toEqual([0, 1]);
  });
});

describe('csvOf', () => {
  it('quotes what needs it, and lets no label be a formula', () => {
    const { times } = chart('count', [1]);
    const series = [
      { label: '=1+1', tone: 'good', values: [1] },
      { label: 'a "b", c', tone: 'bad', values: [null] },
    ] as const;
    expect(csvOf({ times, series }, 'Time')).toBe(
      `Time,'=1+1,"a ""b"", c"\r\n1970-01-01T00:00:00.000Z,1,\r\n`,
    );
  });
});

describe('sparkPath', () => {
  it('stays inside its field whatever the values, and is broken where there are none', () => {
    const values = fc.array(fc.option(fc.double({ noNaN: true, min: -1e9, max: 1e9 })), { maxLength: 50 });
    fc.assert(
      fc.property(values, (of) => {
        const path = sparkPath(of);
        for (const [, x, y] of path.matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(100);
          expect(Number(y)).toBeGreaterThanOrEqual(2);
          expect(Number(y)).toBeLessThanOrEqual(22);
        }
      }),
    );
    expect(sparkPath([1, 2, null, 1])).toBe('M0 12L33.3 2M97 12h3');
  });
});
