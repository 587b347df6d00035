import { describe, expect, it } from '@jest/globals';
import { isSameNumber } from './read-reply.js';

describe('two spellings of a number', () => {
  it.each([
    ['a landline, with its country and as it is dialled at home', '97231234567', '031234567'],
    ['a mobile, with a plus and without', '+972501234567', '972501234567'],
    ['a mobile, as it is dialled at home and from abroad', '0501234567', '00972501234567'],
    ['an extension, as it is', '101', '101'],
  ])('are one: %s', (_, one, other) => {
    expect(isSameNumber(one, other)).toBe(true);
    expect(isSameNumber(other, one)).toBe(true);
  });

  it.each([
    ['another landline', '97231234567', '031234568'],
    ['an extension with which a number ends', '0501234101', '101'],
    ['an extension with a zero before it', '101', '0101'],
    ['nothing', '', '101'],
    ['nobody', null, '0501234567'],
  ])('are not: %s', (_, one, other) => {
    expect(isSameNumber(one, other)).toBe(false);
  });
});
