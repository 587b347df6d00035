import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { etagOf, readIfMatch } from './etag.js';

const times = fc.integer({ min: 0, max: Date.UTC(9999, 0) });

describe('the ETag of a thing', () => {
  it('names the time of its last change, and is read back, alone or among others', () => {
    fc.assert(
      fc.property(times, (at) => {
        const tag = etagOf(new Date(at).toISOString()) ?? '';
        expect(readIfMatch(tag)).toEqual([at]);
        expect(readIfMatch(`"an other", ${tag}`.replace('an other', 'another'))).toEqual([
          ...(readIfMatch('"another"') ?? []),
          at,
        ]);
      }),
    );
  });

  it('matches nothing where it is weak or nobody’s, and anything where it is a star', () => {
    expect(readIfMatch('W/"abc"')).toEqual([]);
    expect(readIfMatch('"Not-Ours!"')).toEqual([]);
    expect(readIfMatch(' * ')).toBeNull();
    expect(etagOf(undefined)).toBeUndefined();
  });

  it.each(['', 'abc', '"abc', '"a" "b"', '"a",', '*, "a"'])('%j is refused', (header) => {
    expect(() => readIfMatch(header)).toThrow(/If-Match is/);
  });
});
