import { describe, expect, it } from 'vitest';
import { linesOf } from './lines-of';

describe('linesOf', () => {
  it('reads lines, and what people part otherwise, once each', () => {
    expect(linesOf(' a.example\nb.example, c.example\n\na.example ')).toEqual([
      'a.example',
      'b.example',
      'c.example',
    ]);
    expect(linesOf('  \n')).toEqual([]);
  });
});
