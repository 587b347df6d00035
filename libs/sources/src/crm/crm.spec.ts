import {
  id,
  instant,
  type ContactSourceId,
  type EndpointAuth,
  type EndpointId,
  type Exchange,
} from '#domain';
import type { OutgoingRequest, Sent } from '#platform';
import type { SourceSetup } from '../contact-source.js';
import { crm } from './crm.js';

const QUESTION = { e164: '+972502345678', country: 'IL', callId: null, did: null, extension: null };
const NOA = { id: '7', name: 'Noa Cohen', phoneNumber: '050-234-5678', accountName: 'Acme' };
const TIMINGS = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 1 };
const BEARER: EndpointAuth = { kind: 'bearer', token: 'the-secret-token' };

const answered = (status: number, body: unknown, headers: Record<string, string> = {}): Exchange => ({
  ...{ kind: 'answered', status, headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const list = (...records: object[]) => answered(200, { total: records.length, list: records });

/** Asks a CRM that answers with these, each after so long; tokens are `t1`, `t2` and so on. */
async function ask(
  answers: Exchange[],
  { eachMs = 10, auth = BEARER, format = 'espocrm', formatSettings = {} } = {},
) {
  let now = 1_000_000;
  let tokens = 0;
  const sent: OutgoingRequest[] = [];
  const access = { headers: {}, auth };
  const endpoint = {
    ...{ id: id<EndpointId>('e'), url: 'https://crm.example', format, formatSettings, access },
    sealedAccess: null,
    grantEpoch: 0,
  };
  const setup: SourceSetup = { url: '', headers: {}, secret: null, timeoutMs: 1_000, endpoint };
  const exchange = await crm.findContacts(QUESTION, setup, {
    send: (request): Promise<Sent> => {
      sent.push(request);
      now += eachMs;
      const [answer] = answers.splice(0, answers.length > 1 ? 1 : 0).concat(answers);
      const tooLate: Exchange = { kind: 'failed', cause: 'timeout', message: 'Nothing came.' };
      const given = eachMs > request.timeoutMs ? tooLate : (answer ?? tooLate);
      return Promise.resolve({
        ...{ kind: 'exchanged', exchange: given, sentAt: instant(now), durationMs: 1, resolvedIp: null },
        timings: TIMINGS,
      });
    },
    now: () => instant(now),
    newMessageId: () => id<ContactSourceId>('m'),
    grants: { get: () => Promise.resolve({ kind: 'aborted' }) },
    tokens: {
      get: () => {
        tokens += 1;
        return Promise.resolve({ kind: 'fetched', token: `t${String(tokens)}`, until: instant(now + 1) });
      },
    },
  });
  return { ...exchange, sent };
}

describe('a CRM that is asked who is calling', () => {
  it('names those of its records that have the number, by kind and id', async () => {
    const stranger = { ...NOA, id: '8', phoneNumber: '+44 50 234 5678' };
    const { finding } = await ask([list(NOA, stranger, NOA)]);
    expect(finding).toEqual({
      ...{ ok: true, ignored: 2 },
      contacts: [
        {
          ...{ id: 'Contact/7', name: 'Noa Cohen', company: 'Acme', url: null, numbers: [QUESTION.e164] },
          ...{ createdAt: 0, updatedAt: 0 },
        },
      ],
    });
  });

  it('shows whom it has no name of by the company, else by the number', async () => {
    const nameless = { ...NOA, name: '' };
    const { finding } = await ask([list(nameless, { ...nameless, id: '8', accountName: null })]);
    expect(finding).toMatchObject({ contacts: [{ name: 'Acme' }, { name: QUESTION.e164 }] });
  });

  it.each([
    [answered(503, 'down'), 'status', 'The CRM answered 503.'],
    [answered(404, ''), 'status', 'The CRM answered 404.'],
    [
      answered(200, '<html>Please log in</html>'),
      'unreadable',
      'The CRM answered 200 with something that is no JSON.',
    ],
    [{ kind: 'failed', cause: 'dns', message: 'No such host.' } as const, 'dns', 'No such host.'],
  ])('that answers %j says nothing of use', async (answer, cause, reason) => {
    expect((await ask([answer])).finding).toEqual({ ok: false, cause, reason });
  });

  it('that asks us to slow down tells for how long', async () => {
    const { finding } = await ask([answered(429, '', { 'retry-after': '7' })]);
    expect(finding).toMatchObject({ ok: false, cause: 'throttled', waitMs: 7_000 });
  });

  it('gets another token where it takes the first one no more, and not a third', async () => {
    const auth: EndpointAuth = {
      ...{
        kind: 'oauth2',
        tokenUrl: 'https://crm.example/token',
        clientId: 'a',
        clientSecret: 'client-secret',
      },
      ...{ scope: null, audience: null, sendAs: 'basic' },
    };
    const renewed = await ask([answered(401, ''), list(NOA)], { auth });
    expect(renewed.finding).toMatchObject({ contacts: [{ id: 'Contact/7' }] });
    expect(renewed.sent.map(({ headers }) => headers['authorization'])).toEqual(['Bearer t1', 'Bearer t2']);
    const refused = await ask([answered(401, '')], { auth });
    expect([refused.finding.ok, refused.sent.length]).toEqual([false, 2]);
  });

  it('has one deadline for all of its requests', async () => {
    const { finding, sent } = await ask([answered(200, [])], { format: 'freshdesk', eachMs: 600 });
    expect(finding).toMatchObject({ ok: false, cause: 'timeout' });
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([1_000, 400]);
  });

  it('that repeats our credentials does not put them into our words', async () => {
    const { finding, hides } = await ask([answered(400, { message: 'Bad token the-secret-token' })]);
    expect(JSON.stringify(finding)).not.toContain('the-secret-token');
    expect([hides.headers, hides.texts]).toEqual([['authorization'], ['the-secret-token']]);
  });

  it.each(['standard', 'nonsense'])('is nobody where the format of the endpoint is %s', async (format) => {
    const { finding, request, sent } = await ask([], { format });
    expect([finding.ok, request, sent]).toEqual([false, null, []]);
  });

  it('is asked no faster than its ration, where it has one', () => {
    const setup = (format: string): SourceSetup => ({
      ...{ url: '', headers: {}, secret: null, timeoutMs: 1_000 },
      endpoint: {
        ...{ id: id<EndpointId>('e'), url: 'https://crm.example', format, formatSettings: {} },
        ...{ access: { headers: {}, auth: BEARER }, sealedAccess: null, grantEpoch: 0 },
      },
    });
    expect(crm.rateOf?.(setup('espocrm'))).toBeUndefined();
    expect(crm.rateOf?.(setup('freshdesk'))?.perSecond).toBeLessThan(0.4);
    expect(crm.rateOf?.(setup('pipedrive'))).toEqual({ perSecond: 1.5, burst: 2 });
  });
});
