import fc from 'fast-check';
import { instant } from '../ids.js';
import { flowOf } from './flow.fixture.js';
import { isOpen } from './is-open.js';
import type { IvrHours } from './ivr-flow.js';

const hoursOf = (document: object): IvrHours => {
  const { hours } = flowOf({ start: { do: 'hangup' }, menus: {}, hours: { it: document } });
  const { it } = hours;
  if (it === undefined) throw new Error('no hours');
  return it;
};
const at = (utc: string, hours: IvrHours, timeZone = 'Asia/Jerusalem') =>
  isOpen(hours, instant(Date.parse(utc)), timeZone);

const weekly = hoursOf({
  weekly: {
    thu: [
      ['09:00', '13:00'],
      ['14:00', '17:00'],
    ],
    fri: [['00:00', '24:00']],
  },
});

describe('business hours', () => {
  it("are of the tenant's wall clock, summer and winter", () => {
    // Thursdays, at UTC+3 and UTC+2.
    expect(at('2024-06-06T06:00:00Z', weekly)).toBe(true);
    expect(at('2024-06-06T05:59:59Z', weekly)).toBe(false);
    expect(at('2024-01-04T06:00:00Z', weekly)).toBe(false);
    expect(at('2024-01-04T07:00:00Z', weekly)).toBe(true);
  });

  it('begin with their first minute and end before their last', () => {
    expect(at('2024-06-06T09:59:59Z', weekly)).toBe(true);
    expect(at('2024-06-06T10:00:00Z', weekly)).toBe(false);
    expect(at('2024-06-06T11:00:00Z', weekly)).toBe(true);
  });

  it('last to midnight where they say 24:00', () => {
    expect(at('2024-06-06T21:00:00Z', weekly)).toBe(true);
    expect(at('2024-06-07T20:59:59Z', weekly)).toBe(true);
    expect(at('2024-06-07T21:00:00Z', weekly)).toBe(false);
  });

  it('have dates of their own before closed dates, and those before the weekday', () => {
    const hours = hoursOf({
      weekly: { thu: [['09:00', '17:00']] },
      closed: ['2024-10-03'],
      open: { '2024-10-05': [['20:00', '22:00']], '2024-10-10': [] },
    });
    expect(at('2024-09-26T09:00:00Z', hours)).toBe(true);
    expect(at('2024-10-03T09:00:00Z', hours)).toBe(false);
    expect(at('2024-10-05T18:00:00Z', hours)).toBe(true);
    expect(at('2024-10-10T09:00:00Z', hours)).toBe(false);
  });

  it('hold on the days on which the clock changes', () => {
    // 2024-03-29, a Friday: 02:00 -> 03:00. 2024-10-27, a Sunday: 02:00 -> 01:00.
    const spring = hoursOf({ open: { '2024-03-29': [['02:30', '04:00']] } });
    expect(at('2024-03-29T00:29:00Z', spring)).toBe(false);
    expect(at('2024-03-29T00:30:00Z', spring)).toBe(true);
    expect(at('2024-03-29T01:00:00Z', spring)).toBe(false);
    const autumn = hoursOf({ weekly: { sun: [['00:00', '24:00']] } });
    expect(at('2024-10-26T20:59:59Z', autumn)).toBe(false);
    expect(at('2024-10-26T21:00:00Z', autumn)).toBe(true);
    expect(at('2024-10-27T21:59:59Z', autumn)).toBe(true);
    expect(at('2024-10-27T22:00:00Z', autumn)).toBe(false);
  });

  it('are found where the date is another than in UTC', () => {
    const hours = hoursOf({ weekly: { sat: [['06:00', '07:00']] } });
    expect(at('2024-06-07T16:30:00Z', hours, 'Pacific/Kiritimati')).toBe(true);
    expect(at('2024-06-08T13:30:00Z', hours, 'America/New_York')).toBe(false);
    expect(at('2024-06-08T10:30:00Z', hours, 'America/New_York')).toBe(true);
    expect(at('2024-06-08T16:30:00Z', hours, 'Pacific/Pago_Pago')).toBe(false);
    expect(at('2024-06-08T17:30:00Z', hours, 'Pacific/Pago_Pago')).toBe(true);
  });

  it('are always there when every day has them all, and never when none has', () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    const always = hoursOf({ weekly: Object.fromEntries(days.map((day) => [day, [['00:00', '24:00']]])) });
    const zone = fc.constantFrom(
      'Asia/Jerusalem',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), zone, (now, timeZone) => {
        expect(isOpen(always, instant(now), timeZone)).toBe(true);
        expect(isOpen(hoursOf({}), instant(now), timeZone)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('agree with the wall clock of the zone, where the clock does not change', () => {
    const hours = hoursOf({ weekly: { mon: [['09:00', '17:00']], sun: [['22:00', '24:00']] } });
    fc.assert(
      fc.property(fc.integer({ min: 1.5e12, max: 2e12 }), (now) => {
        const shown = new Date(now).toLocaleString('en-GB', {
          timeZone: 'Asia/Kathmandu',
          weekday: 'short',
          hour: '2-digit',
          minute: '2-digit',
        });
        const [day, clock = ''] = shown.split(/[ ,]+/);
        const expected =
          (day === 'Mon' && clock >= '09:00' && clock < '17:00') || (day === 'Sun' && clock >= '22:00');
        expect([shown, isOpen(hours, instant(now), 'Asia/Kathmandu')]).toEqual([shown, expected]);
      }),
      { numRuns: 500 },
    );
  });
});
