import type { Dialect, Reading } from './dialect.js';
import { readWithSurplus } from './read-with-surplus.js';
import { dialectNamed } from './registry.js';

const CDR = Buffer.from(
  JSON.stringify({ ivruniqueid: '1', caller: '0501234567', representativename: 'שלום' }),
);
const voicenter = dialectNamed('voicenter') as Dialect;
const read = (body: Uint8Array, surplus: Uint8Array | null) =>
  readWithSurplus(voicenter, { method: 'POST', route: 'cdr', query: '', headers: {}, body, surplus }, {});

describe('a request whose length was announced too short', () => {
  it('is read with what followed, wherever it was cut', () => {
    for (let at = 1; at < CDR.length; at += 1) {
      expect(read(CDR.subarray(0, at), CDR.subarray(at))).toEqual(read(CDR, null));
    }
  });

  it('is read as it was announced where that can be read', () => {
    expect(read(CDR, Buffer.from('}}'))).toEqual(read(CDR, null));
  });

  it('says so where it cannot be read either way', () => {
    expect(read(Buffer.from('{"a":'), Buffer.from('?'))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Content-Length is too short') as unknown,
    });
    expect(read(Buffer.from('{"a":'), null)).toMatchObject({
      reason: expect.not.stringContaining('Content-Length') as unknown,
    });
  });
});

describe('a URL that says all, beside a body that says nothing or cannot be read', () => {
  const NOTHING = ['<a/>', '<?xml version="1.0"?><cdr/>', '<cdr></cdr>', '<a>\n </a>\r\n'];
  const TORN = ['{"x":', '<a><b>', '{"ivruniqueid":"2"', '<html>x<p>y</p></html>', '[1]', '"x"'];
  const MESSAGES: [string, string, string][] = [
    ['voicenter', 'cdr', 'ivruniqueid=1&caller=0502345678&status=ANSWER'],
    ['voicenter', 'popup', 'ivrid=1&phone=0502345678&status=Ringing'],
    ['voipnow', 'dial-in', 'CallID=1&CallerIDNum=0502345678'],
    ['globalex', 'incoming', 'callid=1&caller=0502345678'],
  ];
  const readIn = (name: string, route: string, query: string, body: string): Reading =>
    readWithSurplus(
      dialectNamed(name) as Dialect,
      { method: 'POST', route, query, headers: {}, body: Buffer.from(body), surplus: null },
      {},
    );

  it.each(MESSAGES)('counts: %s %s', (name, route, query) => {
    const alone = readIn(name, route, query, '');
    if (!alone.ok) throw new Error(alone.reason);
    for (const body of [...NOTHING, ...TORN]) {
      const reading = readIn(name, route, query, body);
      if (!reading.ok) throw new Error(`${body}: ${reading.reason}`);
      expect(reading.vendorCallIds).toEqual(['1']);
      expect(reading.question).toEqual(alone.question);
      const [report] = reading.reports;
      expect({ ...report, unreadableFields: undefined }).toEqual(alone.reports[0]);
    }
  });

  it('is noted where the body said something', () => {
    const [, , query] = MESSAGES[0] ?? ['', '', ''];
    const notesOf = (body: string): unknown => {
      const reading = readIn('voicenter', 'cdr', query, body);
      return reading.ok ? reading.reports[0]?.unreadableFields : reading.reason;
    };
    expect(NOTHING.map(notesOf)).toEqual(NOTHING.map(() => undefined));
    expect(notesOf('{"x":')).toEqual(['body']);
  });

  it('does not count where it is no message', () => {
    expect(readIn('voicenter', 'cdr', 'token=1', '{"x":')).toMatchObject({
      ok: false,
      reason: 'The body is not valid JSON.',
    });
  });
});
