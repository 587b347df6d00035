import fc from 'fast-check';
import { MAX_QUERY_LENGTH, MAX_QUERY_PARAMETERS, readQuery } from './read-query.js';

describe('readQuery', () => {
  it('reads plus signs, escapes, bare names, empty pairs and repeated names', () => {
    expect(readQuery('a=x+y%2B&b&&c=%D7%A9&a=2&e=1=2&f=?')).toEqual({
      ok: true,
      fields: [
        ['a', 'x y+'],
        ['b', ''],
        ['c', 'ש'],
        ['a', '2'],
        ['e', '1=2'],
        ['f', '?'],
      ],
    });
  });

  it('reads as much as is allowed', () => {
    expect(readQuery(Array(MAX_QUERY_PARAMETERS).fill('a=1').join('&')).ok).toBe(true);
    expect(readQuery(`a=${'1'.repeat(MAX_QUERY_LENGTH - 2)}`).ok).toBe(true);
  });

  it.each([
    ['a NUL character', 'a=\0', 'NUL'],
    ['an escaped NUL character', 'a=x%00y', 'NUL'],
    ['half an escape', 'a=%4', 'percent-encoded'],
    ['a stray percent sign', 'a=50%&b=1', 'percent-encoded'],
    ['escapes that are not UTF-8', 'a=%FF', 'percent-encoded'],
    ['a parameter too many', 'a=1&'.repeat(MAX_QUERY_PARAMETERS + 1), 'more than'],
    ['a byte too many', `a=${'1'.repeat(MAX_QUERY_LENGTH - 1)}`, 'longer than'],
  ])('gives a reason for %s', (_what, query, reason) => {
    expect(readQuery(query)).toEqual({ ok: false, reason: expect.stringContaining(reason) as string });
  });

  it('reads what a URL writer wrote', () => {
    const pairs = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme' })), {
      maxLength: MAX_QUERY_PARAMETERS,
    });
    fc.assert(
      fc.property(pairs, (fields) => {
        expect(readQuery(new URLSearchParams(fields).toString())).toEqual({ ok: true, fields });
      }),
    );
  });
});
