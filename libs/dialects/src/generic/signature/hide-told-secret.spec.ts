import fc from 'fast-check';
import type { KeptParts } from '../../dialect.js';
import { readPath } from '../path-shape.js';
import type { ReadyPath, ReadySignature } from '../ready-mapping.js';
import { hideToldSecret } from './hide-told-secret.js';

const SECRET = 's3cret &"1"';
const told = (at: string): ReadySignature => ({
  kind: 'token',
  at: readPath(at) as ReadyPath,
  prefix: '',
  secrets: ['secret'],
  routes: null,
});
const kept = (given: Partial<Omit<KeptParts, 'body'>> & { body?: string }): KeptParts => ({
  query: '',
  headers: {},
  surplus: null,
  ...given,
  body: Buffer.from(given.body ?? ''),
});
const hidden = (at: string, given: Parameters<typeof kept>[0], secret = SECRET): string => {
  const { query, headers, body, surplus } = hideToldSecret(told(at), kept(given), {
    secret: ['old', secret],
  });
  return [query, JSON.stringify(headers), Buffer.from(body), Buffer.from(surplus ?? '')].join('|');
};
const stars = (text: string) => '*'.repeat(text.length);

describe('a secret that a message told', () => {
  const inJson = JSON.stringify(SECRET).slice(1, -1);
  const inForm = new URLSearchParams({ x: SECRET }).toString().slice(2);
  it.each([
    ['token', { body: `{"token": "${inJson}","id":1}` }, `|{}|{"token": "${stars(inJson)}","id":1}|`],
    ['a.tokens.0', { body: `{"a":{"tokens":["${inJson}"]}}` }, `|{}|{"a":{"tokens":["${stars(inJson)}"]}}|`],
    ['@form.token', { body: `id=1&token=${inForm}` }, `|{}|id=1&token=${stars(inForm)}|`],
    ['token', { query: `token=${inForm}&id=1` }, `token=${stars(inForm)}&id=1|{}||`],
    [
      '@query.key',
      { query: `key=${encodeURIComponent(SECRET)}` },
      `key=${stars(encodeURIComponent(SECRET))}|{}||`,
    ],
    [
      'token',
      { body: '<a>', surplus: Buffer.from(`<token>${SECRET}</token>`) },
      `|{}|<a>|<token>${stars(SECRET)}</token>`,
    ],
    ['@header.x-token', { headers: { 'x-token': SECRET, y: '1' } }, '|{"x-token":"[redacted]","y":"1"}||'],
  ])('is not kept (%s)', (at, given, wanted) => {
    expect(hidden(at, given)).toBe(wanted);
  });

  it('is hidden in a form that holds JSON', () => {
    const body = new URLSearchParams({ cdr: '{"token":"101"}' }).toString();
    expect(hidden('token', { body }, '101')).toBe(`|{}|${body.replace('101', '***')}|`);
  });

  it('is hidden where it was told, and not where another field has the same value', () => {
    const body = '{"token":"101","from":"101","to":"9101","tokens":1011}';
    expect(hidden('token', { body }, '101')).toBe(
      '|{}|{"token":"***","from":"101","to":"9101","tokens":1011}|',
    );
  });

  it('is hidden wherever it stands where it stands too often to look at each', () => {
    const often = hidden('token', { body: `${SECRET} `.repeat(3_000) });
    expect(often.split(SECRET)).toHaveLength(2_001);
    expect(often).toContain(`${stars(SECRET)} |`);
    const inEach = JSON.stringify(Array.from({ length: 3_000 }, () => ({ token: SECRET })));
    expect(hidden('token', { body: inEach })).not.toContain('s3cret');
  });

  it('changes nothing where none is told', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('token', '@header.x', 'a.*'), (body, at) => {
        const given = { ...kept({}), body };
        expect(hideToldSecret(told(at), given, { secret: [SECRET] }).body).toBe(body);
        expect(hideToldSecret(null, given, { secret: [SECRET] })).toBe(given);
      }),
    );
  });
});
