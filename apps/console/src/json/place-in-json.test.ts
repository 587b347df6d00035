import { describe, expect, it } from 'vitest';
import { placeAt, placeInJson } from './place-in-json';

const TEXT = `{
  "title": "a \\" quote",
  "shapes": [
    { "name": "one", "when": [] },
    {
      "call": "data.id",
      "words": { "a.b": 1, "c": [true, null, -1.5e3] }
    }
  ]
}`;

const charAt = (path: string): string | undefined => {
  const place = placeInJson(TEXT, path);
  return place && TEXT.split('\n')[place.line - 1]?.slice(place.column - 1);
};

describe('the place of a value in JSON', () => {
  it.each([
    ['', '{'],
    ['title', '"a \\" quote",'],
    ['shapes', '['],
    ['shapes.0', '{ "name": "one", "when": [] },'],
    ['shapes.0.when', '[] },'],
    ['shapes.1.call', '"data.id",'],
    ['shapes.1.words.a.b', '1, "c": [true, null, -1.5e3] }'],
    ['shapes.1.words.c.2', '-1.5e3] }'],
  ])('finds %s', (path, text) => {
    expect(charAt(path)).toBe(text);
  });

  it('stops at the deepest that is there', () => {
    expect(placeInJson(TEXT, 'shapes.1.result')).toEqual({ line: 5, column: 5 });
    expect(placeInJson(TEXT, 'guide')).toEqual({ line: 1, column: 1 });
    expect(placeInJson(TEXT, 'title.0')).toEqual(placeInJson(TEXT, 'title'));
  });

  it('is nowhere in what is no JSON', () => {
    expect(placeInJson('{ "a": ', 'a')).toBeUndefined();
  });

  it('counts lines and columns from 1', () => {
    expect(placeAt('ab\nc', 0)).toEqual({ line: 1, column: 1 });
    expect(placeAt('ab\nc', 3)).toEqual({ line: 2, column: 1 });
  });
});
