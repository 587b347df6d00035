import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_WAITS, marksOf, readWaits, waitsText } from './waits';

const MOST_MS = 604_800_000;

describe('waits', () => {
  it('are typed as people say them', () => {
    expect(waitsText(DEFAULT_WAITS)).toBe('0, 5s, 30s, 2m, 10m, 30m, 2h, 5h, 10h, 14h, 20h, 1d');
    expect(readWaits('0, 5s 1.5m')).toEqual([0, 5_000, 90_000]);
  });

  it.each(['', 'soon', '5s, later', '-5s'])('are not read from %j', (text) => {
    expect(readWaits(text)).toBeUndefined();
  });

  it('are read back as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: MOST_MS }), { minLength: 1 }), (waits) => {
        expect(readWaits(waitsText(waits))).toEqual(waits);
      }),
    );
  });

  it('stand on the bar in order, from its beginning to its end', () => {
    const marks = marksOf(DEFAULT_WAITS);
    expect(marks[0]).toEqual({ number: 1, afterMs: 0, at: 0, isSaid: true });
    expect(marks.at(-1)?.at).toBe(1);
    expect(marks.map(({ at }) => at)).toEqual(marks.map(({ at }) => at).sort((a, b) => a - b));
    expect(marksOf([0])).toEqual([{ number: 1, afterMs: 0, at: 0, isSaid: true }]);
  });
});
