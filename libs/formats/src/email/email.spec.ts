import fc from 'fast-check';
import { OPERATIONAL_EVENT_TYPES, fullBucket, instant, takeTokens, type Instant } from '#domain';
import { eventTold } from '../conformance/told-call.fixture.js';
import { problemsOf, writerOf } from '../conformance/written.fixture.js';
import { mailLimit } from './mail-limit.js';

const URL = 'mailto:ops@example.com,night@example.com';
const ENDPOINT = { id: '019a9e5c-7a00-7000-8000-000000000002', name: 'CRM' };
const writer = writerOf('email', undefined);
const HOUR = 3_600_000;

function mailsOf(type: string, data: object, where: { url?: string; apiUrl?: string | null } = {}) {
  const { url, apiUrl } = { url: URL, apiUrl: 'https://api.example', ...where };
  const writing = writer.write(eventTold(data, { type, sequence: 0 }), url, apiUrl);
  return writing.kind === 'messages' ? writing.messages : [];
}

describe('the format email', () => {
  it('writes one mail to each address, that says what, why, when, and what to do', () => {
    const mails = mailsOf('endpoint.failing', {
      endpoint: ENDPOINT,
      reason: 'Several deliveries in a row failed.',
    });
    expect(mails.map(({ key, method, url, headers }) => ({ key, method, url, headers }))).toEqual(
      ['ops@example.com', 'night@example.com'].map((address) => ({
        key: address,
        method: 'MAIL',
        url: `mailto:${address}`,
        headers: { subject: '[Switchhook] Endpoint "CRM" is failing' },
      })),
    );
    expect(mails[0]?.body).toBe(`Endpoint "CRM" is failing.

Several deliveries in a row failed.

When:   2026-11-21 09:30:00 UTC
About:  Endpoint CRM (${ENDPOINT.id})
Event:  endpoint.failing (019a9e5c-7a00-7000-8000-000000000002)

See what its last attempts were answered, and put the receiver right. The tries go on by themselves.
  GET https://api.example/v1/deliveries?endpointId=${ENDPOINT.id}
  GET https://api.example/v1/endpoints/${ENDPOINT.id}

-- 
Sent because an e-mail endpoint asks for such events. To get fewer of them, change its event types,
or pause or delete it.
`);
  });

  it.each([...OPERATIONAL_EVENT_TYPES, 'endpoint.test', 'endpoint.of_a_newer_build'])(
    'has words for %s, and for where there is no address of the API',
    (type) => {
      const about = { id: 'the-id', name: 'the-name' };
      const [mail] = mailsOf(type, { endpoint: about, reason: 'The reason.' });
      expect(mail?.headers['subject']).toMatch(/^\[Switchhook\] \S/);
      expect(mail?.body).toContain('The reason.');
      expect(mail?.body).toMatch(/ {2}(GET|POST|PATCH|DELETE) https:\/\/api\.example\/v1\//);
      const [plain] = mailsOf(type, { endpoint: about, reason: 'The reason.' }, { apiUrl: null });
      expect(plain?.body).toMatch(/At the API of your installation:\n {2}(GET|POST|PATCH|DELETE) \/v1\//);
    },
  );

  it('tells of connections and keys by their names', () => {
    const connection = { id: 'c-1', name: 'Office PBX' };
    expect(mailsOf('connection.token_expiring', { connection, reason: '' })[0]?.body).toContain(
      'About:  Connection Office PBX (c-1)',
    );
    expect(mailsOf('api_key.expiring', { apiKey: connection, reason: '' })[0]?.headers['subject']).toContain(
      'The API key "Office PBX" expires soon',
    );
  });

  it('has nothing for events of calls, nor for who is no address', () => {
    expect(writer.write(eventTold({}, { type: 'call.ended' }), URL)).toEqual({
      kind: 'nothing',
      reason: 'no message for call.ended',
    });
    expect(mailsOf('endpoint.failing', { endpoint: ENDPOINT }, { url: 'https://crm.example/' })).toEqual([]);
  });

  it('goes to the addresses of its URL, whatever the data is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string({ unit: 'binary' }), (anything, text) => {
        const data = { endpoint: { id: 'x@evil.example', name: text }, reason: text, anything };
        const addresses = mailsOf('endpoint.failing', data).map(({ url }) => url);
        expect(addresses).toEqual(['mailto:ops@example.com', 'mailto:night@example.com']);
      }),
    );
  });

  it('a name cannot begin a line, in the subject or in the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '\r\n',
            '\n',
            '\r',
            '\u2028',
            '\u0085',
            '\0',
            '\u202e',
            'Bcc: x@example.com',
            'é',
            ' ',
          ),
        ),
        fc.string({ unit: 'binary' }),
        (parts, text) => {
          const name = parts.join('') + text;
          const [mail] = mailsOf('endpoint.failing', { endpoint: { id: 'i', name }, reason: name });
          expect(mail?.headers['subject']).not.toMatch(/[\r\n\u2028\u2029\u0085\0\u202e]/);
          const plain = mailsOf('endpoint.failing', { endpoint: { id: 'i', name: 'n' }, reason: 'r' })[0]
            ?.body;
          expect(mail?.body?.split(/\r\n|[\r\n\u2028\u2029\u0085]/).length).toBeLessThanOrEqual(
            plain?.split('\n').length ?? 0,
          );
        },
      ),
    );
  });

  it('takes a limit of 1 to 30 an hour, 30 when nothing is said', () => {
    expect(writer.settings).toEqual({ mostPerHour: 30 });
    expect(writerOf('email', { mostPerHour: 4 }).limit).toEqual(mailLimit(4));
    for (const mostPerHour of [0, 31, 1.5, '4']) {
      expect(problemsOf('email', { mostPerHour })).toEqual([
        'mostPerHour: This must be a whole number from 1 to 30.',
      ]);
    }
  });

  it('no hour has more mails than the limit says, however they come, and a steady stream has nearly as many', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.integer({ min: 0, max: HOUR / 4 })),
        (most, gaps) => {
          const limit = mailLimit(most);
          let now: Instant = instant(0);
          let bucket = fullBucket(limit, now);
          const sent: number[] = [];
          // After the given gaps whoever waits is always there again.
          for (const gap of [...gaps, ...Array.from({ length: 400 }, () => 60_000)]) {
            now = instant(now + gap);
            const taken = takeTokens(bucket, limit, 5, now);
            bucket = taken.bucket;
            for (let index = 0; index < taken.taken; index += 1) sent.push(now);
          }
          for (const at of sent) {
            expect(sent.filter((other) => other >= at && other < at + HOUR).length).toBeLessThanOrEqual(most);
          }
          const lastHours = sent.filter((at) => at > now - 4 * HOUR).length;
          expect(lastHours).toBeGreaterThanOrEqual(Math.floor((most * 4) / 2));
        },
      ),
      { numRuns: 50 },
    );
  });
});
