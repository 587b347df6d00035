import fc from 'fast-check';
import { instant } from '#domain';
import { OpenParts } from './open-parts.js';

const AT = instant(1_700_000_000_000);
const known = (part: string) => ({ part, callId: `call-${part}`, since: AT });
const going = (part: string) => ({ part, callId: `call-${part}`, message: `{"on":"${part}"}` });
const tell = (parts: OpenParts, part: string, goesOn: boolean) => {
  parts.hear({ part, callId: `call-${part}`, goesOn }, AT);
};

describe('parts of calls on a new socket', () => {
  it('are gone when they were known and do not go on, and found when they go on and were not known', () => {
    const parts = new OpenParts([known('a'), known('b')]);
    const { gone, found } = parts.compare([going('b'), going('c')]);
    expect(gone).toEqual(['a']);
    expect(found).toEqual([going('c')]);
    expect(parts.stillGone(gone)).toEqual([known('a')]);
  });

  it('are not written gone when their end is told before the answer, or soon after it', () => {
    const parts = new OpenParts([known('a'), known('b')]);
    tell(parts, 'a', false);
    const { gone } = parts.compare([]);
    expect(gone).toEqual(['b']);
    tell(parts, 'b', false);
    expect(parts.stillGone(gone)).toEqual([]);
  });

  it('are not found again by an answer that is older than the end that was told', () => {
    const parts = new OpenParts([]);
    tell(parts, 'a', true);
    tell(parts, 'a', false);
    expect(parts.compare([going('a')]).found).toEqual([]);
  });

  it('that go over to another call are told of as they were before, once', () => {
    const parts = new OpenParts([known('a')]);
    const inAnother = { part: 'a', callId: 'another', goesOn: true };
    expect(parts.hear(inAnother, AT)).toEqual(known('a'));
    expect(parts.hear(inAnother, AT)).toBeUndefined();
    expect(parts.takeChanges().begun).toEqual([{ part: 'a', callId: 'another', since: AT }]);
  });

  it('that began on this socket are left to it', () => {
    const parts = new OpenParts([]);
    tell(parts, 'a', true);
    expect(parts.compare([]).gone).toEqual([]);
  });

  it('are kept as they are known, whatever is told in whatever batches', () => {
    const tells = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.boolean(), fc.boolean()), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.subarray(['a', 'b', 'c']), tells, (before, told) => {
        const rows = new Set(before);
        const parts = new OpenParts(before.map(known));
        const truth = new Set(before);
        const write = () => {
          const { ended, begun } = parts.takeChanges();
          for (const part of ended) rows.delete(part);
          for (const { part } of begun) rows.add(part);
        };
        for (const [part, goesOn, isWritten] of told) {
          tell(parts, part, goesOn);
          if (goesOn) truth.add(part);
          else truth.delete(part);
          if (isWritten) write();
        }
        write();
        expect([...rows].sort()).toEqual([...truth].sort());
        expect(parts.size).toBe(truth.size);
      }),
    );
  });

  it('are no more than a PBX could have', () => {
    const parts = new OpenParts([]);
    for (let index = 0; index < 5_100; index += 1) tell(parts, String(index), true);
    expect(parts.size).toBe(5_000);
    expect(parts.takeChanges().begun).toHaveLength(5_000);
    tell(parts, '7', false);
    tell(parts, 'new', true);
    expect(parts.takeChanges()).toMatchObject({ ended: ['7'], begun: [{ part: 'new' }] });
  });
});
