import { readContent } from './read-content.js';
import { MAX_JSON_DEPTH } from './read-json.js';
import { sniffFormat } from './sniff-format.js';

const bytes = (text: string) => Buffer.from(text);
const post = (body: string | Uint8Array, contentType?: string, query = '') => ({
  method: 'POST',
  route: 'cdr',
  query,
  headers: { 'content-type': contentType },
  body: typeof body === 'string' ? bytes(body) : body,
});

describe('sniffFormat', () => {
  it.each([
    ['{"a":1}', 'text/xml', 'json'],
    ['\n [1]', 'application/x-www-form-urlencoded', 'json'],
    ['\ufeff{"a":1}', undefined, 'json'],
    ['<?xml version="1.0"?>', 'application/json', 'xmlrpc'],
    ['a=1', undefined, 'form'],
    ['a=1', 'application/json', 'form'],
    ['1', 'application/json', 'json'],
    ['', 'application/soap+xml', 'xmlrpc'],
    ['', undefined, 'form'],
  ])('takes %j under %s for %s', (body, contentType, format) => {
    expect(sniffFormat(post(body, contentType))).toBe(format);
  });
});

describe('readContent', () => {
  it('reads JSON whatever the header says', () => {
    expect(readContent(post('{"a":1}', 'text/plain'))).toEqual({ ok: true, format: 'json', value: { a: 1 } });
  });

  it('lets the last of two members with one name count', () => {
    expect(readContent(post('{"a":1,"a":2}'))).toMatchObject({ value: { a: 2 } });
  });

  it('reads a form with plus signs, escapes, bare names, stray percent signs and repeated fields', () => {
    expect(readContent(post('a=x+y%2B&b&c=%D7%A9&d=50%&a=2&&e=1=2'))).toEqual({
      ok: true,
      format: 'form',
      fields: [
        ['a', 'x y+'],
        ['b', ''],
        ['c', 'ש'],
        ['d', '50%'],
        ['a', '2'],
        ['e', '1=2'],
      ],
    });
  });

  it('reads the query of a request without a body', () => {
    expect(readContent({ ...post('', undefined, 'a=1'), method: 'GET' })).toMatchObject({
      fields: [['a', '1']],
    });
  });

  it('drops escaped NUL characters, which PostgreSQL could not keep', () => {
    expect(readContent(post('{"a":"x\\u0000y","b":["\\u0000"]}'))).toMatchObject({
      value: { a: 'xy', b: [''] },
    });
    expect(readContent(post('a=x%00y'))).toMatchObject({ fields: [['a', 'xy']] });
  });

  it.each([
    ['an empty request', post(''), 'neither body nor query'],
    ['NUL bytes', post('{"a":"\0"}'), 'NUL'],
    ['invalid UTF-8', post(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])), 'UTF-8'],
    ['invalid UTF-8 in a form', post('a=%FF'), 'UTF-8'],
    ['truncated JSON', post('{"a":1'), 'JSON'],
    ['prose', post('hello'), 'neither JSON nor XML nor a form'],
    ['too deep JSON', post('['.repeat(MAX_JSON_DEPTH + 1) + ']'.repeat(MAX_JSON_DEPTH + 1)), 'deep'],
    ['very deep JSON', post('['.repeat(500_000) + ']'.repeat(500_000)), 'deep'],
    ['too many fields', post('a=1&'.repeat(2000)), 'more than'],
  ])('gives a reason for %s', (_what, request, reason) => {
    expect(readContent(request)).toMatchObject({
      ok: false,
      reason: expect.stringContaining(reason) as string,
    });
  });

  it('reads JSON as deep as is allowed', () => {
    expect(readContent(post('['.repeat(MAX_JSON_DEPTH) + ']'.repeat(MAX_JSON_DEPTH))).ok).toBe(true);
  });
});
