import fc from 'fast-check';
import { readBareRequest } from './read-bare-request.js';

const read = (text: string) => readBareRequest(Buffer.from(text));

describe('a request that Node refuses', () => {
  it.each<[string, string]>([
    ['GET /in/a?x=שלום HTTP/1.1', '/in/a?x=%D7%A9%D7%9C%D7%95%D7%9D'],
    ['GET /in/a?x=a b  c HTTP/1.1', '/in/a?x=a%20b%20%20c'],
    ['GET /in/a?x=HTTP/1.1 x HTTP/1.0', '/in/a?x=HTTP/1.1%20x'],
    ['GET  /in/a?x=\x01\x7f  http/1.1 ', '/in/a?x=%01%7F'],
    ['GET /in/a?x=1', '/in/a?x=1'],
  ])('is read: %j', (line, url) => {
    expect(read(`${line}\r\n\r\n`)).toMatchObject({ kind: 'whole', head: { method: 'GET', url, length: 0 } });
    expect(read(`\r\n${line}\n\n`)).toMatchObject({ kind: 'whole', head: { url } });
  });

  it('has its headers, folded ones and repeated ones too', () => {
    expect(
      read('POST /in HTTP/1.1\nA : 1\n 2\nb:3\nB: 4\nnonsense\n:5\nContent-Length: 7\n\nbody'),
    ).toMatchObject({
      kind: 'whole',
      head: { headers: { a: '1 2', b: '3, 4', 'content-length': '7' }, length: 7, bodyAt: 67 },
    });
  });

  it.each([
    'Content-Length: 1\r\nContent-Length: 1',
    'Content-Length: 1, 1',
    'Content-Length: -1',
    'Content-Length: 1x',
    'Content-Length: 0x10',
    'Content-Length: 9999999999',
    'Content-Length:',
    'Content-Length : 1\r\nContent_Length: 2',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding : identity',
    'Content-Length: 1\r\n\tTransfer-Encoding: chunked',
    'X-Transfer-Encoding: chunked',
  ])('is refused where its body could end in two places: %j', (headers) => {
    expect(read(`POST /in HTTP/1.1\r\n${headers}\r\n\r\n`)).toEqual({ kind: 'unreadable', why: 'bad_body' });
  });

  it.each(['', 'g=t / HTTP/1.1', '/in/a', 'GET', 'GET ', '\x16\x03\x01'])('is none: %j', (line) => {
    expect(read(`${line}\r\nx: y\r\n\r\n`)).toEqual({ kind: 'unreadable', why: 'not_http' });
  });

  it('is waited for until its head is whole', () => {
    const text = 'GET /in/a?x=ש HTTP/1.1\r\nHost: x\r\n\r\n';
    const bytes = Buffer.from(text);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(readBareRequest(bytes.subarray(0, length)).kind).toBe('more');
    }
    expect(readBareRequest(bytes).kind).toBe('whole');
  });

  it('never throws, and never makes a URL that is none', () => {
    const pieces = fc.constantFrom(
      'GET',
      ' ',
      '/in/',
      '\r',
      '\n',
      '\r\n\r\n',
      ':',
      'ש',
      '\0',
      'HTTP/1.1',
      'content-length: 3',
      '?',
    );
    fc.assert(
      fc.property(fc.array(pieces), fc.uint8Array(), (texts, bytes) => {
        const reading = readBareRequest(Buffer.concat([Buffer.from(texts.join('')), bytes]));
        if (reading.kind === 'whole') expect(reading.head.url).toMatch(/^[\x21-\x7e]+$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
