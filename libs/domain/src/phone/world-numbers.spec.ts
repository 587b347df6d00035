import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import { SPELLED_WORDS } from './nobodys-number.js';
import { numberVariants } from './number-variants.js';
import { lookupNumber, readParty } from './party.js';
import {
  COUNTRIES,
  anyDigits,
  dice,
  homeSpellings,
  markedSpellings,
  validNumbers,
} from './world-numbers.fixture.js';

/** What is dialed there before a number of another country; where it is not here, it is 00. */
const EXIT_CODES: Partial<Record<CountryCode, readonly string[]>> = {
  AU: ['0011'],
  BR: ['0015', '0021', '0031', '0041'],
  BY: ['810'],
  CA: ['011'],
  CO: ['005', '007', '009', '00444'],
  CU: ['119'],
  FI: ['00', '990', '994'],
  // 00 alone is one too, but 002 to 009 are of carriers.
  HK: ['001', '0030'],
  ID: ['008', '009'],
  IL: ['00', '012', '013', '014', '018'],
  JP: ['010'],
  KE: ['000'],
  KH: ['001'],
  KR: ['001', '002', '00700'],
  KZ: ['810'],
  MX: ['00'],
  NG: ['009'],
  RU: ['810'],
  SG: ['001', '002', '008'],
  TH: ['001', '005'],
  TW: ['002'],
  TZ: ['000'],
  UG: ['000'],
  US: ['011'],
};

/** Texts that were read as something else. */
function misread(texts: readonly string[], home: string, e164: string): string[] {
  return texts.flatMap((text) => {
    const read = readParty(text, home).e164;
    return read === e164 ? [] : [`${JSON.stringify(text)} in ${home}: ${String(read)}, not ${e164}`];
  });
}

describe('a valid number of any country', () => {
  it('that says its country reads as itself and nobody else, wherever and however it is written', () => {
    const wrong = COUNTRIES.flatMap((country, at) =>
      validNumbers(country, 3).flatMap((number) =>
        [country, COUNTRIES[(at * 7) % COUNTRIES.length] ?? '', ''].flatMap((home) =>
          misread(markedSpellings(number), home, number.number),
        ),
      ),
    );
    expect(wrong).toEqual([]);
  }, 120_000);

  it('reads as itself as it is written at home, and shorter than six digits as an extension', () => {
    const wrong = COUNTRIES.flatMap((country) =>
      validNumbers(country, 6).flatMap((number) => {
        const spellings = homeSpellings(number).filter((text) => digitsIn(text) >= 6);
        return number.nationalNumber.length < 6 ? [] : misread(spellings, country, number.number);
      }),
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  it('reads as itself behind the exit code of every other country', () => {
    const numbers = COUNTRIES.flatMap((country) => validNumbers(country, 1));
    const wrong = COUNTRIES.flatMap((home, at) =>
      (EXIT_CODES[home] ?? (exitsByZeros(home) ? ['00'] : [])).flatMap((exit) =>
        numbers
          .filter((number, place) => number.country !== home && (place + at) % 8 === 0)
          .flatMap(({ number: e164 }) =>
            misread([exit + e164.slice(1), `${exit} ${e164.slice(1)}`], home, e164),
          ),
      ),
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  it('is found again by what it reads as, in whichever of its forms', () => {
    for (const country of COUNTRIES) {
      for (const { number } of validNumbers(country, 3)) {
        const forms = numberVariants(number);
        expect(forms).toContain(number);
        for (const form of forms) expect([...numberVariants(form)].sort()).toEqual([...forms].sort());
      }
    }
  });
});

describe('digits that a country could have and nobody knows', () => {
  it('are never another country’s', () => {
    const wrong = COUNTRIES.flatMap((country) => {
      const roll = dice(country.charCodeAt(0) * 256 + country.charCodeAt(1));
      const [example] = validNumbers(country, 1);
      if (example === undefined) return [];
      const { countryCallingCode: code, nationalNumber } = example;
      const prefix = example.formatNational().replace(/\D/g, '').slice(0, -nationalNumber.length);
      return Array.from(
        { length: 60 },
        () => String(1 + roll(9)) + anyDigits(nationalNumber.length - 1, roll),
      )
        .filter((digits) => parsePhoneNumberFromString(`+${code}${digits}`)?.isValid() !== true)
        .flatMap((digits) => [digits, prefix + digits])
        .flatMap((text) => {
          const read = readParty(text, country).e164;
          // What looks like the country's own exit code may well be it.
          const exited = prefix !== '' && text.startsWith('0') && read !== null;
          return read === null || read.startsWith(`+${code}`) || exited
            ? []
            : [`${text} in ${country}: ${read}`];
        });
    });
    expect(wrong).toEqual([]);
  }, 60_000);

  it.each(['4362345678', '3712345678', '0043517915', '8613812345'])(
    '%s in the US is no foreigner',
    (text) => {
      expect(readParty(text, 'US').e164 ?? '+1').toMatch(/^\+1/);
    },
  );

  it('are looked for as what they would be', () => {
    expect(lookupNumber('4362345678', 'US')).toBe('+14362345678');
    expect(lookupNumber('(436) 234-5678', 'US')).toBe('+14362345678');
    expect(lookupNumber('101', 'US')).toBeNull();
    expect(lookupNumber('234567', 'DE')).toBeNull();
  });
});

describe('a word that is spelled in digits', () => {
  it.each([...SPELLED_WORDS])('%s is no number of any country, and nobody’s', (digits) => {
    expect(parsePhoneNumberFromString(`+${digits}`)?.isValid() ?? false).toBe(false);
    for (const text of [`+${digits}`, `00${digits}`, ` ${digits}`]) {
      expect([text, readParty(text, 'IL').e164, lookupNumber(text, 'IL')]).toEqual([text, null, null]);
    }
  });
});

function digitsIn(text: string): number {
  return text.normalize('NFKC').replace(/\P{Nd}/gu, '').length;
}

/** By the country's own plan, and not by our reading of it. */
function exitsByZeros(country: CountryCode): boolean {
  return parsePhoneNumberFromString('00442079460958', country)?.number === '+442079460958';
}
