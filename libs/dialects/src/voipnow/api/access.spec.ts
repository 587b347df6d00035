/** Tokens (RFC 6749), who asks, refusals, and whatever else comes. */
import fc from 'fast-check';
import type { AskFailure } from '#domain';
import { askFacade } from '../../conformance/ask-facade.fixture.js';
import type { AskedRequest } from '../../facade.js';
import { voipnowApi } from './voipnow-api.js';

const token = (body: string | object, headers: Record<string, string> = {}) =>
  askFacade('POST', '/oauth/token.php', { body, headers });
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const FORM = 'client_id=app&client_secret=s3cret&grant_type=client_credentials';

describe('a client that wants a token', () => {
  it.each([
    ['in a form', FORM, {}],
    [
      'in a form as 4PSA’s own clients send it',
      `&${FORM}&type=unifiedapi&redirect_uri=https://x/ouath/token.php&state=0`,
      {},
    ],
    ['in JSON', { client_id: 'app', client_secret: 's3cret', grant_type: 'client_credentials' }, {}],
    ['in the header', 'grant_type=client_credentials', basic('app:s3cret')],
    ['in the header, escaped', 'grant_type=client_credentials', basic('%61pp:s3cret')],
    ['in both, of which the header counts', FORM.replace('s3cret', 'other'), basic('app:s3cret')],
  ])('says who it is %s', (_where, body, headers) => {
    const asked = token(body, headers);
    expect(asked.presented).toEqual({ kind: 'client', id: 'app', secret: 's3cret' });
    expect(asked.ask).toEqual({ ok: true, ask: { kind: 'token' } });
  });

  it('gets one that nobody in between may keep', () => {
    const reply = token(FORM).tell({ kind: 'token', token: 'abc', expiresInSeconds: 3600 });
    expect(reply).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
    });
    expect(JSON.parse(reply.body)).toEqual({ access_token: 'abc', token_type: 'Bearer', expires_in: 3600 });
  });

  it.each([
    ['', 'invalid_request'],
    ['grant_type=password', 'unsupported_grant_type'],
    ['grant_type=authorization_code', 'unsupported_grant_type'],
  ])('with "%s" is told %s', (body, error) => {
    const { ask, fail } = token(body);
    const reply = fail(ask.ok ? { code: 'unavailable' } : ask.failure);
    expect([reply.status, JSON.parse(reply.body)]).toEqual([
      400,
      { error, error_description: 'grant_type is client_credentials.' },
    ]);
  });

  it('that is not known is challenged where it used the header', () => {
    const failure = { code: 'unauthorised', reason: 'The client is "not" known.' } as const;
    const plain = token(FORM).fail(failure);
    expect(plain.status).toBe(401);
    expect(JSON.parse(plain.body)).toEqual({
      error: 'invalid_client',
      error_description: 'The client is  not  known.',
    });
    expect(plain.headers).not.toHaveProperty('www-authenticate');
    const challenged = token('grant_type=client_credentials', basic('app:wrong')).fail(failure);
    expect(challenged.headers).toMatchObject({
      'www-authenticate': 'Basic realm="token"',
      'cache-control': 'no-store',
    });
  });

  it.each<[AskFailure, number, string]>([
    [{ code: 'address', address: '192.0.2.1' }, 403, 'unauthorized_client'],
    [{ code: 'rate', retryAfterSeconds: 7 }, 429, 'invalid_request'],
    [{ code: 'unavailable' }, 503, 'temporarily_unavailable'],
  ])('%j is %i %s', (failure, status, error) => {
    const reply = token(FORM).fail(failure);
    expect([reply.status, JSON.parse(reply.body)]).toMatchObject([status, { error }]);
  });

  it.each(['', 'client_id=app', 'client_secret=x'])('may be nobody: "%s"', (body) => {
    expect(token(body).presented).toEqual({ kind: 'none' });
    expect(token('', basic('nobody')).presented).toEqual({ kind: 'none' });
  });
});

describe('whoever asks', () => {
  it('bears a token, in the header or as a parameter', () => {
    const bearer = { kind: 'bearer', token: 't' };
    expect(askFacade('GET', '/uapi/cdr', { headers: { authorization: 'Bearer t' } }).presented).toEqual(
      bearer,
    );
    expect(askFacade('GET', '/uapi/cdr?accessRequestToken=t').presented).toEqual(bearer);
    expect(askFacade('GET', '/uapi/cdr').presented).toEqual({ kind: 'none' });
  });

  it.each<[AskFailure, number, string]>([
    [{ code: 'invalid', field: 'source', reason: 'source is missing.' }, 400, 'source_invalid'],
    [{ code: 'unauthorised', reason: 'No.' }, 401, 'access_denied'],
    [{ code: 'address', address: '192.0.2.1' }, 403, 'address_not_allowed'],
    [{ code: 'rate', retryAfterSeconds: 7 }, 429, 'too_many_requests'],
    [{ code: 'blocked', reason: 'Do not call.' }, 403, 'call_not_allowed'],
    [{ code: 'offline', reason: 'The phone is not there.' }, 400, 'extension_invalid'],
    [{ code: 'not_found', reason: 'There is no such call.' }, 404, 'not_found'],
    [
      { code: 'unsupported', capability: 'record', reason: 'The PBX cannot.' },
      501,
      'request_not_implemented',
    ],
    [{ code: 'refused', reason: 'The PBX refused.' }, 500, 'request_refused'],
    [{ code: 'unknown', reason: 'It may ring.' }, 500, 'result_unknown'],
    [{ code: 'too_many', found: 2, most: 1 }, 400, 'count_invalid'],
    [{ code: 'unavailable' }, 503, 'service_unavailable'],
  ])('is refused as documented: %j is %i %s', (failure, status, code) => {
    const reply = askFacade('GET', '/uapi/cdr').fail(failure);
    expect([reply.status, JSON.parse(reply.body)]).toEqual([
      status,
      { error: { code, message: expect.any(String) as string } },
    ]);
  });
});

describe('whatever comes', () => {
  const junk = fc.oneof(fc.string(), fc.json(), fc.string({ unit: fc.constantFrom(...'@a=&[]{}"<>/%?;*0') }));
  const segment = fc.oneof(fc.string(), fc.constantFrom('@me', '@self', '0', 'queue', 'agents', '__proto__'));
  const requests = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'put', ''),
    path: fc.array(segment, { maxLength: 8 }).map((segments) => `/${segments.join('/')}`),
    query: junk,
    headers: fc.record({ authorization: junk }),
    body: junk.map((text) => Buffer.from(text)),
  });
  const routes = fc.constantFrom(...voipnowApi.routes.map(({ name }) => name));
  const readAndRefuse = (request: AskedRequest, route: string) => {
    const reading = voipnowApi.read(request, route, null);
    const failure = reading.ask.ok ? ({ code: 'unavailable' } as const) : reading.ask.failure;
    return { reading, reply: voipnowApi.write({ ok: false, failure }, reading, null) };
  };

  it('is read and answered without throwing', () => {
    fc.assert(
      fc.property(routes, requests, (route, request) => {
        expect(JSON.parse(readAndRefuse(request, route).reply.body)).toHaveProperty('error');
      }),
    );
  });

  it('tells nobody’s secrets back', () => {
    const secrets = { client_id: 'app', client_secret: 'TheSecret1', accessRequestToken: 'TheSecret2' };
    const query = new URLSearchParams(secrets).toString();
    const headers = fc.constantFrom(basic('app:TheSecret3'), { authorization: 'Bearer TheSecret4' }, {});
    fc.assert(
      fc.property(routes, requests, headers, (route, request, header) => {
        const { reading, reply } = readAndRefuse({ ...request, query, headers: header }, route);
        const said = [reply.body, JSON.stringify([reading.manner, reading.ask])].join();
        expect(said).not.toMatch(/TheSecret/);
      }),
    );
  });
});
