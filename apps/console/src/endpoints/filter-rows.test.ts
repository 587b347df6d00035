import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterOf, NO_ROWS, OPERATORS, rowsOf } from './filter-rows';

describe('a filter as rows', () => {
  it('says lists and conditions, and is the same filter again', () => {
    const filter = {
      directions: ['inbound'],
      payload: {
        talkSeconds: { $gte: 30, $lt: 600 },
        queue: { id: { $in: ['7', 'sales'] } },
        ai: { $exist: true },
      },
    };
    const rows = rowsOf(filter);
    expect(rows).toEqual({
      directions: ['inbound'],
      extensions: [],
      queues: [],
      conditions: [
        { path: 'talkSeconds', operator: '$gte', value: '30' },
        { path: 'talkSeconds', operator: '$lt', value: '600' },
        { path: 'queue.id', operator: '$in', value: '"7", sales' },
        { path: 'ai', operator: '$exist', value: 'true' },
      ],
    });
    expect(filterOf(rows ?? NO_ROWS)).toEqual(filter);
  });

  it('tells a text from a number that looks like it', () => {
    expect(rowsOf({ payload: { extension: '101' } })?.conditions[0]?.value).toBe('"101"');
    expect(rowsOf({ payload: { extension: 101 } })?.conditions[0]?.value).toBe('101');
  });

  it.each([
    { payload: { $or: [{ result: 'missed' }] } },
    { payload: { result: { $not: 'missed' } } },
    { payload: { 'a.b': 1 } },
    { payload: { list: [1, 2] } },
    { payload: { when: {} } },
    { other: ['x'] },
  ])('leaves to JSON what rows cannot say: %j', (filter) => {
    expect(rowsOf(filter)).toBeUndefined();
  });

  it('says nothing where nothing is asked for', () => {
    expect(rowsOf(null)).toEqual(NO_ROWS);
    expect(filterOf(NO_ROWS)).toBeNull();
  });

  it('is read back as it was written, whatever it holds', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    const operator = fc.constantFrom(...OPERATORS);
    fc.assert(
      fc.property(fc.array(fc.tuple(operator, value)), (all) => {
        const payload = Object.fromEntries(
          all.map(([name, of], index) => [`m${index}`, { [name]: name.includes('in') ? [of] : of }]),
        );
        const filter = Object.keys(payload).length === 0 ? null : { payload };
        const rows = rowsOf(filter);
        if (rows !== undefined) expect(filterOf(rows)).toEqual(filter);
      }),
    );
  });
});
