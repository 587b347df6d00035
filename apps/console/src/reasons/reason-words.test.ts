import { describe, expect, it } from 'vitest';
import { reasonWords } from './reason-words';

const said = {
  words: 'Gave up after 2 tries over 3 hours. The endpoint answered 503.',
  code: 'retries_used_up',
  params: {
    tries: 2,
    overSeconds: 10_800,
    cause: 'The endpoint answered 503.',
    causeCode: 'answered',
    status: 503,
  },
} as const;

describe('words of the server', () => {
  it('are its own in English', () => {
    expect(reasonWords(said, 'en')).toBe(said.words);
  });

  it('are said by their code in Hebrew, with what brought it about', () => {
    const words = reasonWords(said, 'he') ?? '';
    expect(words).toContain('שני ניסיונות');
    expect(words).toContain('503');
    expect(words).not.toMatch(/[a-z]{3}/i);
  });

  it('stay as they are where nobody has a code for them, and are none where it said nothing', () => {
    expect(reasonWords({ words: 'x', code: null, params: null }, 'he')).toBe('x');
    expect(reasonWords({ words: null, code: null, params: null }, 'he')).toBeUndefined();
  });
});
