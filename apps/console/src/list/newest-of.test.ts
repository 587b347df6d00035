import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newestOf, withPage, type Shown } from './newest-of';

interface Call {
  id: string;
  state?: string;
}
const list = (ids: string, next: string | null = null, state?: string): Shown<Call> => ({
  rows: [...ids].map((id) => (state === undefined ? { id } : { id, state })),
  next,
});
const ids = ({ rows }: Shown<Call>): string => rows.map(({ id }) => id).join('');

describe('newestOf', () => {
  it('keeps new rows waiting, and tells how many', () => {
    const { shown, waiting, all } = newestOf(list('cba'), list('edcba'));
    expect(ids(shown)).toBe('cba');
    expect(waiting).toBe(2);
    expect(ids(all)).toBe('edcba');
  });

  it('shows what became of a row where it is', () => {
    const { shown } = newestOf(list('cba', null, 'ringing'), list('cb', 'n', 'ended'));
    expect(shown.rows.map(({ state }) => state)).toEqual(['ended', 'ended', 'ringing']);
  });

  it('keeps what was read further down below the new ones', () => {
    const { all } = newestOf(list('fedcba', 'older'), list('hgfe', 'd'));
    expect(ids(all)).toBe('hgfedcba');
    expect(all.next).toBe('older');
  });

  it('says that there may be more where a whole page is new, and begins anew with it', () => {
    const { waiting, isMore, all } = newestOf(list('cba'), list('zyx', 'w'));
    expect({ waiting, isMore, all: ids(all) }).toEqual({ waiting: 3, isMore: true, all: 'zyx' });
  });

  it('lets go of what does not match any more only when new rows are let in', () => {
    const { shown, waiting, all } = newestOf(list('cba'), list('ca'));
    expect({ shown: ids(shown), waiting, all: ids(all) }).toEqual({ shown: 'cba', waiting: 0, all: 'ca' });
  });

  it('never moves what is read, whatever comes', () => {
    const rows = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 1 });
    fc.assert(
      fc.property(rows, rows, (before, first) => {
        const { shown, all } = newestOf(list(before.join('')), list(first.join('')));
        expect(ids(shown)).toBe(before.join(''));
        expect(new Set(all.rows.map(({ id }) => id)).size).toBe(all.rows.length);
      }),
    );
  });

  it('shows no row twice that two pages have', () => {
    expect(ids(withPage(list('cb', 'x'), list('ba')))).toBe('cba');
  });
});
