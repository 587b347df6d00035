import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { fromEpoch, instant } from '#domain';
import { callDay, plausibleCalls } from './call-day.js';
import { CALL_KINDS, type CallKind } from './call-mix.js';
import { customerNumber, international, landlineNumber, mobileNumber, voipNumber } from './israeli-number.js';
import { localClock } from './local-clock.js';
import { makeOffice } from './office.js';
import { plausibleCall } from './plausible-call.js';
import { logNormal, seededRandom, weighted } from './random.js';

const SUNDAY = instant(Date.parse('2024-10-13T21:00:00Z'));
const SATURDAY = instant(Date.parse('2024-10-18T21:00:00Z'));
const ZONE = { epochs: 'local', timeZone: 'Asia/Jerusalem' } as const;

function someCall(seed: number, kind?: CallKind) {
  const random = seededRandom(seed);
  const office = makeOffice(random, customerNumber);
  const wall = localClock(office.timeZone);
  return {
    office,
    cdrs: plausibleCall({ office, startedAt: SUNDAY, wall, random }, kind).map(({ cdr }) => cdr),
  };
}

describe('chance', () => {
  it('is the same again for the same seed', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('stays in [0, 1)', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const value = seededRandom(seed)();
        return value >= 0 && value < 1;
      }),
    );
  });

  it('draws keys as often as their weights say', () => {
    const random = seededRandom(1);
    const drawn = Array.from({ length: 10_000 }, () => weighted(random, { often: 3, seldom: 1, never: 0 }));
    expect(drawn.filter((key) => key === 'often').length / 10_000).toBeCloseTo(0.75, 1);
    expect(drawn).not.toContain('never');
  });

  it('makes log-normal times around their median', () => {
    const random = seededRandom(1);
    const drawn = Array.from({ length: 10_000 }, () => logNormal(random, 95, 1));
    expect(drawn.filter((value) => value < 95).length / 10_000).toBeCloseTo(0.5, 1);
    expect(Math.min(...drawn)).toBeGreaterThan(0);
  });
});

describe('numbers', () => {
  it.each([
    ['mobile', mobileNumber],
    ['landline', landlineNumber],
    ['voip', voipNumber],
  ])('%s numbers are valid in Israel, local and international', (_name, make) => {
    const random = seededRandom(3);
    for (let count = 0; count < 500; count += 1) {
      const local = make(random);
      expect([local, parsePhoneNumberFromString(local, 'IL')?.isValid()]).toEqual([local, true]);
      expect(parsePhoneNumberFromString(`+${international(local)}`)?.isValid()).toBe(true);
    }
  });
});

describe('the wall clock', () => {
  it('is what our own reading of local epochs turns back into true time', () => {
    const wall = localClock('Asia/Jerusalem');
    fc.assert(
      fc.property(fc.integer({ min: 1_577_836_800, max: 1_893_456_000 }), (seconds) => {
        const { epochSeconds } = wall(instant(seconds * 1000));
        const back = fromEpoch(epochSeconds, ZONE) / 1000;
        // The hour that happens twice is read as its first occurrence.
        return back === seconds || back === seconds - 3600;
      }),
    );
  });

  it('prints the digits that a call id begins with', () => {
    expect(localClock('Asia/Jerusalem')(instant(Date.parse('2018-09-13T13:15:53Z')))).toEqual({
      epochSeconds: Date.parse('2018-09-13T16:15:53Z') / 1000,
      digits: '20180913161553',
      weekday: 4,
      hour: 16,
    });
  });
});

describe('a call', () => {
  it.each(Object.keys(CALL_KINDS) as CallKind[])('of the kind %s is whole and never negative', (kind) => {
    for (let seed = 1; seed <= 50; seed += 1) {
      for (const cdr of someCall(seed, kind).cdrs) {
        expect(cdr.ivruniqueid).toMatch(/^\d{14}[0-9a-f]{16}$/);
        expect(Object.values(cdr).filter((value) => typeof value === 'number' && value < 0)).toEqual([]);
        expect(cdr.record === '').toBe(cdr.status !== 'ANSWER' || cdr.type === 'Click2Call leg1');
        expect(cdr.type).not.toBe('');
      }
    }
  });

  it('by click2call has two legs of one id, and the customer is never called when the agent did not answer', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const legs = someCall(seed, 'click2call').cdrs;
      expect(new Set(legs.map((leg) => leg.ivruniqueid)).size).toBe(1);
      expect(legs.map((leg) => leg.type).sort()).toEqual(['Click2Call leg1', 'Click2Call leg2']);
      const status = Object.fromEntries(legs.map((leg) => [leg.type, leg.status]));
      expect(status['Click2Call leg2'] === 'NOTCALLED').toBe(status['Click2Call leg1'] !== 'ANSWER');
    }
  });

  it('that is transferred goes on under another id that names the first', () => {
    const [first, second] = someCall(5, 'transfer').cdrs;
    expect(second?.OriginalIvrUniqueID).toBe(first?.ivruniqueid);
    expect(second?.ivruniqueid).not.toBe(first?.ivruniqueid);
  });

  it('through a queue counts the wait into its duration', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const [cdr] = someCall(seed, 'queue').cdrs;
      expect(cdr?.duration).toBeGreaterThanOrEqual(cdr?.seconds_waiting_in_queue ?? 0);
      expect(cdr?.queueid).not.toBe(0);
    }
  });
});

describe('a day', () => {
  const day = (from: typeof SUNDAY, calls: number, seed = 1) => {
    const random = seededRandom(seed);
    return callDay({ office: makeOffice(random, customerNumber), from, calls, random });
  };

  it('is the same again for the same seed', () => {
    expect(day(SUNDAY, 50)).toEqual(day(SUNDAY, 50));
    expect(day(SUNDAY, 50)).not.toEqual(day(SUNDAY, 50, 2));
  });

  it('has its calls in opening hours, and its CDRs in the order of their sending', () => {
    const played = day(SUNDAY, 500);
    const hours = played.map(({ cdr }) => Math.floor(cdr.time / 3600) % 24);
    expect(hours.filter((hour) => hour >= 8 && hour < 18).length / played.length).toBeGreaterThan(0.85);
    expect(hours.filter((hour) => hour < 6)).toEqual([]);
    const times = played.map(({ at }) => at);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });

  it('has a Saturday that is quiet until the evening', () => {
    expect(day(SATURDAY, 20).filter(({ cdr }) => Math.floor(cdr.time / 3600) % 24 < 20)).toEqual([]);
  });
});

describe('live calls', () => {
  it('are over by the time that they are reported', () => {
    const random = seededRandom(1);
    const calls = plausibleCalls({ office: makeOffice(random, customerNumber), now: () => SUNDAY, random });
    for (let count = 0; count < 100; count += 1) {
      const { at, cdr } = calls.next().value;
      expect(at).toBeLessThanOrEqual(SUNDAY);
      const endedAt = fromEpoch(cdr.time, ZONE) + (cdr.dialtime + cdr.duration) * 1000;
      expect(endedAt).toBeLessThanOrEqual(SUNDAY);
    }
  });
});
