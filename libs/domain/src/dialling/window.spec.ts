import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY, MINUTE } from '../delivery/durations.js';
import { instant } from '../ids.js';
import { WEEKDAYS, type Weekday } from '../ivr/ivr-flow.js';
import { commonHours, openHours } from './open-hours.js';
import { everyDay, type WeeklyHours } from './weekly-hours.js';
import { nextOpening, windowIsOpen } from './window.js';

const at = (text: string) => instant(Date.parse(text));
const daytime = openHours(everyDay('08:00', '21:00'), []);

/** The clock on the wall, by nothing of ours. */
function shown(zone: string, moment: number): { day: Weekday; clock: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(moment);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const day = WEEKDAYS.find((each) => each === of('weekday').toLowerCase());
  if (day === undefined) throw new Error('no weekday');
  return { day, clock: `${of('hour')}:${of('minute')}` };
}

const isOpenBy = (weekly: WeeklyHours, zone: string, moment: number) => {
  const { day, clock } = shown(zone, moment);
  return weekly[day].some(([from, to]) => from <= clock && clock < to);
};

describe('the calling hours', () => {
  it('are open only where they are in every zone', () => {
    const zones = ['America/New_York', 'America/Chicago'];
    expect(windowIsOpen(daytime, zones, at('2026-05-13T12:59:59Z'))).toBe(false);
    expect(windowIsOpen(daytime, zones, at('2026-05-13T13:00:00Z'))).toBe(true);
    expect(windowIsOpen(daytime, zones, at('2026-05-14T00:59:59Z'))).toBe(true);
    expect(windowIsOpen(daytime, zones, at('2026-05-14T01:00:00Z'))).toBe(false);
    expect(nextOpening(daytime, zones, at('2026-05-14T01:00:00Z'))).toBe(at('2026-05-14T13:00:00Z'));
  });

  it('open an hour earlier by UTC on the day on which the clock goes forward', () => {
    expect(nextOpening(daytime, ['America/New_York'], at('2026-03-07T13:00:00Z'))).toBe(
      at('2026-03-07T13:00:00Z'),
    );
    expect(nextOpening(daytime, ['America/New_York'], at('2026-03-08T05:00:00Z'))).toBe(
      at('2026-03-08T12:00:00Z'),
    );
    expect(nextOpening(daytime, ['Europe/Berlin'], at('2026-10-24T22:30:00Z'))).toBe(
      at('2026-10-25T07:00:00Z'),
    );
  });

  it('begin right after an hour that is skipped, and come twice in one that is', () => {
    const small = openHours(everyDay('02:30', '03:30'), []);
    // 02:00 -> 03:00 at 07:00Z.
    expect(nextOpening(small, ['America/New_York'], at('2026-03-08T06:00:00Z'))).toBe(
      at('2026-03-08T07:00:00Z'),
    );
    const twice = openHours(everyDay('01:30', '01:40'), []);
    // 02:00 -> 01:00 at 06:00Z.
    expect(nextOpening(twice, ['America/New_York'], at('2026-11-01T05:00:00Z'))).toBe(
      at('2026-11-01T05:30:00Z'),
    );
    expect(nextOpening(twice, ['America/New_York'], at('2026-11-01T05:40:00Z'))).toBe(
      at('2026-11-01T06:30:00Z'),
    );
  });

  it('never open without a zone, on no weekday, or for zones that have no hour in common', () => {
    const short = openHours(everyDay('09:00', '10:00'), []);
    const none = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    expect(nextOpening(daytime, [], at('2026-05-14T01:00:00Z'))).toBeNull();
    expect(nextOpening(openHours(none, []), ['UTC'], at('2026-05-14T01:00:00Z'))).toBeNull();
    expect(nextOpening(short, ['Asia/Tokyo', 'Europe/Paris'], at('2026-05-14T01:00:00Z'))).toBeNull();
  });

  it('are closed on a date while it is that date in any of the zones', () => {
    const hours = openHours(everyDay('00:00', '24:00'), ['2026-12-25']);
    const zones = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
    expect(nextOpening(hours, zones, at('2026-12-24T12:00:00Z'))).toBe(at('2026-12-25T10:00:00Z'));
    expect(windowIsOpen(hours, zones, at('2026-12-24T09:59:59Z'))).toBe(true);
    // It is the 26th in the one and still the 24th in the other.
    expect(windowIsOpen(hours, zones, at('2026-12-25T10:59:59Z'))).toBe(true);
    expect(nextOpening(hours, zones, at('2026-12-25T11:00:00Z'))).toBe(at('2026-12-26T11:00:00Z'));
  });

  const clock = fc.integer({ min: 0, max: 1440 }).map((minute) => {
    const two = (value: number) => String(value).padStart(2, '0');
    return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  });
  const range = fc
    .tuple(clock, clock)
    .filter(([from, to]) => from !== to)
    .map((pair) => pair.sort());
  const ranges = fc.array(range, { maxLength: 3 });
  const weekly = fc.record({
    mon: ranges,
    tue: ranges,
    wed: ranges,
    thu: ranges,
    fri: ranges,
    sat: ranges,
    sun: ranges,
  });
  const zone = fc.constantFrom(
    'America/New_York',
    'America/Los_Angeles',
    'America/Phoenix',
    'America/St_Johns',
    'Europe/Berlin',
    'Asia/Jerusalem',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Pacific/Chatham',
  );
  const zones = fc.uniqueArray(zone, { minLength: 1, maxLength: 3 });
  const moment = fc.oneof(
    fc.integer({ min: Date.parse('2026-03-06'), max: Date.parse('2026-04-07') }),
    fc.integer({ min: Date.parse('2026-09-25'), max: Date.parse('2026-11-03') }),
  );

  it('open when every clock on the wall says so, not a minute before', () => {
    fc.assert(
      fc.property(weekly, zones, moment, (week, places, now) => {
        const opening = nextOpening(openHours(week, []), places, instant(now));
        const openAt = (time: number) => places.every((place) => isOpenBy(week, place, time));
        expect(opening === now).toBe(openAt(now));
        if (opening === null || opening === now) return;
        expect(openAt(opening)).toBe(true);
        expect(openAt(opening - MINUTE)).toBe(false);
      }),
      { numRuns: 1500 },
    );
  });

  it('leave out no minute at which every clock says open', () => {
    fc.assert(
      fc.property(weekly, zones, moment, fc.integer({ min: 0, max: 8 * DAY }), (week, places, now, later) => {
        const opening = nextOpening(openHours(week, []), places, instant(now));
        const between = now + later;
        if (opening !== null && between >= opening) return;
        expect(places.every((place) => isOpenBy(week, place, between))).toBe(false);
      }),
      { numRuns: 1500 },
    );
  });

  it('of two are those that are in both', () => {
    fc.assert(
      fc.property(weekly, weekly, zone, moment, (one, other, place, now) => {
        const both = openHours(commonHours(one, other), []);
        const expected = isOpenBy(one, place, now) && isOpenBy(other, place, now);
        expect(windowIsOpen(both, [place], instant(now))).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});
