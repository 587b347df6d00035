import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldTextOf, instantOfField, momentText, wholeMomentText } from './zoned-time';

describe('times in a zone', () => {
  it('are those of the zone and not of the browser', () => {
    const at = '2026-11-30T22:05:06.789Z';
    expect(momentText(at, 'en-GB', true, 'Asia/Jerusalem')).toBe('01/12/2026, 00:05:06');
    expect(momentText(at, 'en-GB', false, 'UTC')).toBe('30/11/2026, 22:05');
    expect(wholeMomentText(at, 'en-GB', 'Asia/Jerusalem')).toMatch(
      /00:05:06\.789.*\n2026-11-30T22:05:06\.789Z$/,
    );
  });

  it.each(['UTC', 'Asia/Jerusalem', 'America/New_York', 'Asia/Kathmandu'])(
    'go into a field and come back as they were, in %s',
    (zone) => {
      fc.assert(
        fc.property(fc.integer({ min: 2_000, max: 66_000_000 }), (minutes) => {
          const at = new Date(minutes * 60_000).toISOString();
          const shown = fieldTextOf(at, zone);
          const back = instantOfField(shown, zone) ?? '';
          // An hour that the clock had twice may be read as the other one: what is shown stays the same.
          expect(fieldTextOf(back, zone)).toBe(shown);
          expect([0, 3_600_000]).toContain(Math.abs(Date.parse(back) - Date.parse(at)));
        }),
      );
    },
  );

  it('are not there where a field says none', () => {
    expect(instantOfField('', 'UTC')).toBeUndefined();
    expect(fieldTextOf('yesterday', 'UTC')).toBe('');
  });
});
