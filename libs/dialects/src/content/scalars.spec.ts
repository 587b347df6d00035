import { readLength } from './read-length.js';
import { finiteNumber, readMoment, text } from './scalars.js';

describe('finiteNumber', () => {
  it.each([
    [7, 7],
    [0.5, 0.5],
    [' 7 ', 7],
    ['+1.5', 1.5],
    ['.5', 0.5],
    ['-0', 0],
    [-0, 0],
    ['0,07', 0.07],
    ['45,0', 45],
    ['"45"', 45],
    ['٤٥', 45],
    ['４５', 45],
    ['१२', 12],
    ['\u200e45\u200f', 45],
    ['\u00a045\u00a0', 45],
  ])('reads %j as %d', (value, number) => {
    expect(finiteNumber(value)).toBe(number);
  });

  it.each([
    [''],
    ['x'],
    ['1e3'],
    ['0x10'],
    ['1 2'],
    ['1,234'],
    ['1,234.5'],
    ['₪0.07'],
    ['NaN'],
    ['Infinity'],
    [true],
    [null],
    [[1]],
    [{}],
    [NaN],
    [Infinity],
    ['1'.repeat(33)],
  ])('finds none in %j', (value) => {
    expect(finiteNumber(value)).toBeNull();
  });
});

describe('readLength', () => {
  it.each([
    [0, 0],
    ['0', 0],
    [75, 75],
    ['45.7', 45.7],
    ['0:45', 45],
    ['1:05', 65],
    ['12:30', 750],
    ['90:00', 5400],
    ['01:02:03', 3723],
    ['0:00:45.5', 45.5],
    ['٠:٤٥', 45],
    ['45s', 45],
    ['45 sec', 45],
    ['45 sec.', 45],
    ['45 seconds', 45],
    ['2 min 5 sec', 125],
    ['1h2m3s', 3723],
    ['3 minutes', 180],
    ['PT1M5S', 65],
    ['1500 ms', 1.5],
    ['45,0', 45],
  ])('reads %j as %d seconds', (value, seconds) => {
    expect(readLength(value)).toBe(seconds);
  });

  it.each([
    [-1],
    ['-1'],
    [2e9],
    [1e308],
    ['1:75'],
    ['1:2'],
    [':45'],
    ['1:99:00'],
    ['0:-5'],
    ['s'],
    ['PT'],
    ['45 apples'],
    ['1e3'],
    ['n/a'],
    [true],
    [[]],
    [{}],
  ])('finds none in %j', (value) => {
    expect(readLength(value)).toBeNull();
  });
});

describe('readMoment', () => {
  const NOON = Date.UTC(2026, 10, 1, 12) / 1000;

  it.each([
    1595960350,
    '1595960350',
    ' 1595960350 ',
    1595960350000,
    '1595960350000',
    1595960350000000,
    '1595960350000000',
    '"1595960350"',
  ])('reads the epoch %j, also in milliseconds and microseconds', (value) => {
    expect(readMoment(value)).toEqual({ epochSeconds: 1595960350 });
  });

  it.each<[string | number, number, 'utc' | 'local']>([
    ['2026-11-01 12:00:00', NOON, 'local'],
    ['2026-11-01T12:00:00', NOON, 'local'],
    ['2026-11-01T12:00', NOON, 'local'],
    ['2026/11/01 12:00:00', NOON, 'local'],
    ['20261101T12:00:00', NOON, 'local'],
    ['20261101T120000', NOON, 'local'],
    ['20261101120000', NOON, 'local'],
    [20261101120000, NOON, 'local'],
    ['٢٠٢٦-١١-٠١ ١٢:٠٠:٠٠', NOON, 'local'],
    ['1 Nov 2026 12:00:00', NOON, 'local'],
    ['2026-11-01T12:00:00Z', NOON, 'utc'],
    ['2026-11-01 12:00:00 UTC', NOON, 'utc'],
    ['2026-11-01T12:00:00.250Z', NOON + 0.25, 'utc'],
    ['2026-11-01T14:00:00+02:00', NOON, 'utc'],
    ['2026-11-01T14:00:00+0200', NOON, 'utc'],
    ['2026-11-01T14:00:00+02', NOON, 'utc'],
    ['2026-11-01T06:30:00-05:30', NOON, 'utc'],
    ['Sun, 01 Nov 2026 12:00:00 GMT', NOON, 'utc'],
    ['Sun, 1 Nov 2026 14:00:00 +0200', NOON, 'utc'],
  ])('reads %j, and whose clock it is', (value, epochSeconds, by) => {
    expect(readMoment(value)).toEqual({ epochSeconds, by });
  });

  it.each([
    [''],
    [0],
    [-5],
    [45],
    ['12:30:00'],
    ['soon'],
    [20261101],
    [1e30],
    [1e300],
    ['01/11/2026 12:00:00'],
    ['01.11.2026 12:00'],
    ['2026-13-01 12:00:00'],
    ['2026-02-30 12:00:00'],
    ['2026-11-01 25:00:00'],
    ['2026-11-01T12:00:00+99:00'],
    ['20261301120000'],
    ['1 Foo 2026 12:00:00'],
    [true],
    [[]],
    // Before 2000, in every spelling.
    [253402300799],
    ['253402300799'],
    [1e17],
    [946684799],
    [946684799000],
    [946684799000000],
    ['1970-01-01T00:00:00Z'],
    ['1970-01-01 00:00:00'],
    ['Thu, 01 Jan 1970 00:00:00 GMT'],
    ['19700101000000'],
    ['1999-12-31T23:59:59Z'],
    ['2000-01-01T01:00:00+02:00'],
  ])('finds none in %j', (value) => {
    expect(readMoment(value)).toBeNull();
  });
});

it('a text is one unless it is blank', () => {
  expect([' a ', ' ', false, {}].map(text)).toEqual(['a', null, 'false', null]);
});
