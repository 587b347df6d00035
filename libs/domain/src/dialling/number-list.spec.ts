import { describe, expect, it } from '@jest/globals';
import { listHas, numberList } from './number-list.js';

describe('a list of numbers that are never dialled', () => {
  const list = numberList(['+12125550123', '+97250*', '+44*']);

  it.each([
    ['+12125550123', true],
    ['+12125550124', false],
    ['+121255501234', false],
    ['+972501234567', true],
    ['+972521234567', false],
    ['+442071234567', true],
    ['', false],
  ])('has %s: %s', (phone, has) => {
    expect(listHas(list, phone)).toBe(has);
  });

  it('has nothing where it is empty', () => {
    expect(listHas(numberList([]), '+12125550123')).toBe(false);
  });
});
