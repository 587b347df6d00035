import fc from 'fast-check';
import { matchesPayload } from './matches-payload.js';

describe('conditions on a payload', () => {
  const data = { result: 'missed', talkSeconds: 0, from: { e164: '+972501234567' }, queue: null };

  it.each<[Record<string, unknown>, boolean]>([
    [{ result: 'missed' }, true],
    [{ result: 'answered' }, false],
    [{ from: { e164: { $startsWith: '+972' } } }, true],
    [{ talkSeconds: { $gte: 30 } }, false],
    [{ $or: [{ result: 'busy' }, { result: 'missed' }] }, true],
    [{ queue: { name: 'Sales' } }, false],
    [{ nothing: { $exist: false } }, true],
    [{ result: { $gt: 3 } }, false],
  ])('%j: %s', (conditions, expected) => {
    expect(matchesPayload(data, conditions)).toBe(expected);
  });

  it('that do not fit the data are not met, whatever both are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (given, conditions) => {
        expect(typeof matchesPayload(given, conditions)).toBe('boolean');
      }),
    );
  });
});
