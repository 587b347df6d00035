import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskSecrets } from './mask-secrets.js';

describe('maskSecrets', () => {
  it.each([
    ['Wrong code s3cr&t.', 'Wrong code ***.'],
    ['GET /dial?code=s3cr%26t&phone=1', 'GET /dial?code=***&phone=1'],
    ['<b>S3CR&amp;T</b>', '<b>***</b>'],
  ])('hides a secret in %s', (text, masked) => {
    expect(maskSecrets(text, ['s3cr&t'])).toBe(masked);
  });

  it('leaves nothing of a secret that holds another one', () => {
    expect(maskSecrets('code 12345678', ['1234', '12345678'])).toBe('code ***');
  });

  it('tells a page of markup on one bounded line', () => {
    const told = maskSecrets(`<html>\r\n\u0000${'x'.repeat(9_000)}`, []);
    expect(told).toHaveLength(300);
    expect(told).toMatch(/^<html> x+…$/);
  });

  it('never tells a secret, whatever surrounds it and whatever it is', () => {
    const secrets = fc.string({ unit: 'binary', minLength: 4 }).filter((text) => /^[^\s*…]{4,}$/u.test(text));
    fc.assert(
      fc.property(fc.string(), secrets, fc.string(), (before, secret, after) => {
        expect(maskSecrets(before + secret + after, [secret])).not.toContain(secret);
      }),
    );
  });
});
