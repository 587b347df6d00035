import { epochSeconds, finiteNumber, nonZeroId, seconds, text } from './scalars.js';

describe('finiteNumber', () => {
  it.each([
    [7, 7],
    [0.5, 0.5],
    [' 7 ', 7],
    ['+1.5', 1.5],
    ['.5', 0.5],
    ['-0', 0],
    [-0, 0],
  ])('reads %j as %d', (value, number) => {
    expect(finiteNumber(value)).toBe(number);
  });

  it.each([
    [''],
    ['x'],
    ['1e3'],
    ['0x10'],
    ['1 2'],
    [true],
    [null],
    [[1]],
    [NaN],
    [Infinity],
    ['1'.repeat(33)],
  ])('finds none in %j', (value) => {
    expect(finiteNumber(value)).toBeNull();
  });
});

describe('what follows from it', () => {
  it('is a length only when it can be one', () => {
    expect(['0', 75, -1, 2e9].map(seconds)).toEqual([0, 75, null, null]);
  });

  it('is a moment in seconds, also when it came in milliseconds', () => {
    expect([1595960350, 1595960350000, 0, '', 1e30].map(epochSeconds)).toEqual([
      1595960350,
      1595960350,
      null,
      null,
      null,
    ]);
  });

  it('is an id unless it is 0, and a text unless it is blank', () => {
    expect([0, '0', ' 7 ', ''].map(nonZeroId)).toEqual([null, null, '7', null]);
    expect([' a ', ' ', false, {}].map(text)).toEqual(['a', null, 'false', null]);
  });
});
