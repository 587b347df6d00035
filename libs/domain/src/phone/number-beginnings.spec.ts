import { numberBeginnings } from './number-beginnings.js';

describe('the beginnings of a number that is being typed', () => {
  it.each([
    ['050', ['IL'], '+97250'],
    ['050-234', ['IL', 'GB'], '+97250234'],
    ['050', ['IL', 'GB'], '+4450'],
    ['972 50', ['IL'], '+97250'],
    ['+97250', [], '+97250'],
    ['0097250', ['GB'], '+97250'],
    ['06 12', ['IT'], '+390612'],
  ])('%j in %j may be %s', (typed, countries, begin) => {
    expect(numberBeginnings(typed, countries)).toContain(begin);
  });

  it('are none of nothing', () => {
    expect(numberBeginnings(' - ', ['IL'])).toEqual([]);
    expect(numberBeginnings('050', [])).toEqual([]);
  });
});
