import { describe, expect, it } from 'vitest';
import { remember, rememberedFor, type Shelf } from './remembered';

function shelf(text: string | null = null): Shelf {
  let kept = text;
  return {
    read: () => kept,
    write: (next) => {
      kept = next;
    },
  };
}
const dana = { id: '1', source: 'directory', name: 'Dana', company: null, url: null };
const noa = { ...dana, id: '2', name: 'Noa' };

describe('whom an agent chose for a number', () => {
  it('is chosen again while they still have the number', () => {
    const on = shelf();
    remember(on, '+972502345678', noa);
    expect(rememberedFor(on, '+972502345678', [dana, noa])).toBe(noa);
    expect(rememberedFor(on, '+972502345678', [dana])).toBeUndefined();
  });
  it('may be none of them', () => {
    const on = shelf();
    remember(on, '+1', null);
    expect(rememberedFor(on, '+1', [dana])).toBeNull();
  });
  it('is nobody for a number that nothing is remembered of, or where what is kept is not ours', () => {
    expect(rememberedFor(shelf(), '+1', [dana])).toBeUndefined();
    expect(rememberedFor(shelf('{"a":'), '+1', [dana])).toBeUndefined();
  });
  it('forgets the oldest', () => {
    const on = shelf();
    for (let number = 0; number <= 200; number += 1) remember(on, String(number), dana);
    expect(rememberedFor(on, '0', [dana])).toBeUndefined();
    expect(rememberedFor(on, '200', [dana])).toBe(dana);
  });
});
