import fc from 'fast-check';
import { LONGEST_CALL_ID, keptCallId } from './kept-call-id.js';

describe('keptCallId', () => {
  it('leaves an id as it is that an index can hold', () => {
    const id = 'ש'.repeat(LONGEST_CALL_ID);
    expect(keptCallId(id)).toBe(id);
  });

  it('cuts a longer one to what an index can hold, the same every time', () => {
    const id = '😀'.repeat(3000);
    expect(keptCallId(id)).toHaveLength(LONGEST_CALL_ID);
    expect(keptCallId(id)).toBe(keptCallId(id));
    expect(keptCallId(keptCallId(id))).toBe(keptCallId(id));
    expect(keptCallId(id).isWellFormed()).toBe(true);
  });

  it('does not make one id of two', () => {
    const long = fc.string({ minLength: LONGEST_CALL_ID, maxLength: 400 }).map((tail) => `2026${tail}`);
    fc.assert(
      fc.property(long, long, fc.nat(300), (one, other, at) => {
        expect(keptCallId(one) === keptCallId(other)).toBe(one === other);
        const changed = `${one.slice(0, at)}${one[at] === 'x' ? 'y' : 'x'}${one.slice(at + 1)}`;
        expect(keptCallId(changed)).not.toBe(keptCallId(one));
      }),
    );
  });
});
