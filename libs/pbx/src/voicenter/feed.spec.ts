import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DriverAccount } from '../driver.js';
import { answering, failing, scriptedPbx } from '../scripted-pbx.fixture.js';
import { feed } from './feed.js';

const account = (secrets: Record<string, string>, settings: Record<string, string> = {}): DriverAccount => ({
  settings,
  secrets,
  numbers: 'e164',
  country: 'IL',
  timeZone: 'Asia/Jerusalem',
  token: null,
});
const TOKEN = account({ feed_token: 't0ken-s3cret' });
const SOCKET = {
  URL: 'https://monitor5.example/',
  URLList: ['https://monitor5.example'],
  Token: 'socket-token',
  TokenExpiry: '2026-05-03T21:30:00.000Z',
};

describe('the login of the realtime channel', () => {
  it.each([
    ['token', { feed_token: 'a' }, 'Token', { token: 'a' }],
    [
      'user',
      { feed_user: 'd@x.example', feed_password: '1234' },
      'User',
      { email: 'd@x.example', pin: '1234' },
    ],
    ['account', { feed_user: 'acme', feed_password: 'p' }, 'Account', { username: 'acme', password: 'p' }],
  ])('by a %s says what the vendor’s client says, once', async (kind, secrets, path, body) => {
    const { io, requests } = scriptedPbx({ StatusCode: 200, Data: { Socket: SOCKET } });
    const answer = await feed.logIn(account(secrets, { feed_login: kind }), io);
    expect(answer).toEqual({
      kind: 'done',
      url: 'https://monitor5.example',
      query: { token: 'socket-token' },
      expiresAt: Date.UTC(2026, 4, 3, 21, 30),
    });
    expect(requests.map(({ method, url }) => [method, url])).toEqual([
      ['POST', `https://loginapi.voicenter.co.il/monitorAPI/Login/${path}`],
    ]);
    expect(JSON.parse(String(requests[0]?.body))).toEqual(body);
  });

  it('goes where the account says, and is told where the socket is unless that says so too', async () => {
    const own = { feed_url: 'https://pbx.example/Login/', feed_socket_url: 'http://10.0.0.5:8080' };
    const { io, requests } = scriptedPbx({ Data: { Socket: SOCKET } });
    const answer = await feed.logIn(account(TOKEN.secrets, own), io);
    expect(answer).toMatchObject({ kind: 'done', url: 'http://10.0.0.5:8080' });
    expect(requests[0]?.url).toBe('https://pbx.example/Login/Token');
  });

  it.each([
    [
      'HTTP 401',
      answering('{"StatusCode":401,"Status":"Unauthorized","error":"t0ken-s3cret is wrong"}', 401),
      'refused',
    ],
    ['an error under HTTP 200', answering('{"error":"bad t0ken-s3cret"}'), 'refused'],
    ['no socket', answering('{"Data":{}}'), 'unknown'],
    ['nothing that can be read', answering('<html>'), 'unknown'],
    ['no connection', failing('refused', 'unsent'), 'refused'],
  ])('that is answered with %s is %s, without the secret', async (_, reply, kind) => {
    const { io } = scriptedPbx(reply);
    const answer = await feed.logIn(TOKEN, io);
    expect(answer.kind).toBe(kind === 'refused' ? 'refused' : 'unknown');
    expect(JSON.stringify(answer)).not.toContain('s3cret');
  });

  it('asks nobody while the account lacks what it logs in with', async () => {
    const { io, requests } = scriptedPbx({});
    expect(await feed.logIn(account({}), io)).toMatchObject({
      kind: 'refused',
      reason: 'The account lacks feed_token.',
    });
    expect(requests).toEqual([]);
  });

  it('is off unless it is on', () => {
    expect([feed.isOn({}), feed.isOn({ feed: 'off' }), feed.isOn({ feed: 'on' })]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('a message of the realtime channel', () => {
  const wall = { servertimeoffset: 180 };
  const extension = {
    userID: 11,
    extenUser: 'SipSip',
    number: 101,
    onlineUserID: 7,
    representative: 7,
    representativeStatus: 3,
    representativeUpdated: Date.UTC(2026, 4, 3, 12, 0),
    summery: { representative: 'Dana' },
    calls: [],
  };
  const phone = {
    key: '11',
    words: ['SipSip', '101'],
    agent: { code: '7', name: 'Dana' },
    status: 3,
    since: Date.UTC(2026, 4, 3, 9, 0),
    device: 'unknown',
    calls: [],
  };

  it('about all extensions says who is logged in where, and since when by the true clock', () => {
    const nobody = { userID: 12, extenUser: 'Two', representativeStatus: 0, onlineUserID: 0 };
    expect(
      feed.read('AllExtensionsStatus', { ...wall, extensions: [extension, nobody, 'junk', {}] }),
    ).toEqual({
      kind: 'phones',
      isAll: true,
      phones: [
        phone,
        {
          ...{ key: '12', words: ['Two'], agent: null, status: 2, since: null },
          ...{ device: 'unknown', calls: [] },
        },
      ],
    });
  });

  it.each([
    ['Reachable', 'reachable'],
    ['registered', 'reachable'],
    ['Unreachable', 'unreachable'],
    ['Unknown', 'unknown'],
    [null, 'unknown'],
    [7, 'unknown'],
  ])('about an extension whose peerStatus is %s has its phone %s', (peerStatus, device) => {
    const news = feed.read('ExtensionEvent', { ...wall, data: { ...extension, peerStatus } });
    expect(news).toMatchObject({ phones: [{ device }] });
  });

  it('about an extension says which calls go on there, by the true clock', () => {
    const started = Date.UTC(2026, 4, 3, 12, 5) / 1_000;
    const told = { ivrid: 'v-1', callerphone: '0502345678', did: '031234567', callStarted: started };
    const calls = [
      { ...told, callstatus: 'Ringing', answered: 0, callAnswered: 0, direction: 'Incoming' },
      {
        ...told,
        ivrid: 'v-2',
        callstatus: 'Talking',
        answered: 1,
        callAnswered: started + 9,
        direction: 'Outgoing',
      },
      {
        ...told,
        ivrid: 'v-3',
        callstatus: 'Hold',
        answered: 1,
        callAnswered: 0,
        direction: 'x',
        isInternal: true,
      },
      { callstatus: 'Ringing' },
      'junk',
    ];
    const since = Date.UTC(2026, 4, 3, 9, 5);
    const read = { number: '0502345678', did: '031234567', since, answeredAt: null };
    expect(feed.read('ExtensionEvent', { ...wall, data: { ...extension, calls } })).toMatchObject({
      phones: [
        {
          calls: [
            { ...read, vendorCallId: 'v-1', state: 'ringing', direction: 'inbound' },
            {
              ...read,
              vendorCallId: 'v-2',
              state: 'answered',
              direction: 'outbound',
              answeredAt: since + 9_000,
            },
            { ...read, vendorCallId: 'v-3', state: 'held', direction: 'internal' },
          ],
        },
      ],
    });
  });

  it('about queues says who waits in which, and since when', () => {
    const joined = Date.UTC(2026, 4, 3, 12, 5) / 1_000;
    const caller = { CallerID: '0501', CallerName: 'Jane', IvrUniqueID: 'v-1', JoinTimeStamp: joined };
    const support = {
      QueueID: 10035,
      QueueName: 'Support',
      Calls: [caller, { ...caller, ivrid: 'v-2', IvrUniqueID: '', CallerName: '0501' }, {}],
    };
    const since = Date.UTC(2026, 4, 3, 9, 5);
    const read = {
      queue: '10035',
      name: 'Support',
      callers: [
        { vendorCallId: 'v-1', number: '0501', name: 'Jane', joinedAt: since },
        { vendorCallId: 'v-2', number: '0501', name: null, joinedAt: since },
      ],
    };
    expect(feed.read('loginStatus', { ...wall, queues: [support, {}] })).toEqual({
      kind: 'queues',
      queues: [read],
      isAll: true,
    });
    expect(feed.read('QueueEvent', { ...wall, reason: 'JOIN', data: support })).toEqual({
      kind: 'queues',
      queues: [read],
      isAll: false,
    });
  });

  it.each(['userStatusUpdate', 'NEWCALL', 'HANGUP'])('about one, %s, says the same of it', (reason) => {
    expect(feed.read('ExtensionEvent', { ...wall, reason, data: extension })).toEqual({
      kind: 'phones',
      isAll: false,
      phones: [phone],
    });
  });

  it.each(['ExtensionsUpdated', 'QueuesUpdated'])(
    'that there are others than before, %s, is answered by asking for all',
    (name) => {
      expect(feed.read(name, wall)).toEqual({
        kind: 'say',
        name: 'resync',
        data: { cache: false },
      });
    },
  );

  it('that the login holds no more ends it, and any other one tells nothing', () => {
    expect(feed.read('keepaliveResponse', { errorCode: 1 })).toMatchObject({ kind: 'refused' });
    for (const name of [
      'keepaliveResponse',
      'loginResponse',
      'loginSuccess',
      'loginStatus',
      'QueueEvent',
      'x',
    ]) {
      expect(feed.read(name, { errorCode: 0 })).toBeUndefined();
    }
  });

  it('never throws, whatever is in it', () => {
    const names = fc.constantFrom(
      'AllExtensionsStatus',
      'ExtensionEvent',
      'ExtensionsUpdated',
      'loginResponse',
      'loginStatus',
      'QueueEvent',
      'y',
    );
    const call = fc.record({
      ivrid: fc.jsonValue(),
      callStarted: fc.jsonValue(),
      callstatus: fc.jsonValue(),
    });
    const caller = fc.record({ IvrUniqueID: fc.jsonValue(), JoinTimeStamp: fc.jsonValue() });
    const things = fc.record({
      extensions: fc.array(fc.jsonValue()),
      queues: fc.array(fc.record({ QueueID: fc.jsonValue(), Calls: fc.array(caller) })),
      data: fc.oneof(
        fc.jsonValue(),
        fc.record({ QueueID: fc.jsonValue(), Calls: fc.oneof(fc.jsonValue(), fc.array(caller)) }),
        fc.tuple(fc.jsonValue(), fc.array(call)).map(([value, calls]) => ({
          ...{ ...extension, representativeUpdated: value, representativeStatus: value },
          ...{ peerStatus: value, calls },
        })),
      ),
      servertimeoffset: fc.jsonValue(),
    });
    fc.assert(
      fc.property(names, fc.oneof(fc.jsonValue(), things), (name, data) => {
        const news = feed.read(name, data);
        const times =
          news?.kind === 'phones'
            ? news.phones.flatMap(({ since, calls }) => [since, ...calls.map((one) => one.since)])
            : news?.kind === 'queues'
              ? news.queues.flatMap(({ callers }) => callers.map(({ joinedAt }) => joinedAt))
              : [];
        expect(times.every((at) => at === null || Number.isSafeInteger(at))).toBe(true);
        if (news?.kind !== 'phones') return;
        expect(news.phones.every(({ status }) => Number.isSafeInteger(status))).toBe(true);
      }),
    );
  });
});
