import fc from 'fast-check';
import { instant } from '../ids.js';
import { fromEpoch, fromEpochBefore, isTimeZone, offsetOf, toEpoch } from './wall-clock.js';

const at = (iso: string) => Date.parse(iso);
const seconds = (iso: string) => at(iso) / 1000;
const local = (wallClock: string, timeZone: string) =>
  new Date(fromEpoch(seconds(`${wallClock}Z`), { epochs: 'local', timeZone })).toISOString();

describe('fromEpoch', () => {
  it('takes UTC epochs as they are', () => {
    expect(fromEpoch(1536855354, { epochs: 'utc', timeZone: 'Asia/Jerusalem' })).toBe(1536855354000);
  });

  it('keeps fractions to the millisecond', () => {
    expect(fromEpoch(1.2345, { epochs: 'utc', timeZone: 'UTC' })).toBe(1235);
  });

  it("reads the vendor's own example, 16:15:54 in an Israeli summer, as 13:15:54 UTC", () => {
    expect(local('2018-09-13T16:15:54', 'Asia/Jerusalem')).toBe('2018-09-13T13:15:54.000Z');
  });

  it('knows that winter has another offset', () => {
    expect(local('2020-01-15T12:00:00', 'Asia/Jerusalem')).toBe('2020-01-15T10:00:00.000Z');
  });

  it('moves a wall time that was skipped on by the gap', () => {
    // 2024-03-29 02:00 -> 03:00
    expect(local('2024-03-29T01:59:59', 'Asia/Jerusalem')).toBe('2024-03-28T23:59:59.000Z');
    expect(local('2024-03-29T02:30:00', 'Asia/Jerusalem')).toBe('2024-03-29T00:30:00.000Z');
    expect(local('2024-03-29T03:00:00', 'Asia/Jerusalem')).toBe('2024-03-29T00:00:00.000Z');
  });

  it('takes a wall time that happens twice as the first one', () => {
    // 2024-10-27 02:00 -> 01:00
    expect(local('2024-10-27T00:59:59', 'Asia/Jerusalem')).toBe('2024-10-26T21:59:59.000Z');
    expect(local('2024-10-27T01:30:00', 'Asia/Jerusalem')).toBe('2024-10-26T22:30:00.000Z');
    expect(local('2024-10-27T02:00:00', 'Asia/Jerusalem')).toBe('2024-10-27T00:00:00.000Z');
  });

  it('works where clocks change by half an hour, where offsets are odd, and west of Greenwich', () => {
    expect(local('2024-04-07T01:45:00', 'Australia/Lord_Howe')).toBe('2024-04-06T14:45:00.000Z');
    expect(local('2024-04-07T02:15:00', 'Australia/Lord_Howe')).toBe('2024-04-06T15:45:00.000Z');
    expect(local('2024-06-01T00:00:00', 'Asia/Kathmandu')).toBe('2024-05-31T18:15:00.000Z');
    expect(local('2024-11-03T01:30:00', 'America/New_York')).toBe('2024-11-03T05:30:00.000Z');
    expect(local('2024-03-10T02:30:00', 'America/New_York')).toBe('2024-03-10T07:30:00.000Z');
  });

  it('gives a time whose wall clock in the zone is the one that was read, outside of gaps', () => {
    const zone = fc.constantFrom(
      'Asia/Jerusalem',
      'Europe/London',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), zone, (utc, timeZone) => {
        const shown = new Date(utc * 1000).toLocaleString('sv-SE', { timeZone });
        const found = fromEpoch(seconds(`${shown.replace(' ', 'T')}Z`), { epochs: 'local', timeZone });
        expect(new Date(found).toLocaleString('sv-SE', { timeZone })).toBe(shown);
        expect(found).toBeLessThanOrEqual(utc * 1000);
      }),
      { numRuns: 500 },
    );
  });

  it('survives the ends of the range', () => {
    expect(fromEpoch(0, { epochs: 'local', timeZone: 'Asia/Jerusalem' })).toBe(-2 * 3600 * 1000);
    expect(fromEpoch(1e11, { epochs: 'local', timeZone: 'UTC' })).toBe(1e14);
  });
});

describe('fromEpochBefore', () => {
  const heard = (wallClock: string, timeZone: string, received: string, lastedMs = 0) =>
    new Date(
      fromEpochBefore(
        seconds(`${wallClock}Z`),
        { epochs: 'local', timeZone },
        { receivedAt: instant(at(received)), lastedMs },
      ),
    ).toISOString();
  const SECOND = 1000;

  it('reads the doubled hour as the time after which it could have come when it did', () => {
    // 2026-10-25 02:00 -> 01:00
    const wall = '2026-10-25T01:30:00';
    expect(heard(wall, 'Asia/Jerusalem', '2026-10-24T22:31:00Z', 60_000)).toBe('2026-10-24T22:30:00.000Z');
    expect(heard(wall, 'Asia/Jerusalem', '2026-10-24T23:31:00Z', 60_000)).toBe('2026-10-24T23:30:00.000Z');
    // A long call that began in the first of the two, told when it was over: the second would end too late.
    expect(heard(wall, 'Asia/Jerusalem', '2026-10-24T23:50:00Z', 4_800_000)).toBe('2026-10-24T22:30:00.000Z');
    // Days late, nothing tells them apart.
    expect(heard(wall, 'Asia/Jerusalem', '2026-10-27T08:00:00Z')).toBe('2026-10-24T23:30:00.000Z');
  });

  it('reads the hour that is skipped by the offset that fits', () => {
    // 2026-03-27 02:00 -> 03:00: a clock that was not put forward shows 02:30 half an hour later.
    expect(heard('2026-03-27T02:30:00', 'Asia/Jerusalem', '2026-03-27T00:31:00Z')).toBe(
      '2026-03-27T00:30:00.000Z',
    );
    // A start that was counted back from an end by the new clock.
    expect(heard('2026-03-27T02:55:00', 'Asia/Jerusalem', '2026-03-27T00:06:00Z', 600_000)).toBe(
      '2026-03-26T23:55:00.000Z',
    );
  });

  it('works where the clock is put back by half an hour', () => {
    const wall = '2024-04-07T01:45:00';
    expect(heard(wall, 'Australia/Lord_Howe', '2024-04-06T14:46:00Z')).toBe('2024-04-06T14:45:00.000Z');
    expect(heard(wall, 'Australia/Lord_Howe', '2024-04-06T15:16:00Z')).toBe('2024-04-06T15:15:00.000Z');
  });

  it('takes UTC as it is', () => {
    const received = { receivedAt: instant(0), lastedMs: 0 };
    expect(fromEpochBefore(5, { epochs: 'utc', timeZone: 'Asia/Jerusalem' }, received)).toBe(5000);
  });

  it('reads what comes at once exactly, in every zone, around every change of its clock', () => {
    const from = Date.UTC(2025, 0, 1);
    const changes = Intl.supportedValuesOf('timeZone').flatMap((timeZone) =>
      Array.from({ length: 104 }, (_, week) => from + week * 7 * 86_400_000)
        .filter(
          (start) =>
            offsetOf(timeZone, instant(start)) !== offsetOf(timeZone, instant(start + 7 * 86_400_000)),
        )
        .map((start) => ({ timeZone, at: changeIn(timeZone, start, start + 7 * 86_400_000) })),
    );
    expect(changes.length).toBeGreaterThan(200);
    const around = fc.record({
      change: fc.constantFrom(...changes),
      seconds: fc.integer({ min: -3 * 3600, max: 3 * 3600 }),
      lasted: fc.integer({ min: 0, max: 7200 }),
      late: fc.integer({ min: 0, max: 90 }),
    });
    fc.assert(
      fc.property(around, ({ change, seconds: offset, lasted, late }) => {
        const { timeZone } = change;
        const began = instant(change.at + offset * SECOND);
        const reading = { epochs: 'local', timeZone } as const;
        const receivedAt = instant(began + (lasted + late) * SECOND);
        const printed = toEpoch(began, reading);
        expect(fromEpochBefore(printed, reading, { receivedAt, lastedMs: lasted * SECOND })).toBe(began);
      }),
      { numRuns: 5000 },
    );
  });

  it('never makes an earlier time of a later receipt', () => {
    const wall = fc.integer({ min: seconds('2026-10-24T22:00:00Z'), max: seconds('2026-10-25T04:00:00Z') });
    const late = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(wall, late, late, (printed, one, other) => {
        const reading = { epochs: 'local', timeZone: 'Asia/Jerusalem' } as const;
        const read = (ms: number) =>
          fromEpochBefore(printed, reading, { receivedAt: instant(printed * SECOND + ms), lastedMs: 0 });
        expect(read(Math.max(one, other))).toBeGreaterThanOrEqual(read(Math.min(one, other)));
      }),
    );
  });

  function changeIn(timeZone: string, low: number, high: number): number {
    const before = offsetOf(timeZone, instant(low));
    let [from, to] = [low, high];
    while (to - from > SECOND) {
      const middle = Math.floor((from + to) / 2 / SECOND) * SECOND;
      if (offsetOf(timeZone, instant(middle)) === before) from = middle;
      else to = middle;
    }
    return to;
  }
});

describe('toEpoch', () => {
  it('prints a time as a PBX does, by the wall clock or in UTC', () => {
    const reading = { epochs: 'local', timeZone: 'Asia/Jerusalem' } as const;
    expect(toEpoch(instant(at('2018-09-13T13:15:54.500Z')), reading)).toBe(1536855354.5);
    expect(toEpoch(instant(1500), { ...reading, epochs: 'utc' })).toBe(1.5);
  });

  it('is read back as the time that it was, but for the hour that a wall clock shows twice', () => {
    const zone = fc.constantFrom(
      'Asia/Jerusalem',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    );
    fc.assert(
      fc.property(fc.integer({ min: 100_000, max: 2_000_000_000 }), zone, (utc, timeZone) => {
        const reading = { epochs: 'local', timeZone } as const;
        const back = fromEpoch(toEpoch(instant(utc * 1000), reading), reading);
        expect(toEpoch(back, reading)).toBe(toEpoch(instant(utc * 1000), reading));
        expect([0, 1800, 3600]).toContain(utc - back / 1000);
      }),
    );
  });
});

describe('isTimeZone', () => {
  it('accepts names of the IANA database', () => {
    expect(['Asia/Jerusalem', 'UTC', 'Europe/Bucharest'].every(isTimeZone)).toBe(true);
  });

  it('refuses anything else', () => {
    expect(['', 'Mars/Olympus', '+03:00', 'local', '__proto__', 'Asia/Jerusalem\n'].some(isTimeZone)).toBe(
      false,
    );
  });
});
