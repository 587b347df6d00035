import { describe, expect, it } from '@jest/globals';
import { dialledDigits } from './dialled-digits.js';

describe('dialledDigits', () => {
  it.each([
    ['local', '+972501234567', '0501234567'],
    ['local', '+442079460018', '00442079460018'],
    ['e164', '+972501234567', '972501234567'],
    ['e164_plus', '+972501234567', '+972501234567'],
    ['e164_plus', '101', '101'],
    ['local', '*70', '*70'],
  ] as const)('in %s %s is dialled %s', (numbers, value, digits) => {
    expect(dialledDigits(value, { numbers, country: 'IL' })).toBe(digits);
  });
});
