import { sniffPlainFormat } from './sniff-plain-format.js';

describe('sniffPlainFormat', () => {
  it.each([
    ['', undefined, 'query'],
    ['', 'application/json', 'query'],
    ['<a/>', 'application/json', 'xml'],
    ['{"a":1}', 'text/xml', 'json'],
    ['a=1', 'text/xml', 'form'],
    [' ', 'text/xml', 'xml'],
  ])('takes %j under %s for %s', (body, contentType, format) => {
    expect(sniffPlainFormat({ headers: { 'content-type': contentType }, body: Buffer.from(body) })).toBe(
      format,
    );
  });
});
