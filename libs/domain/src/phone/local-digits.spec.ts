import { describe, expect, it } from '@jest/globals';
import { localDigits } from './local-digits.js';

describe('localDigits', () => {
  it.each([
    ['+972502345678', 'IL', '0502345678'],
    ['+12015550123', 'US', '2015550123'],
    ['+442079460018', 'GB', '02079460018'],
  ])('dials %s within %s as %s', (number, country, digits) => {
    expect(localDigits(number, country)).toBe(digits);
  });

  it.each([
    ['+442079460018', 'IL'],
    ['+972502345678', 'XX'],
    ['101', 'IL'],
  ])('knows no way to dial %s within %s', (number, country) => {
    expect(localDigits(number, country)).toBeNull();
  });
});
