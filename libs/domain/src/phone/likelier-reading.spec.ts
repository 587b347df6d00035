import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import { lookupNumber, readParty } from './party.js';
import { COUNTRIES, validNumbers } from './world-numbers.fixture.js';

/** Whose numbers come without a plus, as examples of all. */
const OTHERS: readonly CountryCode[] = [
  'US',
  'GB',
  'DE',
  'FR',
  'IT',
  'ES',
  'IL',
  'IN',
  'CN',
  'RU',
  'BR',
  'AE',
];

describe('digits with a country code and no plus', () => {
  it.each([
    ['DE', '4915123456789', '+4915123456789'],
    ['DE', '49 1512 3456789', '+4915123456789'],
    ['DE', '49-1512-3456789', '+4915123456789'],
    ['DE', '491701234567', '+491701234567'],
    ['DE', '493023125123', '+493023125123'],
    ['ID', '62812345678', '+62812345678'],
    ['XK', '38343201234', '+38343201234'],
    ['DE', '442079460958', '+442079460958'],
    ['DE', '972502345678', '+972502345678'],
    ['DE', '972722776772', '+972722776772'],
    ['DE', '33142685300', '+33142685300'],
    ['LU', '33612345678', '+33612345678'],
    ['MX', '5215512345678', '+525512345678'],
    ['IL', '5215512345678', '+525512345678'],
  ])('in %s %j are %s, and no stranger at home', (country, text, e164) => {
    expect([readParty(text, country).e164, lookupNumber(text, country)]).toEqual([e164, e164]);
  });

  it('are the number at home in every country', () => {
    const wrong = COUNTRIES.flatMap((country) =>
      validNumbers(country, 12)
        .map(({ number }) => [number, readParty(number.slice(1), country).e164])
        .filter(([number, read]) => number !== read),
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  it('are nobody else’s in any country that does not write one of its own with just these', () => {
    const numbers = OTHERS.flatMap((country) => validNumbers(country, 4));
    const strangers = COUNTRIES.flatMap((home) =>
      numbers
        .map(({ number }) => ({ number, digits: number.slice(1) }))
        .filter(({ digits }) => !isWrittenIn(home, digits))
        .map(({ number, digits }) => [home, number, readParty(digits, home).e164])
        .filter(([, number, read]) => read !== null && read !== number),
    );
    expect(strangers).toEqual([]);
  }, 60_000);
});

describe('digits without the prefix that the country writes', () => {
  it.each([
    ['DE', '3023125123'],
    ['DE', '15112345678'],
    ['IN', '9876543210'],
    ['RU', '4951234567'],
    ['TR', '5321234567'],
    ['GB', '7911123456'],
    ['IL', '502345678'],
  ])('are the number that they are in %s where nothing else is as sensible: %s', (country, digits) => {
    const home = parsePhoneNumberFromString(digits, country as CountryCode)?.number;
    expect(readParty(digits, country).e164).toBe(home);
  });

  it.each([
    // A mobile, and one of Texas.
    ['DE', '15123456789'],
    // A mobile, and one of Singapore.
    ['IN', '6591234567'],
  ])('are nobody’s where they are two people’s: %s %s', (country, digits) => {
    expect([readParty(digits, country).e164, lookupNumber(digits, country)]).toEqual([null, null]);
  });

  it('are no rival where the country writes none', () => {
    for (const [country, e164] of [
      ['BR', '+5533995456774'],
      ['US', '+14782345678'],
      ['DK', '+4520123456'],
      ['PL', '+48512345678'],
      ['IT', '+393912345678'],
      ['ES', '+34612345678'],
    ] as const) {
      const digits = parsePhoneNumberFromString(e164)?.nationalNumber ?? '';
      expect([digits, readParty(digits, country).e164]).toEqual([digits, e164]);
    }
  });
});

function isWrittenIn(country: CountryCode, digits: string): boolean {
  const home = parsePhoneNumberFromString(digits, country);
  return home?.isValid() === true && home.formatNational().replace(/\D/g, '') === digits;
}
