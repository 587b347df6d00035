import fc from 'fast-check';
import type { AskFailure, AskResult } from '#domain';
import { EVERYTHING_TOLD, EVERY_FAILURE } from '../../../conformance/told.fixture.js';
import { askFacade } from '../../../conformance/ask-facade.fixture.js';
import { IN_ISRAEL, askOf, jsonOf, problemOf, readAsked, replyTelling, replyTo } from '../api.fixture.js';
import { DIALER_ROUTES } from './dialer-routes.js';

const NAMES = DIALER_ROUTES.map(({ route }) => route.name);
const failing = (route: string, failure: AskFailure) =>
  jsonOf(replyTo(readAsked(route, { query: 'Campaign=c' }), { ok: false, failure }));

describe('a refusal of the dialer', () => {
  const refusals: [string, AskFailure, number, string][] = [
    ['dialer-addcall', EVERY_FAILURE.unauthorised, 1, 'Invalid campaign code'],
    ['dialer-getcampaignlist', EVERY_FAILURE.unauthorised, 1, 'Invalid campaign code'],
    ['dialer-stopcampaign', EVERY_FAILURE.address, 1, 'Invalid campaign code'],
    ['dialer-addcall', EVERY_FAILURE.blocked, 2, 'The target is invalid'],
    ['dialer-removecall', EVERY_FAILURE.not_found, 2, 'The target is invalid'],
    ['dialer-updatecall', EVERY_FAILURE.not_found, 2, 'The target is invalid'],
    [
      'dialer-addmember',
      EVERY_FAILURE.not_found,
      3,
      'Unexpected internal error: There is no such extension.',
    ],
    [
      'dialer-startcampaign',
      EVERY_FAILURE.refused,
      3,
      'Unexpected internal error: The PBX refused the call.',
    ],
    [
      'dialer-startcampaign',
      EVERY_FAILURE.unsupported,
      3,
      'Unexpected internal error: The PBX plays no messages.',
    ],
    ['dialer-startcampaign', EVERY_FAILURE.unknown, 3, 'Unexpected internal error: The PBX did not answer.'],
    ['dialer-startcampaign', EVERY_FAILURE.unavailable, 3, 'Unexpected internal error'],
    [
      'dialer-startcampaign',
      EVERY_FAILURE.rate,
      3,
      'Unexpected internal error: Too many requests. The next one may come in 5 s.',
    ],
  ];
  it.each(refusals)('%s, %j: %d', (route, failure, ErrorCode, Description) => {
    expect(failing(route, failure)).toEqual({ ErrorCode, Description });
  });

  it('says where JSON is wrong that nobody can make sense of, and none of its words, whoever sent it', () => {
    const body = '{\n  "Campaign": "s3cr3t",\n  "Target": "0502454545\n}';
    const reading = readAsked('dialer-addcall', { body });
    expect(reading.presented).toEqual({ kind: 'none' });
    for (const result of [reading.ask, { ok: false, failure: EVERY_FAILURE.unauthorised }] as AskResult[]) {
      expect(jsonOf(replyTo(reading, result))).toEqual({
        ErrorCode: 3,
        Description: 'Unexpected internal error: The JSON is wrong in line 3, column 24.',
      });
    }
    const cut = readAsked('dialer-addcall', { body: '{"Campaign":"s3cr3t",' });
    expect(jsonOf(replyTo(cut, { ok: false, failure: EVERY_FAILURE.unauthorised }))).toEqual({
      ErrorCode: 3,
      Description: expect.stringMatching(
        /^Unexpected internal error: The JSON (?:is wrong in|ends)/,
      ) as string,
    });
  });

  it('is of whose code it is not where the JSON can be made sense of', () => {
    const reading = readAsked('dialer-removecall', 'seed-request.json');
    expect(jsonOf(replyTo(reading, { ok: false, failure: EVERY_FAILURE.unauthorised }))).toEqual({
      ErrorCode: 1,
      Description: 'Invalid campaign code',
    });
  });
});

describe('what takes JSON only', () => {
  it.each([
    ['dialer-addcallsbulk', 'form.query'],
    ['dialer-getcampaignpendingcalls', 'by-get.query'],
    ['dialer-configureivrcampaign', 'by-form.form'],
  ])('%s says so of %s', (route, file) => {
    const reading = readAsked(route, file);
    expect(problemOf(route, file)).toBe('This method takes JSON only.');
    expect(
      jsonOf(
        replyTo(reading, reading.ask.ok ? { ok: false, failure: EVERY_FAILURE.unavailable } : reading.ask),
      ),
    ).toEqual({
      ErrorCode: 3,
      Description: 'Unexpected internal error: This method takes JSON only.',
    });
  });

  it('finds it in a field of a form, too', () => {
    const body = `json=${encodeURIComponent('{"Campaign":"c"}')}`;
    expect(askOf('dialer-getcampaignpendingcalls', { body })).toEqual({
      kind: 'list_pending',
      campaign: 'c',
    });
  });
});

describe('who asks of a campaign', () => {
  it.each(NAMES.filter((name) => name !== 'dialer-getcampaignlist'))('is who has its code: %s', (route) => {
    const body = '{"campaign":" c1 ","code":"k1","Target":"0502454545"}';
    expect(readAsked(route, { body }).presented).toEqual({
      kind: 'campaign',
      campaign: 'c1',
      code: 'k1',
      others: [],
    });
    expect(readAsked(route, { body: '{"code":"k1"}' }).presented).toEqual({ kind: 'code', code: 'k1' });
    expect(readAsked(route, {}).presented).toEqual({ kind: 'none' });
  });

  it('is whose account it is where campaigns are listed', () => {
    const query = 'Code=k1&Campaign=c1';
    expect(readAsked('dialer-getcampaignlist', { query }).presented).toEqual({ kind: 'code', code: 'k1' });
  });
});

describe('pacing', () => {
  it('keeps what is not said', () => {
    expect(askOf('dialer-updatecampaignstrategy', 'coefficient.query')).toMatchObject({
      queueForMonitoring: null,
      maximumCallers: null,
      coefficient: 1.4,
    });
    expect(askOf('dialer-configureivrcampaign', 'calls-only.json')).toMatchObject({
      maxCalls: 3,
      representatives: null,
    });
  });

  it('tells no representatives from not a word of them', () => {
    const body = '{"Campaign":"c","RepresentativeList":[]}';
    expect(askOf('dialer-configureivrcampaign', { body })).toMatchObject({
      maxCalls: null,
      representatives: [],
    });
  });

  it.each([
    ['updatecampaignstrategy', '{"Campaign":"c"}'],
    ['updatecampaignstrategy', '{"Campaign":"c","setCoefficient":"fast"}'],
    ['updatecampaignstrategy', '{"Campaign":"c","setCoefficient":101}'],
    ['updatecampaignstrategy', '{"Campaign":"c","setQueueMaximumCallers":-1}'],
    ['configureivrcampaign', '{"Campaign":"c"}'],
    ['configureivrcampaign', '{"Campaign":"c","ConcurrentStrategy":{"setMaxCalls":"many"}}'],
    ['addmember', '{"Campaign":"c"}'],
  ])('is not guessed: %s %s', (route, body) => {
    const reading = readAsked(`dialer-${route}`, { body });
    expect(reading.ask.ok).toBe(false);
    if (!reading.ask.ok) expect(jsonOf(replyTo(reading, reading.ask))).toMatchObject({ ErrorCode: 3 });
  });
});

describe('who is to be called yet', () => {
  const reading = readAsked('dialer-getcampaignpendingcalls', 'seed-request.json');
  const callOf = (epochs: 'utc' | 'local', customData: Record<string, string> = {}) => {
    const told = EVERYTHING_TOLD.list_pending;
    if (told.kind !== 'list_pending') throw new Error('It is another.');
    const leads = told.leads.map((lead) => ({ ...lead, callerId: '+972722776772', customData }));
    const { Data } = jsonOf(replyTelling(reading, { ...told, leads }, { ...IN_ISRAEL, epochs }));
    return (Data as { Calls: Record<string, unknown>[] }).Calls[0];
  };

  it('is told when, by the clock that the connection’s epochs are of', () => {
    const NINE_THIRTY = Date.parse('2026-11-21T09:30:00Z') / 1000;
    expect(callOf('utc')).toMatchObject({ OriginateTime: NINE_THIRTY, CallerID: '972722776772' });
    expect(callOf('local')).toMatchObject({ OriginateTime: NINE_THIRTY + 7200 });
  });

  it('is told with numbers where they are whole, and with all that must not be changed as text', () => {
    expect(
      callOf('utc', { a: '12', b: '-3', c: '0501234567', d: '1.0', e: '', f: '12345678901234567890' }),
    ).toMatchObject({
      CustomData: {
        var_a: 12,
        var_b: -3,
        var_c: '0501234567',
        var_d: '1.0',
        var_e: '',
        var_f: '12345678901234567890',
      },
    });
  });
});

describe('any answer of the dialer', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('{"Campaign":"s3cr3t",', 'Campaign=s3cr3t&Target=', '[{"Campaign":"s3cr3t"}]'),
  );
  it('has a number and a sentence, HTTP 200, and no code of a campaign that somebody sent', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), text, text, (route, query, body) => {
        const reading = readAsked(route, { query, body });
        for (const result of [
          reading.ask.ok ? { ok: true, told: EVERYTHING_TOLD[reading.ask.ask.kind] } : reading.ask,
          ...Object.values(EVERY_FAILURE).map((failure) => ({ ok: false, failure })),
        ] as AskResult[]) {
          const reply = replyTo(reading, result);
          expect(reply.status).toBe(200);
          expect(reply.body).not.toContain('s3cr3t');
          expect(jsonOf(reply)).toMatchObject({
            ErrorCode: expect.any(Number) as number,
            Description: expect.any(String) as string,
          });
        }
      }),
    );
  });
});

describe('the vendor’s path', () => {
  it.each([
    '/ForwardDialer/Dialer/AddCall',
    '/forwarddialer/dialer/addcall/',
    '/FORWARDDIALER/DIALER/ADDCALL',
  ])('is found as %s', (path) => {
    const asked = askFacade('POST', path, { body: { Campaign: 'c', Target: '0502454545' } });
    expect(asked.ask.ok).toBe(true);
    expect(asked.tell(EVERYTHING_TOLD.add_leads).body).toBe('{"ErrorCode":0,"Description":"OK"}');
  });

  it('takes up to 64 MiB where a hundred thousand may come', () => {
    const most = DIALER_ROUTES.map(({ route }) => [route.name, route.mostBytes]).filter(
      ([, bytes]) => bytes !== undefined,
    );
    expect(most).toEqual([['dialer-addcallsbulk', 64 * 1024 * 1024]]);
  });
});
