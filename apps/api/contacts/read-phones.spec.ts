import { describe, expect, it } from '@jest/globals';
import { readPhones } from './read-phones.js';

const MOBILE = '+972502345678';

describe('the numbers of a contact', () => {
  it('are read in any spelling of the country that is said, and in E.164 without one', () => {
    const spellings = ['050-234-5678', ' 0502345678 ', '972502345678', '00972502345678', MOBILE];
    for (const number of spellings) {
      expect(readPhones([{ number }], 'il')).toEqual([{ e164: MOBILE, label: null, kind: null }]);
    }
    expect(readPhones([{ number: MOBILE, label: 'mobile' }], undefined)).toEqual([
      { e164: MOBILE, label: 'mobile', kind: 'mobile' },
    ]);
    expect(readPhones([{ number: MOBILE, label: 'Mobile', kind: 'work' }], undefined)).toEqual([
      { e164: MOBILE, label: 'Mobile', kind: 'work' },
    ]);
  });

  it('are kept once each, with the first label', () => {
    const phones = [
      { number: MOBILE, label: 'a' },
      { number: '0502345678', label: 'b' },
      { number: '0722776772' },
    ];
    expect(readPhones(phones, 'IL')).toEqual([
      { e164: MOBILE, label: 'a', kind: null },
      { e164: '+972722776772', label: null, kind: null },
    ]);
  });

  it.each([
    ['0502345678', undefined],
    ['101', 'IL'],
    ['SIPSIP', 'IL'],
    ['+97250', undefined],
  ])('%j of %s is refused, with its place', (number, country) => {
    const fields = [{ field: 'phones.1.number' }];
    expect(() => readPhones([{ number: MOBILE }, { number }], country)).toThrow(
      expect.objectContaining({
        code: 'request.invalid',
        details: { errors: [expect.objectContaining(fields[0] as object)] },
      }),
    );
  });
});
