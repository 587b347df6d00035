import fc from 'fast-check';
import { readJson } from '../read-json.js';
import { withExactNumbers } from './exact-numbers.js';

const valueOf = (text: string): unknown => {
  const reading = readJson(text);
  return reading.ok ? reading.value : reading.reason;
};

describe('numbers in JSON', () => {
  it.each([
    '9007199254740993',
    '-9007199254740993',
    '12345678901234567890',
    '100000000000000000000000',
    '9007199254740992',
    '0.1000000000000000055',
    '12345678.123456789012',
    '1e400',
    '9.007199254740993e15',
    '1595960350.70',
  ])('%s keeps its digits, as text', (digits) => {
    expect(valueOf(digits)).toBe(digits);
    expect(valueOf(`{"a":{"deal": ${digits}},"b":[${digits},1]}`)).toEqual({
      a: { deal: digits },
      b: [digits, 1],
    });
  });

  it.each([
    ['9007199254740991', 9007199254740991],
    ['972501234567', 972501234567],
    ['1595960350.77', 1595960350.77],
    ['0.1', 0.1],
    ['30.0', 30],
    ['1.50', 1.5],
    ['1e3', 1000],
    ['-1.5E-7', -1.5e-7],
    ['1000000000000000.0', 1e15],
    ['0.00000000000000000001', 1e-20],
    ['-0', -0],
    ['0e5', 0],
  ])('%s is a number', (digits, number) => {
    expect(valueOf(`[${digits}]`)).toEqual([number]);
  });

  it('in a text are left alone', () => {
    const text = JSON.stringify({
      a: ':9007199254740993',
      b: '[1e400,9007199254740993]',
      'c,12345678901234567890': '\\":1e999\\',
    });
    expect(valueOf(text)).toEqual(JSON.parse(text));
    expect(withExactNumbers('{"a":"x","b":"20180913161553001234"}')).toBe(
      '{"a":"x","b":"20180913161553001234"}',
    );
  });

  it('come out as JSON.parse has them, wherever that loses nothing', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const parsed: unknown = JSON.parse(text);
        const read = valueOf(text);
        // Of doubles the shortest form is exact; whole ones beyond the safe integers are their digits.
        expect(JSON.parse(JSON.stringify(read), numbersAgain)).toEqual(
          JSON.parse(JSON.stringify(parsed), numbersAgain),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('of any length keep every digit', () => {
    const digits = fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 17, maxLength: 40 }),
    );
    fc.assert(
      fc.property(digits, fc.string(), ([first, rest], around) => {
        const json = `{${JSON.stringify(around)}:[${first}${rest},${JSON.stringify(around)}]}`;
        expect(valueOf(json)).toEqual({ [around]: [`${first}${rest}`, around.replaceAll('\0', '')] });
      }),
    );
  });
});

/** Text that is a number for the number, on both sides. */
function numbersAgain(_name: string, value: unknown): unknown {
  return typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
}
