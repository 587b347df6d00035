import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { surveyJson } from './survey-json.js';

describe('a look at JSON', () => {
  it.each([
    ['{}', { names: 0, depth: 1, exact: true }],
    ['"a:{[1e400"', { names: 0, depth: 0, exact: true }],
    ['{"a":{"b":[[]]},"a":1}', { names: 3, depth: 4, exact: true }],
    ['{"a\\":":"\\\\","b":"\\\\\\"c\\":{"}', { names: 2, depth: 1, exact: true }],
    ['[1,-2.5,1e3,30.0]', { names: 0, depth: 1, exact: true }],
    ['{"a": 12345678901234567890}', { names: 1, depth: 1, exact: false }],
    ['-1e400', { names: 0, depth: 0, exact: false }],
    ['[1595960350.70]', { names: 0, depth: 1, exact: false }],
  ])('%s', (json, told) => {
    expect(surveyJson(json)).toEqual(told);
  });

  it('counts every name and level of any value', () => {
    const count = (value: unknown): [names: number, depth: number] => {
      if (typeof value !== 'object' || value === null) return [0, 0];
      const inner = Object.values(value).map(count);
      const names = inner.reduce((sum, [each]) => sum + each, Array.isArray(value) ? 0 : inner.length);
      return [names, 1 + Math.max(0, ...inner.map(([, depth]) => depth))];
    };
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1), (value, indent) => {
        const [names, depth] = count(value);
        expect(surveyJson(JSON.stringify(value, null, indent))).toMatchObject({ names, depth });
      }),
      { numRuns: 2_000 },
    );
  });

  it('ends with the text, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', ':', '1', '-', 'e', '.', 'a') }),
        (text) => {
          expect(surveyJson(text).names).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each(['"', '\\', '"\\', '\\"', '-', '1', '[', '":'])('takes its time once: %j', (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    // What the processor did, and not what others did on it meanwhile.
    const before = process.cpuUsage();
    surveyJson(text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});
