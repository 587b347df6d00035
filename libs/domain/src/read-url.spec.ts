import { describe, expect, it } from '@jest/globals';
import { readUrl } from './read-url.js';

/** More than V8 takes to compile a function. */
const OFTEN = 100_000;

describe('a URL', () => {
  it.each(['https://münchen.example/', 'https://crm.example/?name=José', 'http://127.0.0\u00AD.1/'])(
    'is read as often as one asks: %j',
    (text) => {
      let read = 0;
      for (let i = 0; i < OFTEN; i++) if (readUrl(text) !== null) read++;
      expect(read).toBe(OFTEN);
    },
  );

  it.each(['', 'crm.example', 'http://', 'http://[::1/', '/hook'])('is not %j', (text) => {
    expect(readUrl(text)).toBeNull();
  });
});
