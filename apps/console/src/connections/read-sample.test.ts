import { describe, expect, it } from 'vitest';
import { readSample } from './read-sample';

describe('a pasted sample', () => {
  it('is a whole request', () => {
    const text =
      'POST /in/TOKEN/generic/event?a=1 HTTP/1.1\r\nHost: pbx.example\r\nX-Signature: a: b\r\n\r\n{"a":1}\r\n';
    expect(readSample(text)).toEqual({
      method: 'POST',
      route: 'event',
      query: 'a=1',
      headers: { host: 'pbx.example', 'x-signature': 'a: b', 'content-type': 'application/json' },
      body: '{"a":1}',
    });
  });

  it('is a request without a body', () => {
    expect(readSample('GET /in/TOKEN/generic/event?call=1&to=%2B1')).toMatchObject({
      method: 'GET',
      query: 'call=1&to=%2B1',
      headers: {},
      body: '',
    });
  });

  it.each([
    ['{"event":"call"}', 'application/json'],
    ['[{"event":"call"}]', 'application/json'],
    ['<call/>', 'application/xml'],
    ['event=newCall&from=1', 'application/x-www-form-urlencoded'],
  ])('is a body alone: %s', (body, kind) => {
    expect(readSample(`\n${body}\n`)).toEqual({
      method: 'POST',
      route: undefined,
      query: '',
      headers: { 'content-type': kind },
      body,
    });
  });

  it('is a curl command of a manual', () => {
    const command = [
      'curl \\',
      '  -X POST \\',
      '  -H "X-Key: a \\"quoted\\" key" --header \'Accept: */*\' \\',
      '  --data "event=newCall&from=49211&user[]=Alice" -d to=1 \\',
      '  http://localhost:3000/hooks/event',
    ].join('\n');
    expect(readSample(command)).toEqual({
      method: 'POST',
      route: 'event',
      query: '',
      headers: {
        'x-key': 'a "quoted" key',
        accept: '*/*',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'event=newCall&from=49211&user[]=Alice&to=1',
    });
  });

  it('is a curl command that only gets', () => {
    expect(readSample("curl -i 'https://a.example/x/end?id=1'")).toMatchObject({
      method: 'GET',
      route: 'end',
      query: 'id=1',
    });
  });
});
