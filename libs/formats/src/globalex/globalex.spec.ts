import fc from 'fast-check';
import { readParty } from '#domain';
import { callTold, eventTold, legTold } from '../conformance/told-call.fixture.js';
import { OWN_URL, messagesOf, problemsOf, writerOf } from '../conformance/written.fixture.js';

/** As printed in the seed. */
const SEED_INCOMING =
  'https://webhook.url/incomingCall?callid={callid}&ext={extention_num}&caller={caller_num}&target={taqrget}';
const told = (settings: object, call = callTold(), type = 'call.ended') =>
  messagesOf(writerOf('globalex', settings), eventTold(call, { type }));
const parameters = (url = '') => Object.fromEntries(new URL(url).searchParams);

describe('URL templates', () => {
  it('are filled in as the seed has them, misprints included', () => {
    const [alert] = told({ incomingUrl: SEED_INCOMING }, callTold(), 'call.ringing');
    expect(alert).toMatchObject({
      method: 'GET',
      url: 'https://webhook.url/incomingCall?callid=v-1&ext=101&caller=0523258000&target=0722776772',
      body: null,
    });
  });

  it('get no parameters that they did not ask for; a body is sent all the same where one is wanted', () => {
    const endUrl = 'https://webhook.url/calls/{ivruniqeid}?by={callerextention}{targetextention}';
    const [inUrl] = told({ endUrl });
    expect([inUrl?.method, inUrl?.url]).toEqual(['GET', 'https://webhook.url/calls/v-1?by=101']);
    const [inBody] = told({ endUrl, encoding: 'json' });
    expect([inBody?.method, inBody?.url]).toEqual(['POST', 'https://webhook.url/calls/v-1?by=101']);
    expect(JSON.parse(inBody?.body ?? '')).toMatchObject({ ivruniqueid: 'v-1' });
  });

  it('without placeholders, as the endpoint’s own URL, have everything added to the query', () => {
    const [end] = told({});
    expect(end?.url.startsWith(`${OWN_URL}?caller=`)).toBe(true);
    const [mine] = told({ endUrl: 'https://webhook.url/end?mine=1' });
    expect(parameters(mine?.url)).toMatchObject({ mine: '1', ivruniqueid: 'v-1' });
  });

  it.each([
    ['https://webhook.url/{callid', 'endUrl: The brace at position 21 has no other half.'],
    ['https://webhook.url/callid}', 'endUrl: The brace at position 27 has no other half.'],
    ['https://webhook.url/{nobody}', 'endUrl: There is no parameter {nobody}, as at position 21.'],
    ['https://{caller}/x', expect.stringContaining('host is written out')],
    ['https://crm{caller}.example/x', expect.stringContaining('host is written out')],
    ['{caller}', expect.stringContaining('host is written out')],
    ['ftp://webhook.url/{callid}', expect.stringContaining('host is written out')],
  ])('%s: %s', (endUrl, problem) => {
    expect(problemsOf('globalex', { endUrl })).toEqual([problem]);
  });

  it('never let a value choose the host or another page', () => {
    const endUrl = 'https://webhook.url/a/{caller}/b?c={target}';
    const values = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('..', '.', '%2e%2e', '//evil', '\\evil', '@evil', '?', '#', '/..', ''),
    );
    fc.assert(
      fc.property(values, values, (caller, target) => {
        const call = callTold({ from: readParty(caller, 'IL'), to: readParty(target, 'IL') });
        for (const { url } of told({ endUrl }, call)) {
          const { host, pathname } = new URL(url);
          expect(host).toBe('webhook.url');
          expect(pathname).toMatch(/^\/a\/[^/]*\/b$/);
        }
      }),
    );
    const climbing = callTold({ from: readParty('..', 'IL') });
    expect(writerOf('globalex', { endUrl }).write(eventTold(climbing), OWN_URL)).toMatchObject({
      kind: 'nothing',
    });
  });
});

describe('the end call event', () => {
  it('has every parameter of the seed’s example, in its order', () => {
    const call = callTold({
      queue: { id: '7', name: 'Sales' },
      queueSeconds: 5,
      raw: { record: 'in-1.wav', domain: 'pbx1' },
    });
    const [end] = told({ domain: 'other', domainName: 'Acme', epochs: 'utc' }, call);
    expect(Object.entries(parameters(end?.url))).toEqual([
      ['caller', '0523258000'],
      ['target', '0722776772'],
      ['time', String(Date.UTC(2026, 10, 21, 9, 28, 52) / 1000)],
      ['duration', '73'],
      ['ivruniqueid', 'v-1'],
      ['type', 'Incoming'],
      ['status', 'ANSWER'],
      ['targetextension', '101'],
      ['callerextension', ''],
      ['did', '0722776772'],
      ['queueid', '7'],
      ['queuename', 'Sales'],
      ['record', 'in-1.wav'],
      ['dialtime', '60'],
      ['domain', 'pbx1'],
      ['domain_name', 'Acme'],
    ]);
  });

  it.each([
    ['answered', 'ANSWER'],
    ['missed', 'NO ANSWER'],
    ['abandoned', 'NO ANSWER'],
    ['busy', 'BUSY'],
    ['failed', 'CONGESTION'],
  ] as const)('of a call that was %s says %s', (result, status) => {
    expect(parameters(told({}, callTold({ result }))[0]?.url)).toMatchObject({ status });
  });
});

describe('the incoming call alert', () => {
  it('is one for each extension that rings, and none for calls of ours', () => {
    const legs = ['101', '102'].map((extension) => legTold(extension, { extension, state: 'ringing' }));
    const alerts = told({}, callTold({ legs }), 'call.ringing');
    expect(alerts.map(({ url, key }) => [parameters(url)['ext'], key])).toEqual([
      ['101', 'ext@101'],
      ['102', 'ext@102'],
    ]);
    expect(told({}, callTold({ direction: 'outbound' }), 'call.ringing')).toEqual([]);
    expect(told({}, callTold(), 'call.answered')).toEqual([]);
  });
});
