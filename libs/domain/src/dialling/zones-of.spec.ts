import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { isTimeZone } from '../time/wall-clock.js';
import { AREA_CODES } from './area-codes.js';
import type { PlaceEvidence } from './dial-question.js';
import { PREFIX_ZONES } from './prefix-zones.js';
import { ZIP_RANGES } from './postal-regions.js';
import { REGION_NAMES, REGION_ZONES } from './region-zones.js';
import { zonesOf } from './zones-of.js';

const of = (phone: string, more: Partial<PlaceEvidence> = {}) =>
  zonesOf({ phone, region: null, postal: null, zone: null, ...more });

const CENTRAL = 'America/Chicago';
const EASTERN = 'America/New_York';

describe('the zones that somebody may be in', () => {
  it.each<[string, string, Partial<PlaceEvidence>, string[]]>([
    [
      'the zone that the CRM says, before all else',
      '+12125550123',
      { zone: 'Asia/Tokyo', region: 'FL' },
      ['Asia/Tokyo'],
    ],
    ['that zone in whatever letters', '+12125550123', { zone: 'europe/paris' }, ['Europe/Paris']],
    [
      'the number, where the CRM says no zone that there is',
      '+12125550123',
      { zone: 'Mars/Base' },
      [EASTERN],
    ],
    ['the state before the number', '+12125550123', { region: 'TX' }, [CENTRAL, 'America/Denver']],
    ['the state by its name', '+12125550123', { region: ' new jersey ' }, [EASTERN]],
    ['the state with its country', '+442071234567', { region: 'US-FL' }, [CENTRAL, EASTERN]],
    ['the number, where the state is of another country', '+33142345678', { region: 'FL' }, ['Europe/Paris']],
    ['the state of a postal code', '+12125550123', { postal: '90210-1234' }, ['America/Los_Angeles']],
    [
      'the province of a postal code',
      '+12125550123',
      { postal: 'h2x 1y4' },
      ['America/Halifax', 'America/Puerto_Rico', 'America/Toronto'],
    ],
    ['what state and postal code both allow', '+12125550123', { region: 'TX', postal: '60601' }, [CENTRAL]],
    [
      'both, where they contradict each other',
      '+12125550123',
      { region: 'NY', postal: '90210' },
      ['America/Los_Angeles', EASTERN],
    ],
    ['an Australian state', '+61412345678', { region: 'WA' }, ['Australia/Eucla', 'Australia/Perth']],
    ['an area code', '+13105550123', {}, ['America/Los_Angeles']],
    ['an area code that lies in two zones', '+18505550123', {}, [CENTRAL, EASTERN]],
    ['an overlay like what it lies over', '+14485550123', {}, [CENTRAL, EASTERN]],
    ['an island that has an area code', '+18765550123', {}, ['America/Jamaica']],
    ['a country with one zone', '+972501234567', {}, ['Asia/Jerusalem']],
    ['a fixed line of a part of a country', '+34922123456', {}, ['Atlantic/Canary']],
    [
      'a mobile of a country with several',
      '+34612345678',
      {},
      ['Africa/Ceuta', 'Atlantic/Canary', 'Europe/Madrid'],
    ],
    ['a Brazilian mobile by its area', '+5568912345678', {}, ['America/Rio_Branco']],
    ['no zone for a number of no country', '+97912345678', {}, []],
  ])('are told by %s', (_, phone, more, zones) => {
    expect(of(phone, more)).toEqual(zones);
  });

  it('are those of both countries for a North American number of which nothing is known', () => {
    expect(of('+18005550123')).toEqual(
      expect.arrayContaining(['Pacific/Honolulu', 'America/St_Johns', 'America/Adak']),
    );
  });

  it('are those of Russia and of Kazakhstan apart, though they share a code', () => {
    expect(of('+77011234567').every((zone) => zone.startsWith('Asia/'))).toBe(true);
    expect(of('+79161234567')).toEqual(expect.arrayContaining(['Europe/Kaliningrad', 'Asia/Kamchatka']));
    expect(of('+79161234567')).not.toContain('Asia/Almaty');
  });

  it('are the zone of the campaign where nothing is known', () => {
    expect(
      zonesOf({ phone: '+97912345678', region: null, postal: null, zone: null }, 'Europe/Paris'),
    ).toEqual(['Europe/Paris']);
  });

  it('are known for every country that has numbers', () => {
    const codes = [...new Set(getCountries().map((country) => getCountryCallingCode(country)))];
    expect(codes.filter((code) => of(`+${code}`.padEnd(12, '5')).length === 0)).toEqual([]);
  });

  it('are one and the same array each time', () => {
    expect(of('+18505550123')).toBe(of('+12125550123', { region: 'Florida' }));
  });

  it('are zones of the IANA database, for whatever is asked', () => {
    const odd = fc.option(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'US-', 'CA')), {
      nil: null,
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^\+\d{1,15}$/)),
        odd,
        odd,
        odd,
        (phone, region, postal, zone) => {
          for (const each of zonesOf({ phone, region, postal, zone })) expect(isTimeZone(each)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('the tables of zones', () => {
  const names = [...Object.keys(AREA_CODES), ...Object.keys(PREFIX_ZONES), ...Object.values(REGION_ZONES)];

  it('name zones that there are', () => {
    expect(names.flatMap((zones) => zones.split(' ')).filter((zone) => !isTimeZone(zone))).toEqual([]);
  });

  it('have each beginning of a number once', () => {
    const prefixes = [
      ...Object.values(PREFIX_ZONES).flatMap((each) => each.split(' ')),
      ...Object.values(AREA_CODES).flatMap((each) => each.split(' ').map((code) => `1${code}`)),
    ];
    expect(prefixes.filter((prefix, index) => prefixes.indexOf(prefix) !== index)).toEqual([]);
    expect(prefixes.filter((prefix) => !/^\d{2,6}$/.test(prefix))).toEqual([]);
  });

  it('know the zones of every state that is named or has postal codes', () => {
    const regions = [...Object.values(REGION_NAMES), ...ZIP_RANGES.map(([, , region]) => region)];
    expect(regions.filter((region) => REGION_ZONES[region] === undefined)).toEqual([]);
  });

  it('have postal codes in order', () => {
    ZIP_RANGES.forEach(([from, to], index) => {
      expect(from).toBeLessThanOrEqual(to);
      expect(from).toBeGreaterThan(ZIP_RANGES[index - 1]?.[1] ?? 0);
    });
  });
});
