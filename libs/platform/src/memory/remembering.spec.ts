import { remembering } from './remembering.js';

describe('a function that remembers', () => {
  it('answers as the function does, and asks it once for each text', () => {
    const asked: string[] = [];
    const length = remembering((text) => {
      asked.push(text);
      return text.length;
    }, 10);
    expect([length('a'), length('bb'), length('a'), length('bb'), length('')]).toEqual([1, 2, 1, 2, 0]);
    expect(asked).toEqual(['a', 'bb', '']);
  });

  it('keeps no more than it is told', () => {
    let asked = 0;
    const counted = remembering(() => (asked += 1), 2);
    for (const text of ['a', 'b', 'c', 'a', 'c']) counted(text);
    expect(asked).toBe(4);
  });
});
