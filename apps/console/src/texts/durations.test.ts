import { describe, expect, it } from 'vitest';
import { clockText, durationText } from './durations';

describe('durationText', () => {
  it.each([
    [12, '12 ms'],
    [1_500, '1.5 sec'],
    [90_000, '1.5 min'],
    [3 * 86_400_000, '3 days'],
  ])('says %d ms as %s', (ms, text) => {
    expect(durationText(ms, 'en')).toBe(text);
  });
});

describe('clockText', () => {
  it.each([
    [0, '0:00'],
    [42, '0:42'],
    [725, '12:05'],
    [3_723, '1:02:03'],
  ])('shows %d s as %s', (seconds, text) => {
    expect(clockText(seconds)).toBe(text);
  });
});
