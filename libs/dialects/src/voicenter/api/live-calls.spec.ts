/** Live calls, queues and the list of extensions: every sample of seed sections 7 and 8. */
import { instant, type LegReport, type ToldExtension } from '#domain';
import { EVERY_FAILURE, NOW, toldCall, toldExtension } from '../../conformance/told.fixture.js';
import type { FacadeSettings } from '../../facade.js';
import { askOf, IN_ISRAEL, jsonOf, problemOf, readAsked, replyTelling, replyTo } from './api.fixture.js';

const UTC: FacadeSettings = { ...IN_ISRAEL, epochs: 'utc' };
const TALKING: Partial<LegReport> = {
  phase: 'answered',
  direction: 'outbound',
  from: 'aaaaaaa',
  to: '0547777777',
  did: null,
  extension: 'aaaaaaa',
  startedEpochSeconds: 1_402_233_117,
  ringSeconds: null,
  talkSeconds: null,
};
const RINGING: Partial<LegReport> = { ...TALKING, phase: 'ringing', result: 'unknown', direction: 'inbound' };

function extensionsOf(extensions: readonly ToldExtension[], settings = UTC) {
  const reading = readAsked('extension-calls', 'seed-request.query');
  const reply = replyTelling(reading, { kind: 'live_calls', extensions, at: NOW }, settings);
  return jsonOf(reply) as { EXTENSIONS: (Record<string, unknown> & { calls: Record<string, unknown>[] })[] };
}

describe('7.1, extensions’ active calls', () => {
  it('request: a code, and one extension or all', () => {
    expect(readAsked('extension-calls', 'seed-request.query').presented).toEqual({
      kind: 'code',
      code: 'xxxxxxxxxx',
    });
    expect(askOf('extension-calls', 'seed-request.query')).toEqual({ kind: 'live_calls' });
    expect(askOf('extension-calls', 'one.json')).toEqual({ kind: 'live_calls', extension: 'SIPSIP1' });
  });

  it('the sample: who talks, and who does not', () => {
    const told = toldCall([TALKING], { callId: 'xxxxXxxxXxxxXxxxXxxxXxxxXxxxXxxx' });
    const call = { ...told, call: { ...told.call, answeredAt: instant(1_402_233_123_000) } };
    const agent = { number: 1, name: 'Dodod', code: null };
    const busy = toldExtension({ name: 'Desk 1', extension: 'aaaaaaa', agent, calls: [call] });
    const idle = toldExtension({
      name: 'Desk 2',
      extension: 'ttttttt',
      agent: null,
      device: 'unknown',
      standing: null,
      status: null,
      calls: [],
    });
    expect(extensionsOf([busy, idle])).toMatchObject({
      ERR: 0,
      DESC: 'OK',
      EXTENSIONS: [
        {
          name: 'Desk 1',
          representative: 'Dodod',
          peerstatus: 'Reachable',
          username: 'aaaaaaa',
          calls: [
            {
              callername: '0547777777',
              callerphone: '0547777777',
              callstarted: 1402233117,
              callanswered: 1402233123,
              answered: 1,
              callstatus: 'Talking',
              ivrid: 'xxxxXxxxXxxxXxxxXxxxXxxxXxxxXxxx',
              direction: 'Outgoing',
            },
          ],
        },
        { name: 'Desk 2', representative: '', peerstatus: 'Unknown', username: 'ttttttt', calls: [] },
      ],
    });
  });

  it('tells times in both spellings, by the clock on the wall where the connection’s epochs are that', () => {
    const [extension] = extensionsOf([toldExtension({ calls: [toldCall([TALKING])] })], IN_ISRAEL).EXTENSIONS;
    const [call] = extension?.calls ?? [];
    expect(call?.['callStarted']).toBe(1_402_233_117 + 3 * 3600);
    expect(call?.['callstarted']).toBe(call?.['callStarted']);
    expect(call?.['callanswered']).toBe(call?.['callAnswered']);
  });

  it('names the recording’s file, without what may stand behind it in its URL', () => {
    const url = 'https://pbx.example/rec/2020101201cc7b38df-aws.mp3?signature=abc#x';
    const told = toldCall([{ ...TALKING, recordings: [{ url }] }], {
      recordingUrls: ['https://ours.example/r'],
    });
    const [extension] = extensionsOf([toldExtension({ calls: [told] })]).EXTENSIONS;
    expect(extension?.calls).toMatchObject([
      { recording: { Filename: '2020101201cc7b38df-aws.mp3', IsMuted: 0 } },
    ]);
  });

  it('a phone that rings has not been answered', () => {
    const [extension] = extensionsOf([toldExtension({ calls: [toldCall([RINGING])] })]).EXTENSIONS;
    expect(extension?.calls).toMatchObject([
      { callstatus: 'Ringing', answered: 0, callAnswered: 0, direction: 'Incoming', callerphone: 'aaaaaaa' },
    ]);
  });

  it('says who is logged in as what, and gives every extension a number of its own', () => {
    const lunch = toldExtension({ standing: 'paused', status: 3 });
    const out = toldExtension({ standing: 'away', status: 2 });
    const nobodys = toldExtension({ number: 876, agent: null, standing: null, status: null });
    expect(extensionsOf([lunch, out, nobodys])).toMatchObject({
      EXTENSIONS: [
        { extensionID: 875, userID: 6946, onlineUserID: 6946, onlineUserStatus: 3 },
        { extensionID: 875, userID: 6946, onlineUserID: 0, onlineUserStatus: 2 },
        { extensionID: 876, userID: 876, onlineUserID: 0, onlineUserStatus: 2 },
      ],
    });
  });

  it.each([
    ['unauthorised', { ERR: 1, DESC: 'Authorization failed.' }],
    ['unavailable', { ERR: 2, DESC: 'Internal error.' }],
    ['address', { ERR: 1, DESC: 'IP address 203.0.113.7 is not trusted.' }],
  ] as const)('bad answers: %s', (code, body) => {
    for (const route of ['extension-calls', 'queue-callers', 'extension-list']) {
      const reply = replyTo(readAsked(route, 'seed-request.query'), {
        ok: false,
        failure: EVERY_FAILURE[code],
      });
      expect([reply.status, jsonOf(reply)]).toEqual([200, body]);
    }
  });
});

describe('7.2, queues’ active callers', () => {
  it('request: a code, and one queue or all', () => {
    expect(askOf('queue-callers', 'seed-request.query')).toEqual({ kind: 'live_queues' });
    expect(askOf('queue-callers', 'one.form')).toEqual({ kind: 'live_queues', queue: '10035' });
  });

  it('the sample: who waits, and since when', () => {
    const call = toldCall([{ ...RINGING, from: '0570000000' }], {
      callId: 'xxxxXxxxXxxxXxxxXxxxXxxxXxxxXxxx',
    });
    const callers = [{ call, joinedAt: instant(1_402_235_247_000) }];
    const told = {
      kind: 'live_queues',
      queues: [{ number: 10035, queue: 'q', name: 'Sales', callers }],
      at: instant(1_402_235_268_500),
    } as const;
    const reply = replyTelling(readAsked('queue-callers', 'seed-request.query'), told, UTC);
    expect(jsonOf(reply)).toEqual({
      ERR: 0,
      DESC: 'OK',
      QUEUES: [
        {
          Name: 'Sales',
          ID: 10035,
          Weight: 0,
          Callers: [
            {
              Phone: '0570000000',
              CallID: 'xxxxXxxxXxxxXxxxXxxxXxxxXxxxXxxx',
              JoinTime: 1402235247,
              Duration: 21,
            },
          ],
        },
      ],
    });
  });
});

describe('8, the list of extensions', () => {
  it.each([
    ['showAll=0', false],
    ['showAll=false', false],
    ['', false],
    ['showall=1', true],
    ['ShowAll=True', true],
  ])('request %s', (query, all) => {
    expect(askOf('extension-list', { query })).toEqual({ kind: 'extensions', all });
  });

  it('the sample: SIP names, speed dials, and whose they are', () => {
    const mine = toldExtension({
      extension: 'xxxxxxx',
      name: 'Account name',
      aliases: ['dana', '301'],
      agent: { number: 1, name: 'Acc 1', code: null },
    });
    const nobodys = toldExtension({ extension: '302', name: 'Door', aliases: [], agent: null, number: 2 });
    const told = { kind: 'extensions', extensions: [mine, nobodys] } as const;
    const reply = replyTelling(readAsked('extension-list', 'seed-request.query'), told);
    expect(jsonOf(reply)).toEqual({
      ERR: 0,
      DESC: 'OK',
      EXTENSIONS: [
        {
          SIP: 'xxxxxxx',
          Name: 'Account name',
          SpeedDial: '301',
          AccountID: 1,
          AccountName: 'Acc 1',
          UserName: 'Acc 1',
          UserEmail: '',
        },
        {
          SIP: '302',
          Name: 'Door',
          SpeedDial: '302',
          AccountID: 2,
          AccountName: 'Door',
          UserName: '',
          UserEmail: '',
        },
      ],
    });
  });
});

describe('a request that came half', () => {
  it.each(['extension-calls', 'queue-callers', 'extension-list'])('is not guessed at by %s', (route) => {
    expect(problemOf(route, { body: '{"code":' })).toBe('The body is not valid JSON.');
  });
});
