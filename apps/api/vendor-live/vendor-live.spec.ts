import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  instant,
  NO_POPUPS,
  type AgentId,
  type CallId,
  type ConnectionId,
  type FeedCall,
  type FeedNow,
  type LiveCall,
  type TenantId,
} from '#domain';
import { TokenSigner } from '#platform';
import { WrongKeys, MOST_WRONG } from '../access/wrong-keys.js';
import { LogIn } from './log-in.js';
import { stableNumber } from '../vendor-api/stable-number.js';
import { VendorBoard } from './vendor-board.js';
import type { VendorDirectory } from './vendor-directory.js';
import { NOBODY_LOGS_IN } from './vendor-logins.js';
import { VendorTokens } from './vendor-tokens.js';

const AT = instant(Date.UTC(2026, 6, 1, 12));
const CONNECTION = '0193f0f0-0000-7000-8000-00000000000c' as ConnectionId;
const TENANT = '0193f0f0-0000-7000-8000-00000000000d' as TenantId;
const DANA = '0193f0f0-0000-7000-8000-000000000001' as AgentId;

const DIRECTORY: VendorDirectory = {
  connectionId: CONNECTION,
  dialect: 'globalex',
  timeZone: 'Asia/Jerusalem',
  account: 1,
  organisation: 2,
  phones: [
    { number: 11, extension: '101', aliases: [], label: null, agentId: DANA },
    { number: 12, extension: 'SIPX', aliases: ['0102', '2'], label: 'Door', agentId: null },
  ],
  agents: new Map([[DANA, { number: 21, name: 'Dana' }]]),
  queues: new Map([['7', 'Sales']]),
};

const liveCall = (more: Partial<LiveCall> = {}): LiveCall => ({
  id: '0193f0f0-0000-7000-8000-0000000000aa' as CallId,
  connectionId: CONNECTION,
  vendorCallId: 'pbx-1',
  state: 'ringing',
  over: false,
  direction: 'inbound',
  number: '0501234567',
  e164: '+972501234567',
  did: null,
  extension: null,
  queue: null,
  since: AT,
  answeredAt: null,
  customData: {},
  popups: NO_POPUPS,
  ...more,
});

describe('the board of a connection', () => {
  const board = () => new VendorBoard(DIRECTORY, new Map());
  const callsOf = ({ now }: VendorBoard, number: number) =>
    now.phones.find((phone) => phone.number === number)?.calls.map(({ state }) => state);

  it('has a call at the phone of whom it is shown to, until it rings there no more', () => {
    const one = board();
    const untouched = one.now.phones[1];
    one.apply(liveCall({ popups: { [DANA]: 'ringing' } }), AT);
    expect(callsOf(one, 11)).toEqual(['ringing']);
    expect(one.now.phones[1]).toBe(untouched);
    one.apply(liveCall({ state: 'answered', answeredAt: AT, popups: { [DANA]: 'answered' } }), AT);
    expect(callsOf(one, 11)).toEqual(['talking']);
    one.apply(liveCall({ state: 'answered', popups: { [DANA]: 'elsewhere' } }), AT);
    expect(callsOf(one, 11)).toEqual([]);
    expect(one.now.phones[0]).toMatchObject({ lastAnsweredAt: AT, lastHangupAt: AT });
  });

  it('has it at nobody’s phone by the PBX’s word, or by another of its names', () => {
    for (const extension of ['sipx', '0102']) {
      const one = board();
      one.apply(liveCall({ extension }), AT);
      expect([callsOf(one, 11), callsOf(one, 12)]).toEqual([[], ['ringing']]);
      one.apply(liveCall({ extension, state: 'ended', over: true }), AT);
      expect(callsOf(one, 12)).toEqual([]);
    }
    expect(board().now.phones).toMatchObject([
      { name: 'Dana', shortNumber: 101, status: 1 },
      { name: 'Door', shortNumber: 2, status: 2 },
    ]);
  });

  it('has callers in their queue while nobody answered, and keeps a queue that it told of', () => {
    const one = board();
    expect(one.now.queues).toMatchObject([{ name: 'Sales', callers: [] }]);
    const queued = { queue: { id: '8', name: 'Support' } };
    one.apply(liveCall(queued), AT);
    expect(one.now.queues).toMatchObject([
      { callers: [] },
      { name: 'Support', callers: [{ phone: '0501234567' }] },
    ]);
    one.apply(liveCall({ ...queued, state: 'answered' }), AT);
    expect(one.now.queues).toMatchObject([{ callers: [] }, { name: 'Support', callers: [] }]);
  });

  it('knows calls by the PBX’s id, and an ordered one of another vendor’s PBX by that of its order', () => {
    const idsIn = (dialect: string, call: LiveCall) => [
      ...new VendorBoard({ ...DIRECTORY, dialect }, new Map(), [call]).now.calls.keys(),
    ];
    const ordered = liveCall({ customData: { order_id: '0193f0f0-0000-7000-8000-0000000000aa' } });
    expect(idsIn('voicenter', ordered)).toEqual(['pbx-1']);
    expect(idsIn(DIRECTORY.dialect, liveCall())).toEqual(['pbx-1']);
    expect(idsIn(DIRECTORY.dialect, ordered)).toEqual([expect.stringMatching(/^\d{14}[0-9a-f]{18}$/)]);
  });

  it('has what the PBX’s channel alone tells beside that, and of each call one telling at any moment', () => {
    const fedCall: FeedCall = {
      ...{ vendorCallId: 'fed', number: '0501', direction: 'inbound', state: 'held', did: null },
      ...{ since: AT, answeredAt: null },
    };
    const phone = { extension: '101', agentId: DANA, device: 'unreachable', calls: [] } as const;
    const support = { id: '8', name: 'Support' };
    const caller = { vendorCallId: 'fed', number: '0501', name: 'Jane', joinedAt: null };
    const told: FeedNow = { phones: [phone], queues: [{ queue: support, callers: [caller] }] };
    const one = board();
    const untouched = one.now.phones[1];
    one.feed(told, AT);
    expect(one.now.phones[0]).toMatchObject({ device: 'unreachable', calls: [] });
    expect(one.now.phones[1]).toBe(untouched);
    expect(one.now.queues).toMatchObject([
      { name: 'Sales' },
      { number: 8, name: 'Support', callers: [{ callId: 'fed', name: 'Jane', joinedAt: AT }] },
    ]);
    one.feed({ ...told, phones: [{ ...phone, calls: [fedCall] }] }, AT);
    expect(callsOf(one, 11)).toEqual(['held']);
    // A webhook tells of it too, before the channel's words of it are left out.
    const known = { vendorCallId: 'fed', popups: { [DANA]: 'ringing' as const }, queue: support };
    one.apply(liveCall(known), AT);
    expect(callsOf(one, 11)).toEqual(['ringing']);
    expect(one.now.queues[1]?.callers).toHaveLength(1);
    one.feed({ phones: [phone], queues: [] }, AT);
    one.apply(liveCall({ ...known, over: true }), AT);
    expect(one.now.phones[0]).toMatchObject({ device: 'unreachable', calls: [] });
    expect([...one.now.calls]).toEqual([]);
  });

  it('has a campaign as the same object while it does the same', () => {
    const one = board();
    const dialer = { number: 31, name: 'Spring', code: '', calls: 1 };
    const before = one.dial([dialer]).dialers[0];
    expect(one.dial([{ ...dialer }]).dialers[0]).toBe(before);
    expect(one.dial([{ ...dialer, calls: 2 }]).dialers).toMatchObject([{ calls: 2 }]);
    expect(one.anew([]).dialers).toHaveLength(1);
  });

  it('has nothing of another connection', () => {
    const one = board();
    const before = one.now;
    expect(
      one.apply(liveCall({ connectionId: TENANT as unknown as ConnectionId, extension: 'SIPX' }), AT),
    ).toBe(before);
  });

  it('is the same whether it heard of the calls one by one or begins with them', () => {
    const call = fc.record({
      id: fc
        .constantFrom('a', 'b', 'c')
        .map((letter) => `0193f0f0-0000-7000-8000-0000000000a${letter}` as CallId),
      state: fc.constantFrom<LiveCall['state']>('ringing', 'answered'),
      over: fc.boolean(),
      extension: fc.constantFrom('101', 'SIPX', null),
      queue: fc.constantFrom({ id: '7', name: null }, null),
      popups: fc.constantFrom<LiveCall['popups']>(NO_POPUPS, { [DANA]: 'ringing' }, { [DANA]: 'answered' }),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 8 }), (changes) => {
        const heard = board();
        const open = new Map<CallId, LiveCall>();
        for (const change of changes.map(liveCall)) {
          heard.apply(change, AT);
          open.delete(change.id);
          if (!change.over) open.set(change.id, change);
        }
        const fresh = new VendorBoard(DIRECTORY, new Map(), open.values());
        const callsIn = (one: VendorBoard) => [
          one.now.phones.map(({ calls }) => calls),
          one.now.queues,
          one.now.calls,
        ];
        expect(callsIn(heard)).toEqual(callsIn(fresh));
      }),
    );
  });
});

describe('stable numbers', () => {
  it('are whole, above 0 and within 32 bits', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        const number = stableNumber('phone', id);
        expect(number > 0 && number <= 0x7fffffff && Number.isInteger(number)).toBe(true);
        expect(stableNumber('phone', id)).toBe(number);
      }),
    );
  });
});

describe('tokens of a vendor’s clients', () => {
  const keys = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
  const login = { tenantId: TENANT, credentialId: 'c-1' };

  it('are for one use, and for a time', () => {
    let now = AT;
    const tokens = new VendorTokens(TokenSigner.fromKeys(keys, 'vendor live'), { now: () => now });
    const { socket, refresh, access } = tokens.issue(login);
    expect(tokens.open(socket.token, 'socket')).toEqual(login);
    for (const [token, use] of [
      [socket.token, 'refresh'],
      [refresh.token, 'socket'],
      [access.token, 'refresh'],
      [`${socket.token}x`, 'socket'],
      ['', 'socket'],
    ] as const) {
      expect(tokens.open(token, use)).toBeUndefined();
    }
    expect(socket.expiresAt - AT).toBe(12 * 3_600_000);
    now = instant(access.expiresAt);
    expect(tokens.open(access.token, 'access')).toBeUndefined();
    now = instant(refresh.expiresAt);
    expect(tokens.open(refresh.token, 'refresh')).toBeUndefined();
  });

  it('are no more looked at from where too many wrong secrets come', async () => {
    const clock = { now: () => AT };
    const tokens = new VendorTokens(TokenSigner.fromKeys(keys, 'vendor live'), clock);
    const logIn = new LogIn({ logins: NOBODY_LOGS_IN, tokens, wrong: new WrongKeys(clock) });
    const origin = { address: '192.0.2.1', source: '192.0.2.1' };
    const wrong = () => logIn.bySecret({ kind: 'code', code: 'x' }, origin).catch((error: unknown) => error);
    for (let turn = 0; turn <= MOST_WRONG; turn += 1) expect(await wrong()).toMatchObject({ status: 401 });
    expect(await wrong()).toMatchObject({ status: 429, code: 'login.too_many_wrong' });
    await expect(logIn.byToken('x', 'socket', { ...origin, source: '192.0.2.2' })).rejects.toMatchObject({
      status: 401,
    });
  });
});
