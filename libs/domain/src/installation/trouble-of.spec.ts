import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { troubleOf } from './trouble-of.js';

const NONE = { late: 0, held: 0, dead: 0, silent: 0 };
const some = fc.record({ late: fc.nat(), held: fc.nat(), dead: fc.nat(), silent: fc.nat(50) });

describe('trouble of a tenant', () => {
  it('is none where nothing is wrong, and grows with whatever goes wrong', () => {
    expect(troubleOf(NONE)).toBe(0);
    fc.assert(
      fc.property(some, fc.constantFrom('late', 'held', 'dead', 'silent'), (trouble, what) => {
        expect(troubleOf({ ...trouble, [what]: trouble[what] + 1 })).toBeGreaterThan(troubleOf(trouble));
      }),
    );
  });

  it('is greater of one with several troubles than of one with much of the same', () => {
    expect(troubleOf({ ...NONE, dead: 10, silent: 2 })).toBeGreaterThan(troubleOf({ ...NONE, dead: 900 }));
  });
});
