import { describe, expect, it } from '@jest/globals';
import { isVisible } from './is-visible.js';

describe('a text that people read', () => {
  it.each(['a', ' a ', '0', '-', 'שלום', '\u200fשלום', '日', '😀', '\u{1f468}\u200d\u{1f469}', '.'])(
    '%j shows',
    (text) => {
      expect(isVisible(text)).toBe(true);
    },
  );

  // A blank, a tab, no-break, ideographic and zero-width ones, soft hyphen, marks of direction, fillers, tags.
  it.each([
    ...[
      '',
      ' ',
      '  ',
      '\t\n',
      '\u00a0',
      '\u1680',
      '\u2003',
      '\u2028',
      '\u202f',
      '\u205f',
      '\u3000',
      '\ufeff',
      '\u0085',
    ],
    ...[
      '\u200b',
      '\u200c',
      '\u200d',
      '\u200e\u200f',
      '\u202a\u202c',
      '\u2060',
      '\u2066\u2069',
      '\u00ad',
      '\u034f',
    ],
    ...[
      '\u061c',
      '\u115f',
      '\u1160',
      '\u17b4',
      '\u180e',
      '\u2800',
      '\u3164',
      '\ufe0f',
      '\uffa0',
      '\u{e0020}',
      '\u{e0100}',
    ],
    ...[null, undefined, 7, {}, [], ['a']],
  ])('%j shows nothing', (value) => {
    expect(isVisible(value)).toBe(false);
  });
});
