import { describe, expect, it } from 'vitest';
import { documentIn, hasSecrets, secretsOf } from './mapping-draft';

describe('secrets as they are typed', () => {
  it('are one a line, the newest first', () => {
    expect(secretsOf({ secret: ' new \n\nold\n' })).toEqual({ secret: ['new', 'old'] });
  });

  it('stay as they are where nothing was typed, and go where they are taken away', () => {
    expect(secretsOf({ secret: ' \n', other: null })).toEqual({ other: null });
    expect(hasSecrets({ secret: '' })).toBe(false);
    expect(hasSecrets({ other: null })).toBe(true);
  });

  it('are keys of many lines as well', () => {
    const key = '-----BEGIN PUBLIC KEY-----\nMCow\nAQAB\n-----END PUBLIC KEY-----';
    expect(secretsOf({ secret: `${key}\n${key}\n` })).toEqual({ secret: [key, key] });
  });
});

describe('a mapping as it is typed', () => {
  it.each(['', '[]', 'null', '"a"', '{'])('is none: %s', (text) => {
    expect(documentIn(text)).toBeUndefined();
  });

  it('is an object', () => {
    expect(documentIn('{"a":1}')).toEqual({ a: 1 });
  });
});
