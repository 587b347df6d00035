import { createHmac } from 'node:crypto';
import type { SignedRequest } from '../dialect.js';
import { generic } from './generic.js';
import type { Mapping } from './mapping.js';

const NOW = Date.parse('2026-11-21T09:30:00Z');
const MAPPING = {
  title: 'T',
  guide: [],
  routes: [{ name: 'event', what: 'x' }],
  signature: {
    kind: 'hmac',
    hash: 'sha256',
    encoding: 'hex',
    at: '@header.x-zm-signature',
    prefix: 'v0=',
    of: 'v0:{{ timestamp }}:{{ body }}',
    timestamp: { at: '@header.x-zm-request-timestamp' },
  },
  handshakes: [
    {
      name: 'echo',
      when: [{ at: '@header.validation-token', there: true }],
      reply: { headers: { 'Validation-Token': '{{ @header.validation-token }}' } },
    },
    {
      name: 'challenge',
      when: [{ at: 'event', is: ['endpoint.url_validation'] }],
      hmac: { hash: 'sha256', encoding: 'hex', of: 'payload.plainToken' },
      reply: {
        contentType: 'application/json',
        body: '{"plainToken":"{{ payload.plainToken }}","encryptedToken":"{{ hmac }}"}',
      },
    },
  ],
  replies: {
    accepted: { status: 202, contentType: 'application/json', body: '{"ok":true,"to":"{{ url }}"}' },
  },
  shapes: [{ name: 'any', phase: 'ended', call: 'id' }],
} satisfies Mapping;

const requestOf = (body: string, headers: Record<string, string> = {}): SignedRequest => ({
  method: 'POST',
  route: 'event',
  query: '',
  headers,
  body: Buffer.from(body),
  addresses: ['https://pbx.example/in/t/generic/event'],
  receivedAt: NOW,
});
const signed = (body: string): SignedRequest => {
  const stamp = String(NOW / 1000);
  const signature = createHmac('sha256', 's').update(`v0:${stamp}:${body}`).digest('hex');
  return requestOf(body, { 'x-zm-signature': `v0=${signature}`, 'x-zm-request-timestamp': stamp });
};
const settings = { mapping: MAPPING };
const shake = (request: SignedRequest, secrets = { secret: ['s'] }) =>
  generic.handshake?.(request, settings, secrets);

it('echoes what it is asked to, without what no header holds', () => {
  expect(shake(requestOf('', { 'validation-token': 'abc-\u00e91' }))).toMatchObject({
    status: 200,
    headers: { 'validation-token': 'abc-1' },
  });
});

it('proves that it knows the secret', () => {
  const reply = shake(signed('{"event":"endpoint.url_validation","payload":{"plainToken":"q\\"x"}}'));
  expect(JSON.parse(reply?.body ?? '')).toEqual({
    plainToken: 'q"x',
    encryptedToken: createHmac('sha256', 's').update('q"x').digest('hex'),
  });
});

it('proves it over the whole of a long text', () => {
  const plainToken = 'x'.repeat(2000);
  const reply = shake(signed(JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken } })));
  expect(reply?.body).toContain(createHmac('sha256', 's').update(plainToken).digest('hex'));
});

it('repeats no more than a part of a long text', () => {
  const plainToken = 'x'.repeat(2000);
  const reply = shake(signed(JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken } })));
  expect(JSON.parse(reply?.body ?? '')).toMatchObject({ plainToken: 'x'.repeat(1000) });
});

it('signs nothing for those who do not sign themselves', () => {
  const forged = `v0:${String(NOW / 1000)}:{}`;
  const question = JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken: forged } });
  expect(shake(requestOf(question))).toBeUndefined();
  expect(shake(signed(question), { secret: ['another'] })).toBeUndefined();
});

it('takes no other message for a question', () => {
  expect(shake(signed('{"id":1}'))).toBeUndefined();
});

it('answers in the mapping’s own words', () => {
  const to = { route: 'event', format: 'json', settings, asked: requestOf('{"id":1}') } as const;
  expect(generic.reply({ kind: 'accepted' }, to)).toMatchObject({
    status: 202,
    body: '{"ok":true,"to":"https://pbx.example/in/t/generic/event"}',
  });
});

it('has the routes, the guide and the defaults of the connection’s mapping', () => {
  const parts = generic.forSettings?.({ mapping: 'sipgate' });
  expect(parts).toMatchObject({ guide: { title: 'sipgate' }, defaultCountry: 'DE', sendsNoCdr: true });
  expect(generic.settingProblems?.({ mapping: 'no such' })).toMatchObject([{ path: 'mapping' }]);
  expect(generic.settingProblems?.({ mapping: { ...MAPPING, shapes: [] } })).toMatchObject([
    { path: 'mapping.shapes' },
  ]);
});
