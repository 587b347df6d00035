import { describe, expect, it } from 'vitest';
import { readViews, savedAs, withSaved } from './saved-views';

const mine = { name: 'Mine', filters: { extension: '101', missed: true } };

describe('saved views', () => {
  it('are what was kept, and nothing else that may lie there', () => {
    expect(readViews(JSON.stringify([mine, 7, { name: 'x' }, null]))).toEqual([mine]);
    expect(readViews('{')).toEqual([]);
    expect(readViews(null)).toEqual([]);
  });

  it('have one view of a name, in the order of names', () => {
    const other = { name: 'A', filters: {} };
    expect(withSaved([mine], other)).toEqual([other, mine]);
    expect(withSaved([mine], { ...mine, filters: {} })).toEqual([{ ...mine, filters: {} }]);
  });

  it('are known by their filters, in whatever order an address has them', () => {
    expect(savedAs([mine], { missed: true, extension: '101' })).toBe(mine);
    expect(savedAs([mine], { missed: true })).toBeUndefined();
  });
});
