/** Vectors are the vendors' and the standards' own. */
import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import type { Mapping } from '../mapping.js';
import type { Secrets, SignedRequest } from '../../dialect.js';
import { readMapping } from '../read-mapping.js';
import { checkSignature } from './check-signature.js';

const NOW = Date.parse('2026-11-21T09:30:00Z');
const SHAPES: Mapping['shapes'] = [{ name: 'any', call: 'id', phase: 'ended' }];

function ruleOf(signature: NonNullable<Mapping['signature']>) {
  const reading = readMapping({
    title: 'T',
    guide: [],
    routes: [{ name: 'event', what: 'x' }],
    signature,
    shapes: SHAPES,
  });
  if (!reading.ok || reading.mapping.signature === null) throw new Error(JSON.stringify(reading));
  return reading.mapping.signature;
}

function requestOf(given: Partial<Omit<SignedRequest, 'body'>> & { body?: string }): SignedRequest {
  const { body = '', ...others } = given;
  return {
    method: 'POST',
    route: 'event',
    query: '',
    headers: {},
    addresses: [],
    receivedAt: NOW,
    ...others,
    body: Buffer.from(body),
  };
}

const check = (signature: NonNullable<Mapping['signature']>, request: SignedRequest, secrets: Secrets) =>
  checkSignature(ruleOf(signature), request, secrets);
const RIGHT = { ok: true, checked: true };

describe('a signature over URL and form', () => {
  // twilio-node's own tests.
  const URL = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  const FORM =
    'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212';
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  };
  const request = requestOf({ headers, query: 'foo=1&bar=2', body: FORM, addresses: [URL] });

  it('is that of the vendor’s own example', () => {
    expect(check({ kind: 'twilio' }, request, { secret: ['12345'] })).toEqual(RIGHT);
  });

  it('may be over any address that a proxy changed', () => {
    const addresses = ['http://10.0.0.1:8080/myapp.php?foo=1&bar=2', URL];
    expect(check({ kind: 'twilio' }, { ...request, addresses }, { secret: ['12345'] })).toEqual(RIGHT);
  });

  it('is good while a secret is changed, and for no other text', () => {
    expect(check({ kind: 'twilio' }, request, { secret: ['new', '12345'] })).toEqual(RIGHT);
    expect(check({ kind: 'twilio' }, request, { secret: ['new'] })).toMatchObject({ ok: false, status: 403 });
    const other = { ...request, body: Buffer.from(`${FORM}5`) };
    expect(check({ kind: 'twilio' }, other, { secret: ['12345'] })).toMatchObject({ ok: false });
  });

  it('of a body in JSON is over the URL that has its hash', () => {
    const query = 'foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
    const json = requestOf({
      headers: { 'content-type': 'application/json', 'x-twilio-signature': 'a9nBmqA0ju/hNViExpshrM61xv4=' },
      query,
      body: '{"property": "value", "boolean": true}',
      addresses: [`https://mycompany.com/myapp.php?${query}`],
    });
    expect(check({ kind: 'twilio' }, json, { secret: ['12345'] })).toEqual(RIGHT);
    const other = { ...json, body: Buffer.from('{"property": "other", "boolean": true}') };
    expect(check({ kind: 'twilio' }, other, { secret: ['12345'] })).toMatchObject({ ok: false });
  });
});

describe('a signature over the URL alone', () => {
  const URL = 'https://pbx.example/in/t/generic/event?a=1';
  const headers = { 'x-twilio-signature': createHmac('sha1', 's').update(URL).digest('base64') };
  const asked = requestOf({ method: 'GET', headers, query: 'a=1', addresses: [URL] });

  it('is that of what has no body', () => {
    expect(check({ kind: 'twilio' }, asked, { secret: ['s'] })).toEqual(RIGHT);
  });

  it.each(['application/json', 'text/plain', 'application/xml'])('is of no body: %s', (type) => {
    const body = Buffer.from('{"id":"FORGED"}');
    const posted = { ...asked, method: 'POST', headers: { ...headers, 'content-type': type }, body };
    expect(check({ kind: 'twilio' }, posted, { secret: ['s'] })).toMatchObject({ ok: false, status: 403 });
  });
});

describe('a signature over the body', () => {
  it('is that of GitHub’s example', () => {
    const rule = {
      kind: 'hmac',
      hash: 'sha256',
      encoding: 'hex',
      at: '@header.x-hub-signature-256',
      prefix: 'sha256=',
    } as const;
    const headers = {
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    };
    const request = requestOf({ headers, body: 'Hello, World!' });
    expect(check(rule, request, { secret: ["It's a Secret to Everybody"] })).toEqual(RIGHT);
    expect(check(rule, request, { secret: ['a secret to somebody'] })).toMatchObject({
      ok: false,
      status: 403,
    });
  });

  it('is that of RFC 4231, test case 2, in base64 as well', () => {
    const digest = Buffer.from('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'hex');
    const rule = { kind: 'hmac', hash: 'sha256', encoding: 'base64', at: '@header.x-signature' } as const;
    const request = requestOf({
      headers: { 'x-signature': digest.toString('base64') },
      body: 'what do ya want for nothing?',
    });
    expect(check(rule, request, { secret: ['Jefe'] })).toEqual(RIGHT);
  });

  it('is missing, or nothing is kept to check it with', () => {
    const rule = { kind: 'hmac', hash: 'sha1', encoding: 'hex', at: '@header.x' } as const;
    expect(check(rule, requestOf({}), { secret: ['s'] })).toMatchObject({ ok: false, status: 401 });
    expect(check(rule, requestOf({}), {})).toMatchObject({ ok: false, status: 403 });
  });

  it('is broken by any other byte', () => {
    const rule = { kind: 'hmac', hash: 'sha512', encoding: 'hex', at: '@header.x' } as const;
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.uint8Array({ maxLength: 60 }),
        fc.string({ minLength: 1 }),
        (signed, sent, secret) => {
          fc.pre(secret.trim() !== '');
          const headers = { x: createHmac('sha512', secret).update(signed).digest('hex') };
          const verdict = check(rule, { ...requestOf({ headers }), body: sent }, { secret: [secret] });
          expect(verdict.ok).toBe(Buffer.from(signed).equals(Buffer.from(sent)));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a secret that is written in digits', () => {
  const BYTES = Buffer.from('a key of some bytes');
  const rule = (secretIs: 'hex' | 'base64') =>
    ({ kind: 'hmac', hash: 'sha256', encoding: 'hex', at: '@header.x', secretIs }) as const;
  const signedBy = (key: Uint8Array) =>
    requestOf({ headers: { x: createHmac('sha256', key).update('text').digest('hex') }, body: 'text' });

  it.each([
    ['hex', BYTES.toString('hex')],
    ['hex', ` ${BYTES.toString('hex').toUpperCase()}\n`],
    ['base64', BYTES.toString('base64')],
    ['base64', BYTES.toString('base64url')],
  ] as const)('is its bytes (%s %s)', (secretIs, secret) => {
    expect(check(rule(secretIs), signedBy(BYTES), { secret: [secret] })).toEqual(RIGHT);
  });

  it.each([
    ['hex', 'no digits at all'],
    ['hex', 'ab-cd'],
    ['hex', 'abc'],
    ['hex', ''],
    ['base64', 'ab*cd'],
    ['base64', 'abcde'],
    ['base64', '===='],
  ] as const)('and is none where it is not written so (%s "%s")', (secretIs, secret) => {
    const forged = signedBy(Buffer.from(secret, secretIs));
    expect(check(rule(secretIs), forged, { secret: [secret] })).toMatchObject({ ok: false, status: 403 });
    // One that is written so counts beside it.
    const both = { secret: [secret, BYTES.toString(secretIs)] };
    expect(check(rule(secretIs), forged, both)).toMatchObject({ ok: false });
    expect(check(rule(secretIs), signedBy(BYTES), both)).toEqual(RIGHT);
  });
});

describe('a signature over a time and the body', () => {
  const rule = {
    kind: 'hmac',
    hash: 'sha256',
    encoding: 'hex',
    at: '@header.x-zm-signature',
    prefix: 'v0=',
    of: 'v0:{{ timestamp }}:{{ body }}',
    timestamp: { at: '@header.x-zm-request-timestamp' },
  } as const;
  const signedAt = (seconds: number) => {
    const text = `v0:${String(seconds)}:{"event":"phone.callee_ringing"}`;
    return requestOf({
      headers: {
        'x-zm-signature': `v0=${createHmac('sha256', 'token').update(text).digest('hex')}`,
        'x-zm-request-timestamp': String(seconds),
      },
      body: '{"event":"phone.callee_ringing"}',
    });
  };

  it('is good for five minutes', () => {
    const now = NOW / 1000;
    expect(check(rule, signedAt(now - 299), { secret: ['token'] })).toEqual(RIGHT);
    expect(check(rule, signedAt(now - 301), { secret: ['token'] })).toMatchObject({ ok: false, status: 403 });
    expect(check(rule, signedAt(now + 301), { secret: ['token'] })).toMatchObject({ ok: false, status: 403 });
  });

  it('says when it was signed, or is none', () => {
    const { headers, ...request } = signedAt(NOW / 1000);
    const without = { ...request, headers: { 'x-zm-signature': headers['x-zm-signature'] } };
    expect(check(rule, without, { secret: ['token'] })).toMatchObject({ ok: false });
  });
});

describe('a signature by a private key', () => {
  const rule = {
    kind: 'publicKey',
    algorithm: 'ed25519',
    encoding: 'base64',
    at: '@header.telnyx-signature-ed25519',
  } as const;
  // RFC 8032, section 7.1, test 2.
  const KEY = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c';
  const SIGNATURE =
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';
  const headers = { 'telnyx-signature-ed25519': Buffer.from(SIGNATURE, 'hex').toString('base64') };

  it('is that of RFC 8032, by a key in hexadecimal digits or base64', () => {
    const request = requestOf({ headers, body: 'r' });
    for (const key of [KEY, Buffer.from(KEY, 'hex').toString('base64')]) {
      expect(check(rule, request, { secret: [key] })).toEqual(RIGHT);
    }
    expect(check(rule, requestOf({ headers, body: 's' }), { secret: [KEY] })).toMatchObject({ ok: false });
    expect(check(rule, request, { secret: ['no key'] })).toMatchObject({ ok: false });
  });

  it('may be over a time and the body, as Telnyx signs', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64');
    const timed = {
      ...rule,
      of: '{{ timestamp }}|{{ body }}',
      timestamp: { at: '@header.telnyx-timestamp' },
    } as const;
    const stamp = String(NOW / 1000);
    const signature = sign(null, Buffer.from(`${stamp}|{"data":{}}`), privateKey).toString('base64');
    const request = requestOf({
      headers: { 'telnyx-signature-ed25519': signature, 'telnyx-timestamp': stamp },
      body: '{"data":{}}',
    });
    expect(check(timed, request, { secret: [raw] })).toEqual(RIGHT);
    expect(check(timed, { ...request, receivedAt: NOW + 400_000 }, { secret: [raw] })).toMatchObject({
      ok: false,
    });
  });

  it('may be RSA', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const signature = sign('RSA-SHA256', Buffer.from('x=1'), privateKey).toString('base64');
    const rsa = { kind: 'publicKey', algorithm: 'rsa-sha256', encoding: 'base64', at: '@header.s' } as const;
    expect(check(rsa, requestOf({ headers: { s: signature }, body: 'x=1' }), { secret: [pem] })).toEqual(
      RIGHT,
    );
  });
});

describe('a secret that is told', () => {
  it('stands in a field of the message, or in a header behind a word', () => {
    const inBody = { kind: 'token', at: 'token' } as const;
    expect(check(inBody, requestOf({ body: '{"token":"t0ken","id":1}' }), { secret: ['t0ken'] })).toEqual(
      RIGHT,
    );
    expect(
      check(inBody, requestOf({ body: '{"token":"other","id":1}' }), { secret: ['t0ken'] }),
    ).toMatchObject({ status: 403 });
    const bearer = { kind: 'token', at: '@header.authorization', prefix: 'Bearer ' } as const;
    expect(
      check(bearer, requestOf({ headers: { authorization: 'Bearer t0ken' } }), { secret: ['t0ken'] }),
    ).toEqual(RIGHT);
  });

  it('is a name and a password', () => {
    const request = requestOf({ headers: { authorization: 'Basic YWxhZGRpbjpvcGVuc2VzYW1l' } });
    expect(check({ kind: 'basic' }, request, { secret: ['aladdin:opensesame'] })).toEqual(RIGHT);
    expect(check({ kind: 'basic' }, request, { secret: ['aladdin:other'] })).toMatchObject({ ok: false });
  });

  it('is a part of what is hashed, as Mango has it', () => {
    const rule = {
      kind: 'hash',
      hash: 'sha256',
      encoding: 'hex',
      at: '@form.sign',
      of: '{{ secret.key }}{{ @form.json }}{{ secret.salt }}',
      secrets: ['key', 'salt'],
    } as const;
    const json = '{"call_id":"1","state":"Appeared"}';
    const form = new URLSearchParams({
      vpbx_api_key: 'k',
      json,
      sign: createHash('sha256').update(`k${json}s`).digest('hex'),
    });
    const request = requestOf({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    expect(check(rule, request, { key: ['k'], salt: ['old', 's'] })).toEqual(RIGHT);
    expect(check(rule, request, { key: ['k'], salt: ['old'] })).toMatchObject({ ok: false });
    expect(check(rule, request, { key: ['k'] })).toMatchObject({ ok: false, status: 403 });
  });

  it('is good over a long text as well, which no byte of may be another', () => {
    const rule = {
      kind: 'hash',
      hash: 'sha256',
      encoding: 'hex',
      at: '@form.sign',
      of: '{{ @form.json }}{{ secret }}',
    } as const;
    const json = JSON.stringify({ call_id: '1', list: 'x'.repeat(2000) });
    const sign = createHash('sha256').update(`${json}s`).digest('hex');
    const sent = (text: string) =>
      requestOf({
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ json: text, sign }).toString(),
      });
    expect(check(rule, sent(json), { secret: ['s'] })).toEqual(RIGHT);
    const other = sent(json.replace('x"}', 'y"}'));
    expect(check(rule, other, { secret: ['s'] })).toMatchObject({ ok: false, status: 403 });
  });

  it('is a signature of any length', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const signature = sign('RSA-SHA256', Buffer.from('x=1'), privateKey).toString('hex');
    const rsa = { kind: 'publicKey', algorithm: 'rsa-sha256', encoding: 'hex', at: '@header.s' } as const;
    const request = requestOf({ headers: { s: signature }, body: 'x=1' });
    expect(check(rsa, request, { secret: [pem] })).toEqual(RIGHT);
  });
});

it('is asked of no route that the rule leaves out', () => {
  const rule = { kind: 'token', at: '@header.x', routes: ['event'] } as const;
  expect(check(rule, requestOf({ route: 'other' }), { secret: ['s'] })).toMatchObject({
    ok: true,
    checked: false,
  });
});

it('never throws, and says nothing of the secret', () => {
  const rules = [
    { kind: 'twilio' },
    { kind: 'basic' },
    { kind: 'hmac', hash: 'sha256', encoding: 'hex', at: '@header.x', secretIs: 'base64' },
    { kind: 'publicKey', algorithm: 'ed25519', encoding: 'hex', at: '@header.x' },
    { kind: 'hash', hash: 'md5', encoding: 'base64', at: '@query.x', of: '{{ secret }}{{ body }}' },
  ] as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...rules),
      fc.string(),
      fc.uint8Array(),
      fc.string(),
      (rule, header, body, query) => {
        const request = {
          ...requestOf({
            headers: { x: header, authorization: header, 'x-twilio-signature': header },
            query,
          }),
          body,
        };
        const verdict = check(rule, { ...request, addresses: [query] }, { secret: ['the-secret-itself'] });
        expect(JSON.stringify(verdict)).not.toContain('the-secret-itself');
      },
    ),
    { numRuns: 300 },
  );
});
