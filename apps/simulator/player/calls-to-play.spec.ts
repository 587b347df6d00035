import { instant } from '#domain';
import { customerNumber } from '../pbx/israeli-number.js';
import { localClock } from '../pbx/local-clock.js';
import { makeOffice } from '../pbx/office.js';
import { seededRandom } from '../pbx/random.js';
import { VENDORS } from '../voices/registry.js';
import { callsFromNow, callsOfDay, sharesOf } from './calls-to-play.js';

const OFFICE = makeOffice(seededRandom(1), customerNumber);
const SITES = VENDORS.map((vendor) => ({
  vendor,
  baseUrl: `http://localhost/in/t/${vendor}`,
  routes: ['cdr', 'end', 'hangup', 'event'],
}));
const SUNDAY = instant(Date.parse('2024-10-12T21:00:00Z'));
const NOW = instant(Date.parse('2024-10-13T09:00:00Z'));

const day = (calls: number, seed = 1) => [
  ...callsOfDay({ office: OFFICE, sites: SITES, calls, random: seededRandom(seed), from: SUNDAY }),
];
const live = (speed: number, calls = 9) => [
  ...callsFromNow({
    office: OFFICE,
    sites: SITES,
    calls,
    random: seededRandom(1),
    gapMs: 60_000,
    speed,
    now: () => NOW,
  }),
];

describe('a mixed day', () => {
  it('has calls of every vendor and of most kinds, the common ones most often', () => {
    const played = day(400);
    expect(new Set(played.map(({ call }) => call.vendor)).size).toBe(VENDORS.length);
    const count = (scenario: string) => played.filter(({ call }) => call.scenario === scenario).length;
    expect(count('answered')).toBeGreaterThan(count('queueAbandon'));
    expect(new Set(played.map(({ call }) => call.scenario)).size).toBeGreaterThan(10);
  });

  it('has them in opening hours and in the order of their starts', () => {
    const played = day(300);
    const starts = played.map(({ startsMs }) => startsMs);
    expect(starts[0]).toBe(0);
    expect(starts).toEqual([...starts].sort((one, other) => one - other));
    // A Voicenter's id begins with the wall clock.
    const hours = played
      .filter(({ call }) => call.vendor === 'voicenter')
      .map(({ call }) => Number(call.expected[0]?.vendorCallId.slice(8, 10)));
    expect(hours.filter((hour) => hour < 6)).toEqual([]);
    expect(hours.filter((hour) => hour >= 8 && hour < 18).length / hours.length).toBeGreaterThan(0.8);
  });

  it('is the same again for the same seed, but for nothing else', () => {
    const ids = (seed: number) =>
      day(30, seed).flatMap(({ call }) => call.expected.map((one) => one.vendorCallId));
    expect(ids(1)).toEqual(ids(1));
    expect(ids(1)).not.toEqual(ids(2));
    expect(new Set(ids(1)).size).toBe(ids(1).length);
  });
});

describe('calls from now on', () => {
  it('go to each PBX in turn, with the gap between them', () => {
    const twice = [...VENDORS, ...VENDORS];
    const played = live(60, twice.length);
    expect(played.map(({ call }) => call.vendor)).toEqual(twice);
    expect(played.map(({ startsMs }) => startsMs)).toEqual(twice.map((_, at) => at * 60_000));
  });

  it.each([1, 60, Infinity])(
    'are over by the clock of the PBX when the last word of them is sent, at speed %s',
    (speed) => {
      const wall = localClock(OFFICE.timeZone);
      for (const { call, startsMs } of live(speed)) {
        if (call.vendor !== 'voicenter') continue;
        const lastMs = call.messages.at(-1)?.atMs ?? 0;
        const sentAt = instant(Math.round(NOW + (startsMs + lastMs) / speed));
        const started = wall(instant(sentAt - lastMs));
        expect(call.expected[0]?.vendorCallId.slice(0, 14)).toBe(started.digits);
      }
    },
  );

  it('are of one kind where one is asked for', () => {
    const sites = SITES.map((site) => ({ ...site, shares: sharesOf('voicemail') }));
    const options = { office: OFFICE, sites, calls: 5, random: seededRandom(1), gapMs: 0, speed: 1 };
    const played = [...callsFromNow({ ...options, now: () => NOW })];
    expect(new Set(played.map(({ call }) => call.scenario))).toEqual(new Set(['voicemail']));
  });
});
