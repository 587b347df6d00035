import fc from 'fast-check';
import { instant } from '#domain';
import { askedTime } from './asked-time.js';
import { offsetTimeText, wallClockText } from './time-texts.js';

describe('askedTime', () => {
  it.each([
    ['2026-11-01', { local: '2026-11-01T00:00:00' }],
    ['2026-11-01 12:34', { local: '2026-11-01T12:34:00' }],
    ['2026-11-01T12:34:56', { local: '2026-11-01T12:34:56' }],
    ['2026-11-01T12:34:56Z', { instant: Date.UTC(2026, 10, 1, 12, 34, 56) }],
    ['2026-11-01T12:34:56+02:00', { instant: Date.UTC(2026, 10, 1, 10, 34, 56) }],
    ['2026-11-01T12:34:56 02:00', { instant: Date.UTC(2026, 10, 1, 10, 34, 56) }],
    ['1793534400', { local: '2026-11-01T12:00:00' }],
  ])('reads %s', (text, time) => {
    expect(askedTime(text, { epochs: 'local' })).toEqual(time);
  });

  it('ends a span with the end of its last day', () => {
    expect(askedTime('2026-11-01', { epochs: 'local', endOfDay: true })).toEqual({
      local: '2026-11-01T23:59:59',
    });
  });

  it.each(['', 'now', '01/11/2026', '2026-02-30', '2026-11-01T25:00:00', '12345'])(
    'does not guess at "%s"',
    (text) => {
      expect(askedTime(text, { epochs: 'utc' })).toBeNull();
    },
  );

  it('reads back what is written with an offset, in every zone', () => {
    const times = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => instant(seconds * 1000));
    const zones = fc.constantFrom('Asia/Jerusalem', 'America/St_Johns', 'Asia/Kathmandu', 'UTC', null);
    fc.assert(
      fc.property(times, zones, (at, zone) => {
        expect(askedTime(offsetTimeText(at, zone), { epochs: 'local' })).toEqual({ instant: at });
        expect(offsetTimeText(at, zone).startsWith(wallClockText(at, zone))).toBe(true);
      }),
    );
  });
});
