import { readFileSync } from 'node:fs';
import type { PopupAnswer } from '#domain';
import type { InboundRequest, Reading, Verdict, WireFormat } from '../dialect.js';
import { voicenter } from './voicenter.js';

const request = (given: Partial<InboundRequest>): InboundRequest => ({
  method: 'POST',
  route: 'popup',
  query: '',
  headers: {},
  body: new Uint8Array(),
  ...given,
});
const post = (body: unknown): Reading =>
  voicenter.read(request({ body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) }), {});
const get = (query: string): Reading => voicenter.read(request({ method: 'GET', query }), {});
const fixture = (name: string): string =>
  readFileSync(new URL(`./fixtures/popup/${name}`, import.meta.url), 'utf8').trimEnd();

function read(reading: Reading) {
  if (!reading.ok) throw new Error(reading.reason);
  const { reports, question } = reading;
  return { report: reports[0], reports, question };
}
const reportOf = (reading: Reading) => read(reading).report;

const RINGING = { phone: '972722776772', ivrid: 'v-1', extenUser: 'KGpK4iWq', status: 'Ringing' };

describe('reading a popup', () => {
  it('seed 003 "POP UP Screen": a phone alone is a question about no call in particular', () => {
    expect(get(fixture('seed-example.query'))).toEqual({
      ok: true,
      format: 'form',
      vendorCallIds: [],
      reports: [],
      question: {
        kind: 'popup',
        number: '0722776772',
        vendorCallId: null,
        extension: null,
        did: null,
        customData: {},
      },
    });
  });

  it('sample popup.ringing', () => {
    const { report, question } = read(post(fixture('sample-ringing.json')));
    expect(question).toEqual({
      kind: 'popup',
      number: '972722776772',
      vendorCallId: '20220916103546022555eb61e755c08a',
      extension: 'KGpK4iWq',
      did: '0776707528',
      customData: {},
    });
    expect(report).toMatchObject({
      phase: 'ringing',
      vendorCallId: '20220916103546022555eb61e755c08a',
      leg: 'xKGpK4iWq',
      vendorStatus: 'Ringing',
      direction: 'inbound',
      result: 'unknown',
      startedEpochSeconds: 1663324548,
      from: '972722776772',
      to: 'KGpK4iWq',
      did: '0776707528',
      extension: 'KGpK4iWq',
      recordings: [],
    });
    expect(report?.raw).toMatchObject({
      callerName: 'Queue Testing',
      recordFile: '20220916103546022555eb61e755c08a-agent-972722776772-0776707528.mp3',
      isMuted: false,
      originalCallerID: '0722776772',
      currentCall: { callAnswered: 0 },
    });
  });

  it('sample popup.talking_delta over popup.ringing', () => {
    const report = reportOf(post(fixture('sample-talking.json')));
    expect(report).toMatchObject({ phase: 'answered', result: 'answered', vendorStatus: 'Talking' });
  });

  it('sample popup.hangup_delta over popup.ringing: a phone that stopped ringing', () => {
    const report = reportOf(post(fixture('sample-hangup.json')));
    expect(report).toMatchObject({ phase: 'ended', result: 'missed', vendorStatus: 'Normal hangup' });
  });

  it('sample popup.legacy_get', () => {
    const { report, question } = read(get(fixture('sample-legacy.query')));
    expect(report).toMatchObject({
      phase: 'ringing',
      vendorCallId: '20241001abc',
      leg: 'xSIPSIP',
      from: '0722776772',
      did: '0776707528',
    });
    expect(question).toMatchObject({ number: '0722776772', extension: 'SIPSIP' });
  });

  it('a form says the same with `status`', () => {
    expect(reportOf(post(fixture('ringing.form')))).toEqual(reportOf(get(fixture('sample-legacy.query'))));
  });

  it('custom data of the current call is the call’s', () => {
    const report = reportOf(post(fixture('customdata.json')));
    expect(report).toMatchObject({ phase: 'answered', customData: { ticket: '4711' } });
    expect(JSON.stringify(report?.raw)).not.toContain('4711');
    const form = `phone=1&ivrid=v&currentCall=${encodeURIComponent('{"CustomData":{"a":"b"}}')}`;
    expect(reportOf(post(form))?.customData).toEqual({ a: 'b' });
  });

  it.each(['ringing', 'RINGING', ' Ringing ', undefined])('the status %j is a phone that rings', (status) => {
    expect(reportOf(post({ ...RINGING, status }))?.phase).toBe('ringing');
  });

  it.each([
    [{ isAnswered: true, cause: 'Normal hangup' }, 'answered'],
    [{ isAnswered: 'true' }, 'answered'],
    [{ currentCall: { answered: 1 } }, 'answered'],
    [{ currentCall: { answered: 0 } }, 'missed'],
    [{ isAnswered: false, cause: 'Busy' }, 'busy'],
    [{ direction: 'Outgoing', cause: 'Normal hangup' }, 'cancelled'],
    [{ direction: 'Outgoing', cause: 'NO ANSWER' }, 'missed'],
  ])('a hangup with %j was %s', (fields, result) => {
    const report = reportOf(post({ ...RINGING, status: 'HangUp', ...fields }));
    expect(report).toMatchObject({ phase: 'ended', result });
  });

  it('names the parties by the direction', () => {
    const outgoing = reportOf(post({ ...RINGING, direction: 'Outgoing' }));
    expect(outgoing).toMatchObject({ direction: 'outbound', from: 'KGpK4iWq', to: '972722776772' });
    const internal = reportOf(post({ ...RINGING, phone: '101', currentCall: { isInternal: true } }));
    expect(internal).toMatchObject({ direction: 'internal', from: '101', to: 'KGpK4iWq' });
  });

  it.each(['101', '20456789', '0234567123'])('of a call inside the house are no number: %s', (phone) => {
    for (const inside of [{ isInternal: true }, { direction: 'Internal' }, { extenUser: phone }]) {
      expect(read(post({ ...RINGING, phone, ...inside })).question).toMatchObject({
        numberKind: 'extension',
      });
    }
  });

  it('names of fields are read in any case, and the message counts before its current call', () => {
    const reading = post({
      PHONE: '1',
      IvrId: 'v',
      STATUS: 'Talking',
      currentCall: { callstatus: 'Ringing' },
    });
    expect(reportOf(reading)).toMatchObject({
      phase: 'answered',
      from: '1',
      raw: { currentCall: { callstatus: 'Ringing' } },
    });
  });

  it('a status that we do not know is answered, and only noted of the call', () => {
    const { reports, question } = read(post({ ...RINGING, status: 'Wrapping up' }));
    expect(reports).toMatchObject([
      { phase: 'noted', result: 'unknown', unknownWords: [{ kind: 'status', word: 'Wrapping up' }] },
    ]);
    expect(question).toMatchObject({ number: '972722776772', vendorCallId: 'v-1' });
  });

  it('a caller who hides his number is one, and the first caller stands in for a number that is not told', () => {
    expect(read(post({ ...RINGING, phone: '' })).question).toMatchObject({ number: '' });
    const transferred = { ...RINGING, phone: '', currentCall: { originalCallerID: '0722776772' } };
    expect(read(post(transferred)).question).toMatchObject({ number: '0722776772' });
  });

  it('a list of one is that one', () => {
    expect(post([RINGING])).toEqual(post(RINGING));
  });

  it('a list of several is of several calls, of which the first is answered', () => {
    const { reports, question } = read(post([RINGING, { ...RINGING, ivrid: 'v-2' }]));
    expect(reports.map(({ vendorCallId }) => vendorCallId)).toEqual(['v-1', 'v-2']);
    expect(question).toMatchObject({ vendorCallId: 'v-1' });
  });

  it.each([
    [[], 'list of popups is empty'],
    [[5, null], 'not a set of named fields'],
    [{ status: 'Ringing' }, 'neither a phone nor an ivrid'],
    [{ ...RINGING, ivrid: 'null', phone: '' }, 'stands for nothing'],
    ['<methodCall/>', 'not as XML'],
  ])('%j is unreadable', (body, reason) => {
    const reading = post(body);
    expect(reading.ok ? '' : reading.reason).toContain(reason);
  });
});

it('a popup whose id stands for nothing is answered, and kept with the reason', () => {
  expect(post({ ...RINGING, ivrid: '{ivrid}' })).toMatchObject({
    ok: true,
    reports: [],
    question: { number: '972722776772', vendorCallId: null },
    unreadable: 'The ivrid stands for nothing: the PBX did not fill it in.',
  });
});

describe('answering a popup', () => {
  const known: PopupAnswer = {
    kind: 'popup',
    total: 1,
    contact: { name: 'John Doe', company: 'Voicenter' },
    url: 'http://www.yourdomain.com/contact_search.asp?user_phone=0722776772',
  };
  const reply = (verdict: Verdict, settings = {}, format: WireFormat = 'json') => {
    const { contentType, body } = voicenter.reply(verdict, { route: 'popup', format, settings });
    expect(contentType).toBe('application/json');
    return JSON.parse(body) as unknown;
  };

  it('seed 003 "POP UP Screen" example, with its spelling', () => {
    const accepted = { kind: 'accepted', answer: known } as const;
    const seed = {
      STATUS: 'OK',
      URL: 'http://www.yourdomain.com/contact_search.asp?user_phone=0722776772',
      CLIENTNAME: 'John Doe',
      TOTAL: '1',
      COMPANY: 'Voicenter',
    };
    expect(reply(accepted, { totalSpelling: 'string' })).toEqual(seed);
    expect(reply(accepted)).toEqual({ ...seed, TOTAL: 1 });
    expect(Object.keys(reply(accepted) as object)).toEqual(Object.keys(seed));
  });

  it('sample popup.response_unknown, with an empty company', () => {
    const url = 'https://yourcrm.com/contacts/new?phone=0722776772';
    const answer: PopupAnswer = { kind: 'popup', total: 0, contact: null, url };
    const unknown = { STATUS: 'OK', URL: url, CLIENTNAME: '', TOTAL: 0, COMPANY: '' };
    expect(reply({ kind: 'accepted', answer })).toEqual(unknown);
    expect(reply({ kind: 'accepted' })).toEqual({ ...unknown, URL: '' });
  });

  it.each(['json', 'form', 'xmlrpc', 'query', 'xml'] as const)(
    'says in JSON why not, to %s too',
    (format) => {
      const verdicts: Verdict[] = [
        { kind: 'unreadable', reason: 'what only the tenant is told' },
        { kind: 'refused', reason: 'Switched off.' },
        { kind: 'unavailable' },
      ];
      const told = verdicts.map((verdict) => reply(verdict, {}, format));
      expect(told).toMatchObject([
        { STATUS: 'ERROR', TOTAL: 0, DESCRIPTION: 'Parse error' },
        { STATUS: 'ERROR', TOTAL: 0, DESCRIPTION: 'Switched off.' },
        { STATUS: 'ERROR', TOTAL: 0, DESCRIPTION: 'Temporarily unavailable, please ask again.' },
      ]);
    },
  );

  it('is not how a CDR is answered, nor a route that there is none of', () => {
    for (const route of ['cdr', 'constructor']) {
      const { body } = voicenter.reply({ kind: 'accepted' }, { route, format: 'json', settings: {} });
      expect(JSON.parse(body)).toEqual({ err: 0, errdesc: 'OK' });
    }
  });
});
