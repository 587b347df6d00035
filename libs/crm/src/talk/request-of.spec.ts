import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { requestOf } from './request-of.js';

const BASE = 'https://crm.example/base/';

describe('requestOf', () => {
  it('puts a path behind the base, with one slash in between', () => {
    expect(requestOf({ method: 'GET', path: '/a' }, BASE).url).toBe('https://crm.example/base/a');
    expect(requestOf({ method: 'GET', path: '/a' }, 'https://crm.example').url).toBe('https://crm.example/a');
  });

  it('leaves a complete address alone', () => {
    expect(requestOf({ method: 'GET', path: 'https://files.example/a' }, BASE).url).toBe(
      'https://files.example/a',
    );
    expect(requestOf({ method: 'GET', path: '/https://x' }, BASE).url).toBe(
      'https://crm.example/base/https://x',
    );
  });

  it('leaves out what is null or undefined, and goes on behind a query that is there', () => {
    const query = { a: null, b: undefined, c: 0, d: '' };
    expect(requestOf({ method: 'GET', path: '/a', query }, BASE).url).toBe(
      'https://crm.example/base/a?c=0&d=',
    );
    expect(requestOf({ method: 'GET', path: '/a?x=1', query }, BASE).url).toContain('/a?x=1&c=0&d=');
    expect(requestOf({ method: 'GET', path: '/a', query: { a: null } }, BASE).url).not.toContain('?');
  });

  it('writes a query that is read as it was meant, blanks and pluses too', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.dictionary(text, text), (query) => {
        const { url } = requestOf({ method: 'GET', path: '/a', query }, BASE);
        expect(Object.fromEntries(new URL(url).searchParams)).toEqual({ ...query });
        expect(url.includes('+')).toBe(false);
      }),
    );
  });

  it('says what its body is, and says nothing of none', () => {
    expect(requestOf({ method: 'GET', path: '/a' }, BASE)).toMatchObject({
      headers: { accept: 'application/json' },
      body: null,
    });
    expect(requestOf({ method: 'GET', path: '/a' }, BASE).headers).not.toHaveProperty('content-type');
    expect(requestOf({ method: 'POST', path: '/a', json: [1] }, BASE)).toMatchObject({
      headers: { 'content-type': 'application/json' },
      body: '[1]',
    });
    expect(requestOf({ method: 'POST', path: '/a', form: { a: 'b c&d' } }, BASE)).toMatchObject({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a=b+c%26d',
    });
  });

  it('lets the connector have its own word in headers', () => {
    const headers = { 'content-type': 'application/vnd.api+json', accept: 'application/vnd.api+json' };
    expect(requestOf({ method: 'POST', path: '/a', json: {}, headers }, BASE).headers).toEqual(headers);
  });
});
