import fc from 'fast-check';
import { instant } from '../ids.js';
import { MOST_STAT_HOURS, SPAN_KEPT_MS, SPAN_MS, spanStart, spansOf, statWindow } from './stat-window.js';

const HOUR_MS = 3_600_000;
const hours = fc.integer({ min: 1, max: MOST_STAT_HOURS });
const nows = fc.integer({ min: Date.UTC(2020), max: Date.UTC(2100) }).map(instant);

describe('a window of statistics', () => {
  it('covers what was asked for and less than a span more, in whole spans', () => {
    fc.assert(
      fc.property(nows, hours, (now, asked) => {
        const { span, from, to } = statWindow(now, asked);
        expect(to).toBe(now);
        expect(from % SPAN_MS[span]).toBe(0);
        expect(to - from).toBeGreaterThanOrEqual(asked * HOUR_MS);
        expect(to - from).toBeLessThan(asked * HOUR_MS + SPAN_MS[span]);
      }),
    );
  });

  it('has every span once, the last one is the one that runs now, and none was forgotten yet', () => {
    fc.assert(
      fc.property(nows, hours, (now, asked) => {
        const window = statWindow(now, asked);
        const spans = spansOf(window);
        expect(spans[0]).toBe(window.from);
        expect(spans.at(-1)).toBe(spanStart(now, window.span));
        expect(new Set(spans).size).toBe(spans.length);
        expect(window.from).toBeGreaterThan(now - SPAN_KEPT_MS[window.span]);
        expect(spans.length).toBeLessThanOrEqual(MOST_STAT_HOURS + 13);
      }),
    );
  });

  it('is told by the minute while it is short', () => {
    const now = instant(Date.UTC(2026, 10, 21, 9, 30, 15));
    expect(statWindow(now, 1)).toMatchObject({ span: 'minute', from: Date.UTC(2026, 10, 21, 8, 30) });
    expect(statWindow(now, 24)).toMatchObject({ span: 'hour', from: Date.UTC(2026, 10, 20, 9) });
  });
});
