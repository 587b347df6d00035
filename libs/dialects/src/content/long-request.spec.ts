import fc from 'fast-check';
import type { AskedRequest } from '../facade.js';
import { readAnyRequest } from './any-request.js';
import { readLongRequest } from './long-request.js';

const asked = (body: string, query = ''): AskedRequest => ({
  method: 'POST',
  path: '/x',
  query,
  headers: {},
  body: Buffer.from(body),
});

describe('readLongRequest', () => {
  it('reads JSON as every other request is read', () => {
    const item = fc.object().map((more) => ({ ...more, a: 1 }));
    const json = fc.oneof(fc.array(item, { minLength: 1 }), item).map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(json, (text) => {
        const [long, any] = [readLongRequest, readAnyRequest].map((read) => read(asked(text, 'code=c'), {}));
        expect(long?.value).toEqual(any?.value);
        expect(long?.fields.text('code')).toBe(any?.fields.text('code'));
      }),
    );
  });

  it('keeps digits that JavaScript would round, and a mark at its beginning out', () => {
    expect(readLongRequest(asked('\ufeff[{"id":12345678901234567890}]'), {}).value).toEqual([
      { id: '12345678901234567890' },
    ]);
  });

  it.each([
    ['{"a":1 "b":2}', 'The body is not valid JSON.'],
    ['a=1&b=2', 'The body is not valid JSON.'],
    ['['.repeat(1000), 'The JSON is nested more than 64 levels deep.'],
  ])('does not look for a meaning in %s', (body, problem) => {
    const read = readLongRequest(asked(body, 'code=c'), {});
    expect(read).toMatchObject({ problem, format: 'query' });
    expect(read.fields.text('code')).toBe('c');
  });

  it('is of any bytes without a throw', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (body, query) => {
        readLongRequest({ ...asked('', query), body }, { country: 'IL' });
      }),
    );
  });
});
