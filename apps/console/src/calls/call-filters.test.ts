import { describe, expect, it } from 'vitest';
import { CALL_VIEWS, readCallFilters, viewOf, withView } from './call-filters';

describe('filters of calls', () => {
  it('takes from an address what it knows and nothing else', () => {
    expect(
      readCallFilters({
        number: 101,
        result: 'missed',
        direction: 'sideways',
        missed: true,
        recording: 'yes',
        x: 1,
      }),
    ).toEqual({
      number: '101',
      result: 'missed',
      missed: true,
    });
  });

  it.each(CALL_VIEWS)('the view %s keeps what was filtered by hand', (view) => {
    const filters = withView({ number: '1', missed: true }, view);
    expect(filters.number).toBe('1');
    expect(viewOf(filters)).toBe(view);
  });
});
