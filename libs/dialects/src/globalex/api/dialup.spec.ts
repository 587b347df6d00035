import fc from 'fast-check';
import type { AskFailure } from '#domain';
import { askFacade } from '../../conformance/ask-facade.fixture.js';
import { globalexApi } from './globalex-api.js';

const dial = (parameters: string) => askFacade('GET', `/api/DialUp.php/?user=u&pass=p&org=o&${parameters}`);

describe('dialup.php', () => {
  it.each([
    [
      'dial1=101&dial2=0501234567',
      { kind: 'extension', value: '101' },
      { kind: 'number', value: '+972501234567' },
    ],
    [
      'dial1=0501234567&dial2=101',
      { kind: 'number', value: '+972501234567' },
      { kind: 'extension', value: '101' },
    ],
    [
      'dial1=101&dial2=+442079460958',
      { kind: 'extension', value: '101' },
      { kind: 'number', value: '+442079460958' },
    ],
    ['DIAL1=101&Dial2=102', { kind: 'extension', value: '101' }, { kind: 'extension', value: '102' }],
  ])('%s rings them in this order', (parameters, first, second) => {
    expect(dial(parameters).ask).toMatchObject({
      ok: true,
      ask: { kind: 'place', order: { first, second } },
    });
  });

  it.each([
    ['dial2=0501234567', 'dial1'],
    ['dial1=101', 'dial2'],
    ['dial1=101&dial2=', 'dial2'],
    ['dial1=&dial2=', 'dial1'],
    ['', 'dial1'],
    ['dial1=101&dial2=<script>', 'dial2'],
    ['dial1=101&dial2=102&Reverse=perhaps', 'Reverse'],
    ['dial1=101&dial2=102&SetCID=Acme', 'SetCID'],
    ['operation=hangup', 'exten'],
  ])('%s lacks a good %s', (parameters, field) => {
    const asked = dial(parameters);
    expect(asked.ask).toMatchObject({ ok: false, failure: { code: 'invalid', field } });
  });

  it.each<[AskFailure, string]>([
    [{ code: 'invalid', field: 'dial1', reason: 'dial1 is missing.' }, 'dial1 is missing.'],
    [{ code: 'unauthorised', reason: 'You need to log in.' }, 'You need to log in.'],
    [
      { code: 'blocked', reason: 'The number is on the do-not-call list.' },
      'The number is on the do-not-call list.',
    ],
    [{ code: 'offline', reason: 'The phone is not there.' }, 'The phone is not there.'],
    [{ code: 'unsupported', capability: 'hang_up', reason: 'The PBX cannot.' }, 'The PBX cannot.'],
    [{ code: 'refused', reason: 'The PBX refused.' }, 'The PBX refused.'],
    [{ code: 'unknown', reason: 'It may ring.' }, 'It may ring.'],
    [{ code: 'address', address: '192.0.2.1' }, 'Requests from 192.0.2.1 are not allowed.'],
    [{ code: 'rate', retryAfterSeconds: 7 }, 'Too many requests. The next one may come in 7 s.'],
    [{ code: 'unavailable' }, 'The service is not available at the moment.'],
  ])('fails under HTTP 200 with a message: %j', (failure, message) => {
    const reply = dial('dial1=101&dial2=102&RFormat=json').fail(failure);
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toEqual({
      data: { dial1: '101', dial2: '102', Response: 'fail', Message: message },
    });
  });

  it('lets no parameter look like success, or like markup', () => {
    const text = fc.oneof(
      fc.constantFrom('1\nResponse: OK', '<b>', '</dial1><Response>OK</Response>', '"OK"', 'Response: OK'),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    fc.assert(
      fc.property(text, text, fc.constantFrom('text', 'html', 'xml', 'json'), (one, two, format) => {
        const { fail } = dial(new URLSearchParams({ dial1: one, dial2: two, RFormat: format }).toString());
        const { body } = fail({ code: 'refused', reason: `Refused: ${one}` });
        const responses = body
          .split(/^|[<>{},]/m)
          .filter((line) => /^"?response"?(?::|>)? ?"?ok/i.test(line.trim()));
        expect(responses).toEqual([]);
        if (format === 'html' || format === 'xml') expect(body).not.toContain('<b>');
        if (format === 'json')
          expect(Object.keys((JSON.parse(body) as { data: object }).data)).toContain('Response');
      }),
    );
  });
});

describe('whatever comes', () => {
  const junk = fc.oneof(fc.string(), fc.json(), fc.string({ unit: fc.constantFrom(...'a=&[]{}"<>/%?;0') }));
  const NAMES = [
    'dial1',
    'dial2',
    'exten',
    'operation',
    'Timeout',
    'SetCID',
    'RFormat',
    'action',
    'CBnum',
    'call_type',
    'start_date',
    'call_duration',
  ];
  const SECRETS = { user: 'Us3rSecret', pass: 'Pa55Secret', org_token: 'T0kenSecret' };

  it('reads and answers without throwing, in the format that was asked for', () => {
    const parameters = fc.dictionary(fc.constantFrom(...NAMES), junk);
    fc.assert(
      fc.property(parameters, junk, fc.constantFrom(...globalexApi.routes), (query, body, { name }) => {
        const request = {
          method: 'POST',
          path: '/api/x',
          query: new URLSearchParams(query).toString(),
          headers: {},
          body: Buffer.from(body),
        };
        const reading = globalexApi.read(request, name, null);
        const failure = reading.ask.ok ? ({ code: 'unavailable' } as const) : reading.ask.failure;
        expect(globalexApi.write({ ok: false, failure }, reading, null).status).toBe(200);
      }),
    );
  });

  it('tells nobody’s secrets back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...globalexApi.routes),
        fc.dictionary(fc.constantFrom(...NAMES), junk),
        ({ name }, query) => {
          const asked = new URLSearchParams({ ...query, ...SECRETS }).toString();
          const request = {
            method: 'GET',
            path: '/api/x',
            query: asked,
            headers: {},
            body: new Uint8Array(),
          };
          const reading = globalexApi.read(request, name, null);
          const failure = reading.ask.ok ? ({ code: 'unavailable' } as const) : reading.ask.failure;
          const { body } = globalexApi.write({ ok: false, failure }, reading, null);
          expect(body + JSON.stringify(reading.manner)).not.toMatch(/Secret/);
        },
      ),
    );
  });
});
