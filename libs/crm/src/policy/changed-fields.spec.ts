import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { changedFields } from './changed-fields.js';

const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.string(), fc.integer()));

describe('changedFields', () => {
  it('writes what is new where ours stands as we wrote it', () => {
    const now = (name: string) => ({ a: 'one', b: '7' })[name] ?? '';
    expect(changedFields<string | number>(now, { a: 'one', b: 7 }, { a: 'two', b: 8, c: 'new' })).toEqual({
      a: 'two',
      b: 8,
      c: 'new',
    });
  });

  it('writes nothing over what is somebody else’s', () => {
    fc.assert(
      fc.property(fields, fields, fields, (current, before, next) => {
        const has = (name: string) => String(current[name] ?? '');
        const changed = changedFields(has, before, next);
        for (const [name, value] of Object.entries(changed)) {
          expect(value).toBe(next[name]);
          expect(value).not.toBe(before[name]);
          expect(has(name)).toBe(String(before[name] ?? ''));
        }
      }),
    );
  });
});
