import fc from 'fast-check';
import { getCountryCallingCode } from 'libphonenumber-js/max';
import { lookupNumber } from './party.js';
import { quickNumber } from './quick-number.js';
import { COUNTRIES, dice, validNumbers } from './world-numbers.fixture.js';

/** What differs, in a sentence; undefined where nothing does or the quick reader leaves it to the other one. */
function difference(text: string, country: string): string | undefined {
  const quick = quickNumber(text, country);
  const careful = lookupNumber(text, country);
  return quick === undefined || quick === careful
    ? undefined
    : `${text} at ${country || 'nowhere'}: ${quick}, and not ${String(careful)}`;
}

describe('the quick reader of numbers', () => {
  it('reads what lookupNumber reads, of all countries, as they write it and with a digit changed', () => {
    const roll = dice(11);
    const found: string[] = [];
    let read = 0;
    for (const country of COUNTRIES) {
      const code = getCountryCallingCode(country);
      for (const number of validNumbers(country, 6)) {
        const national = number.formatNational();
        const digits = national.replace(/\D/g, '');
        const at = roll(digits.length);
        const other = digits.slice(0, at) + String(roll(10)) + digits.slice(at + 1);
        const plain = number.nationalNumber;
        const texts = [
          ...[number.number, national, digits, other, plain, `${code}${plain}`, `00${code}${plain}`],
          ...[
            `+${code}${other}`,
            number.formatInternational(),
            `+${code}0${plain}`,
            plain.slice(1),
            `${plain}1`,
          ],
          ...[`+${code}${String(roll(10))}${plain.slice(1)}`, `${code}${other}`, `0${plain}`, `1${plain}`],
        ];
        for (const text of texts) {
          for (const home of [country, 'US', 'DE']) {
            if (quickNumber(text, home) !== undefined) read += 1;
            found.push(...[difference(text, home)].filter((one) => one !== undefined));
          }
        }
      }
    }
    expect(found.slice(0, 20)).toEqual([]);
    expect(read).toBeGreaterThan(15_000);
  });

  it('reads what lookupNumber reads of any digits', () => {
    const digit = fc.constantFrom(...'0123456789');
    const text = fc
      .tuple(
        fc.constantFrom('', '+', '0', '00', '1', '972', '44', '39', '+39', '+1', '+7'),
        fc.array(digit, { maxLength: 13 }),
      )
      .map(([start, rest]) => start + rest.join(''));
    const country = fc.constantFrom(
      '',
      'IL',
      'US',
      'CA',
      'GB',
      'DE',
      'IT',
      'FR',
      'RU',
      'KZ',
      'BR',
      'AR',
      'MX',
      'AU',
      'XX',
    );
    fc.assert(
      fc.property(text, country, (written, home) => {
        expect(difference(written, home)).toBeUndefined();
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    ['+972502345678', '', '+972502345678'],
    ['050-234-5678', 'IL', '+972502345678'],
    ['972502345678', 'IL', '+972502345678'],
    ['212.555.2368', 'US', '+12125552368'],
    ['1 212 555 2368', 'US', '+12125552368'],
    ['+1 416 555 2368', '', '+14165552368'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['07400 123456', 'GB', '+447400123456'],
  ])('reads %j at %j by itself', (text, country, e164) => {
    expect(quickNumber(text, country)).toBe(e164);
  });

  it.each(['0502345678', ' 0502345678', '+972 (0)50 234 5678', 'Dana', '', '+', '1+2'])(
    'leaves %j without a country to the careful one',
    (text) => {
      expect(quickNumber(text, '')).toBeUndefined();
    },
  );
});
