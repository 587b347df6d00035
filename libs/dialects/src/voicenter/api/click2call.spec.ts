/** Click-to-call: every sample of seed section 1, and every parameter of its tables. */
import type { AskFailure } from '#domain';
import { EVERYTHING_TOLD, EVERY_FAILURE } from '../../conformance/told.fixture.js';
import type { FacadeReply } from '../../facade.js';
import { readResponse } from '../../xmlrpc/read-response.js';
import { readXml, type XmlElement } from '../../xmlrpc/read-xml.js';
import { askOf, jsonOf, problemOf, readAsked, replyTelling, replyTo } from './api.fixture.js';

const orderIn = (...args: Parameters<typeof readAsked>) => {
  const ask = askOf(...args);
  if (ask.kind !== 'place') throw new Error(ask.kind);
  return ask;
};
const placed = { ...EVERYTHING_TOLD.place, callId: 'sdfsdfsdfsdfsdfsdfsdfsdfsdfsd0brp' } as const;
const number = (value: string) => ({ kind: 'number', value });
const extension = (value: string) => ({ kind: 'extension', value });
const NOBODY = { first: null, second: null };

/** How the PHP sample of seed 1.7 finds the id: the text of `<string>` in the member whose name it is. */
function callIdAsPhpReads({ body }: FacadeReply): string | undefined {
  const xml = readXml(body);
  if (!xml.ok) throw new Error(xml.reason);
  const child = (of: XmlElement | undefined, name: string) => of?.children.find((one) => one.name === name);
  const path = ['params', 'param', 'value', 'struct'];
  const inside = path.reduce<XmlElement | undefined>(child, xml.root);
  for (const member of inside?.children ?? []) {
    if (child(member, 'name')?.text === 'CALLID') return child(child(member, 'value'), 'string')?.text;
  }
  return undefined;
}

describe('the samples of seed section 1', () => {
  it('1.1, the example of a GET: the X of the numbers are letters, so they are extensions', () => {
    expect(readAsked('click2call', 'seed-call.query').presented).toEqual({
      kind: 'code',
      code: 'XXXXXXXXXXXX',
    });
    expect(orderIn('click2call', 'seed-call.query')).toEqual({
      kind: 'place',
      order: {
        kind: 'call',
        first: extension('057XXXXXXX'),
        second: extension('03XXXXXXX'),
        callerId: NOBODY,
        callerName: NOBODY,
        ringSeconds: { first: 60, second: 60 },
        maxSeconds: 7200,
        record: false,
        autoAnswer: { first: false, second: false },
        checkDevice: { first: false, second: false },
        language: null,
        voicemailBox: null,
        announcement: null,
        conferenceRoom: null,
        variables: {},
      },
    });
  });

  it('1.6, the XML response example, a member a line and nothing but strings', () => {
    const reading = readAsked('click2call', 'phone-missing.query');
    if (reading.ask.ok) throw new Error('It should not be read.');
    const reply = replyTo(reading, reading.ask);
    expect(reply.contentType).toMatch(/^text\/xml/);
    expect(reply.body.replace(/^<\?xml.*\?>\n/, '')).toBe(
      `<methodResponse><params><param><value><struct>
         <member><name>ERRORCODE</name><value><string>1</string></value></member>
         <member><name>ERRORMESSAGE</name><value><string>Phone is missing</string></value></member>
         <member><name>CALLID</name><value><string></string></value></member>
       </struct></value></param></params></methodResponse>`.replace(/\n\s*/g, ''),
    );
  });

  it('1.6, the JSON response example', () => {
    const reply = replyTelling(readAsked('click2call', 'everything.form'), placed);
    expect(reply.contentType).toMatch(/^application\/json/);
    expect(reply.body).toBe(
      '{"ERRORCODE":0,"ERRORMESSAGE":"OK","CALLID":"sdfsdfsdfsdfsdfsdfsdfsdfsdfsd0brp"}',
    );
  });

  it('1.7, the PHP sample: what it posts is an order, and it finds the id in what it is told', () => {
    const reading = readAsked('click2call', 'seed-php-sample.form');
    expect(orderIn('click2call', 'seed-php-sample.form').order).toMatchObject({
      first: extension('SIPSIP'),
      second: number('+972523258000'),
      callerId: { first: '0500000000', second: '0523258000' },
      record: true,
    });
    expect(callIdAsPhpReads(replyTelling(reading, placed))).toBe('sdfsdfsdfsdfsdfsdfsdfsdfsdfsd0brp');
    expect(callIdAsPhpReads(replyTo(reading, { ok: false, failure: EVERY_FAILURE.offline }))).toBe('');
  });
});

describe('the parameters of seed 1.2', () => {
  it('are all read, in any case', () => {
    expect(orderIn('click2call', 'everything.form')).toEqual({
      kind: 'place',
      order: {
        kind: 'call',
        first: extension('101'),
        second: number('+972523258000'),
        callerId: { first: '0722776772', second: '0722776773' },
        callerName: { first: 'Sales', second: 'Acme' },
        ringSeconds: { first: 20, second: 45 },
        maxSeconds: 600,
        record: true,
        autoAnswer: { first: true, second: true },
        checkDevice: { first: true, second: false },
        language: 'he',
        voicemailBox: '77',
        announcement: null,
        conferenceRoom: null,
        variables: { customer: '2342' },
      },
      despiteDoNotCall: { first: true, second: true },
    });
  });

  it('may come as XML-RPC', () => {
    expect(readAsked('click2call', 'call.xml').presented).toEqual({ kind: 'code', code: 'c0de-of-ours' });
    expect(orderIn('click2call', 'call.xml').order).toMatchObject({
      first: extension('SIPSIP'),
      second: number('+972523258000'),
      record: true,
      maxSeconds: 90,
      variables: { lead: '7' },
    });
  });

  it('know a trunk, and whoever is logged in with a code', () => {
    expect(orderIn('click2call', 'trunk.query').order.first).toEqual({ kind: 'trunk', value: '' });
    expect(orderIn('click2call', 'login-code.query').order.first).toEqual({
      kind: 'login_code',
      value: '4711',
    });
    expect(problemOf('click2call', { query: 'phone=LoginCode&target=1' })).toBe('PhoneLoginCode is missing');
  });

  it('name ten variables at most, and what is beyond them is noted and not passed on', () => {
    const variables = Array.from({ length: 12 }, (_, index) => `var_v${index}=${index}`).join('&');
    const { order, dropped } = orderIn('click2call', { query: `phone=1&target=2&${variables}&var_v0=again` });
    expect(Object.keys(order.variables)).toEqual(Array.from({ length: 10 }, (_, index) => `v${index}`));
    expect(order.variables['v0']).toBe('again');
    expect(dropped).toEqual(['var_v10', 'var_v11']);
  });

  it('that cannot be read have the vendor’s defaults, and are noted', () => {
    const query = 'phone=1&target=2&record=maybe&phonemaxdialtime=soon&targetmaxdialtime=900&maxduration=0';
    const { order, dropped } = orderIn('click2call', { query: `${query}&ignoredncstatus=7` });
    expect(order).toMatchObject({ record: false, ringSeconds: { first: 60, second: 300 }, maxSeconds: 7200 });
    expect(dropped).toEqual(['record', 'phonemaxdialtime', 'maxduration', 'ignoredncstatus']);
  });

  it('that are endless are left out, and noted', () => {
    const long = 'x'.repeat(257);
    const query = `phone=1&target=2&phonecallername=${long}&language=${long}&var_a=${long}&var_b=b`;
    const { order, dropped } = orderIn('click2call', { query });
    expect(order).toMatchObject({ callerName: NOBODY, language: null, variables: { b: 'b' } });
    expect(dropped).toEqual(['language', 'phonecallername', 'var_a']);
  });

  it.each([
    ['1', { first: true }],
    ['2', { second: true }],
    ['3', { first: true, second: true }],
    ['0', undefined],
  ])('say for whom lists do not count: %s', (status, despite) => {
    const query = `phone=1&target=2&ignoredncstatus=${status}`;
    expect(orderIn('click2call', { query }).despiteDoNotCall).toEqual(despite);
  });

  it.each([
    ['target=1', 'Phone is missing'],
    ['phone=1', 'Target is missing'],
    ['phone=&target=1', 'Phone is missing'],
    [`phone=${'1'.repeat(65)}&target=1`, 'Phone is invalid'],
    [`phone=1&target=${'1'.repeat(65)}`, 'Target is invalid'],
    [`phone=logincode&phonelogincode=${'1'.repeat(65)}&target=1`, 'PhoneLoginCode is invalid'],
    ['phone=1&target=2&action=transfer', 'Action is invalid'],
    ['action=terminate', 'Phone is missing'],
  ])('%s: %s', (query, problem) => {
    expect(problemOf('click2call', { query })).toBe(problem);
  });

  it('are not guessed from half a body', () => {
    expect(problemOf('click2call', { body: '{"phone":"1","target":' })).toBe('The body is not valid JSON.');
  });
});

describe('the other actions of seed 1.3 to 1.5', () => {
  it('message: recordings and digits, for half a minute unless more is said', () => {
    expect(orderIn('click2call', 'message.json').order).toMatchObject({
      kind: 'announce',
      first: number('+972523258000'),
      second: null,
      announcement: { before: 'hello', digits: '1234', between: 'beep', after: 'bye' },
      callerId: { first: '0722776772', second: null },
      ringSeconds: { first: 30, second: null },
      maxSeconds: 30,
    });
  });

  it('callference: a room', () => {
    expect(orderIn('click2call', 'callference.query').order).toMatchObject({
      kind: 'conference',
      first: number('+972523258000'),
      second: null,
      conferenceRoom: '9911',
      ringSeconds: { first: 30, second: null },
      maxSeconds: 3600,
    });
  });

  it('terminate: the calls of an extension', () => {
    expect(askOf('click2call', 'terminate.json')).toEqual({ kind: 'hang_up', extension: 'SIPSIP' });
    const reading = readAsked('click2call', 'terminate.json');
    expect(jsonOf(replyTelling(reading, { kind: 'hang_up', calls: 0 }))).toEqual({
      ERRORCODE: 0,
      ERRORMESSAGE: 'OK',
      CALLID: '',
    });
  });
});

describe('what is answered', () => {
  const reading = readAsked('click2call', 'everything.form');
  const codes: [AskFailure['code'], number][] = [
    ['invalid', 1],
    ['unauthorised', 1],
    ['address', 1],
    ['not_found', 1],
    ['offline', 3],
    ['blocked', 4],
    ['unsupported', 2],
    ['refused', 2],
    ['unknown', 2],
    ['rate', 2],
    ['unavailable', 2],
  ];

  it.each(codes)('%s: ERRORCODE %i, a sentence, no CALLID, and 200 by HTTP', (code, number) => {
    const reply = replyTo(reading, { ok: false, failure: EVERY_FAILURE[code] });
    expect(reply.status).toBe(200);
    expect(jsonOf(reply)).toEqual({
      ERRORCODE: number,
      ERRORMESSAGE: expect.stringMatching(/^[A-Z].+/) as string,
      CALLID: '',
    });
  });

  it('is JSON only where that is asked for, in any case', () => {
    for (const query of ['phone=1&target=2&FORMAT=Json', 'phone=1&target=2&format=JSON']) {
      expect(replyTelling(readAsked('click2call', { query }), placed).contentType).toMatch(/json/);
    }
    for (const format of ['', '&format=xml', '&format=yaml']) {
      const body = `phone=1&target=2${format}`;
      const reply = replyTelling(readAsked('click2call', { body }), placed);
      expect(readResponse(reply.body)).toMatchObject({
        ok: true,
        value: { ERRORCODE: '0', ERRORMESSAGE: 'OK' },
      });
    }
    const json = { body: '{"phone":"1","target":"2"}', headers: { 'content-type': 'application/json' } };
    expect(replyTelling(readAsked('click2call', json), placed).contentType).toMatch(/xml/);
  });

  it('is nobody’s to keep', () => {
    expect(replyTelling(reading, placed).headers).toEqual({ 'cache-control': 'no-store' });
  });

  it('believes a code in the request before a bearer token, and a token where there is no code', () => {
    const headers = { authorization: 'Bearer t0ken' };
    expect(readAsked('click2call', { query: 'code=c', headers }).presented).toEqual({
      kind: 'code',
      code: 'c',
    });
    expect(readAsked('click2call', { query: 'phone=1', headers }).presented).toEqual({
      kind: 'bearer',
      token: 't0ken',
    });
    expect(readAsked('click2call', { query: 'phone=1' }).presented).toEqual({ kind: 'none' });
  });
});
