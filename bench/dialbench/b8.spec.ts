import { B8_WEEKS } from './b8-weeks.js';
import { witness } from './b8-witness.js';
import { runB8 } from './b8.js';

describe('B8, weeks in which clocks change and numbers are put on the list', () => {
  const result = runB8({ seed: 8, leads: 600 });

  it('calls nobody outside the hours on their own clock, nor whoever is on the list', () => {
    expect(result.outOfWindow).toBe(0);
    expect(result.doNotCall).toBe(0);
  });

  it('calls all the same: from the first open hour to the last, and with numbers listed on the way', () => {
    expect(result.weeks.map(({ name }) => name)).toEqual(B8_WEEKS.map(({ name }) => name));
    for (const week of result.weeks) {
      expect(week.dials).toBeGreaterThan(600);
      expect(week.hours).toEqual([9, 19]);
      expect(week.listedInRun).toBeGreaterThan(100);
      expect(week.refused.do_not_call).toBeGreaterThan(0);
      expect(week.refused.window).toBeGreaterThan(0);
    }
  });

  it('is the same run for the same seed', () => {
    expect(runB8({ seed: 8, leads: 60 })).toEqual(runB8({ seed: 8, leads: 60 }));
  });
});

describe('the witness of B8', () => {
  it('notices a call out of hours, on a holiday, and to a number that is on the list by then', () => {
    const { sees, forbids, counts } = witness('2026-03-10');
    const at = (text: string) => Date.parse(text);
    const call = { phone: '+12125550123', livesIn: 'America/New_York' };
    // 09:00 in New York is an hour earlier by UTC from the 8th on.
    sees({ ...call, at: at('2026-03-07T13:59:59Z') });
    sees({ ...call, at: at('2026-03-08T13:00:00Z') });
    sees({ ...call, at: at('2026-03-10T16:00:00Z') });
    expect(counts).toMatchObject({ dials: 3, outOfWindow: 2, doNotCall: 0 });
    forbids('+1212*', at('2026-03-11T16:00:00Z'));
    sees({ ...call, at: at('2026-03-11T15:59:59Z') });
    sees({ ...call, at: at('2026-03-11T16:00:00Z') });
    expect(counts).toMatchObject({ dials: 5, doNotCall: 1 });
  });
});
