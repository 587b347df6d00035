import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { membersOf } from '../members.js';
import { readRepeatingJson } from './repeating-json.js';

/** As it is when it was written and read. */
const written = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('JSON whose names repeat', () => {
  it('is read as JSON.parse reads it', () => {
    const blanks = fc.constantFrom('', ' ', '\t', '\r\n  ');
    fc.assert(
      fc.property(fc.jsonValue(), blanks, (value, indent) => {
        const json = `${indent}${JSON.stringify(value, null, indent)}${indent}`;
        expect(readRepeatingJson(json)).toEqual(JSON.parse(json));
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps every member, whatever its name and value hold', () => {
    const member = fc.tuple(
      fc.oneof(fc.constantFrom('a', 'b', '__proto__', '"', '\\', ':', '}'), fc.string()),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.array(member), (members) => {
        const json = `{${members.map(([name, value]) => `${JSON.stringify(name)} : ${JSON.stringify(value)}`).join(' ,')}}`;
        const read = readRepeatingJson(json) as object;
        expect(read).toEqual(JSON.parse(json));
        const told = new Set(members.map(([name]) => name)).size < members.length ? members : [];
        // An object without repeated names gives its members in the order of ECMAScript.
        if (told.length > 0) {
          expect(membersOf(read)).toEqual(told.map(([name, value]) => [name, written(value)]));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is remembered at any depth', () => {
    const read = readRepeatingJson('{"call":[{"id":1,"id":2}]}') as { call: [object] };
    expect(membersOf(read.call[0])).toEqual([
      ['id', 1],
      ['id', 2],
    ]);
  });

  it.each(['', '{"a"', '{"a":', '{a:1}', '["', '{"a":1', 'nul'])('ends where there is none: %j', (json) => {
    expect(() => readRepeatingJson(json)).toThrow(SyntaxError);
  });
});
