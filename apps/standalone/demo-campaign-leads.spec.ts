import { describe, expect, it } from '@jest/globals';
import { instant } from '#domain';
import { HOME_ZONE, demoWindows } from './demo-campaign-leads.js';

const HOUR_MS = 3_600_000;
/** Days on which the two zones are nine, ten and eleven hours apart or change their clocks, and an ordinary one. */
const DAYS = ['2026-11-29', '2026-03-08', '2026-03-27', '2026-10-25', '2026-11-01', '2026-07-01'];

function isOpen(zone: string, at: number): boolean {
  const format = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const clock = new Intl.DateTimeFormat('en-GB', format).format(at);
  return (demoWindows(instant(at)).mon ?? []).some(([from, to]) => from <= clock && clock < to);
}

describe('demoWindows', () => {
  it.each(DAYS)('dials at home and not in the far zone, at whatever minute of %s it is started', (day) => {
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      const at = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
      expect([minute, isOpen(HOME_ZONE, at), isOpen('America/Los_Angeles', at)]).toEqual([
        minute,
        true,
        false,
      ]);
    }
  });

  it('stays so for as long as the demo may take', () => {
    for (let hour = 0; hour < 24; hour += 1) {
      const start = Date.parse('2026-11-29T00:59:30Z') + hour * HOUR_MS;
      const windows = demoWindows(instant(start)).mon ?? [];
      expect(windows.length).toBeGreaterThan(0);
      for (const [from, to] of windows) expect(from < to).toBe(true);
    }
  });
});
