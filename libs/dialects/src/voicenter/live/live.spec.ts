import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant, type Direction } from '#domain';
import { serverTimes, type LiveMessageOut } from './live-message.js';
import type { CallQueueNow, LiveNow, PhoneCallNow, PhoneNow } from './live-now.js';
import { writeChanges } from './write-changes.js';
import {
  writeKeepaliveResponse,
  writeLoginResponse,
  writeLoginSuccess,
  writeSnapshot,
} from './write-snapshot.js';

/** Summer in Jerusalem: three hours ahead. */
const MOMENT = { at: instant(Date.UTC(2026, 6, 1, 12, 0, 0, 400)), timeZone: 'Asia/Jerusalem' };
const HOURS = 3_600_000;

const call = (callId: string, more: Partial<PhoneCallNow> = {}): PhoneCallNow => ({
  callId,
  phone: '0501234567',
  name: null,
  did: '0722776772',
  direction: 'inbound',
  state: 'ringing',
  since: instant(MOMENT.at - 10_000),
  answeredAt: null,
  customData: {},
  queue: null,
  ...more,
});
const talking = (callId: string) =>
  call(callId, { state: 'talking', answeredAt: instant(MOMENT.at - 5_000) });

const phone = (number: number, calls: PhoneCallNow[] = [], more: Partial<PhoneNow> = {}): PhoneNow => ({
  number,
  extension: `SIP${String(number)}`,
  shortNumber: number,
  name: `Desk ${String(number)}`,
  agent: { number: number + 1_000, name: 'Dana' },
  status: 1,
  statusSince: instant(MOMENT.at - HOURS),
  device: 'unknown',
  calls,
  lastCallAt: null,
  lastAnsweredAt: null,
  lastHangupAt: null,
  ...more,
});

const now = (
  phones: PhoneNow[],
  queues: CallQueueNow[] = [],
  alive: LiveNow['calls'] = new Map(),
): LiveNow => ({
  account: 7,
  organisation: 8,
  phones,
  queues,
  dialers: [],
  calls: alive,
});

const queue = (number: number, ...ids: string[]): CallQueueNow => ({
  number,
  name: `Queue ${String(number)}`,
  callers: ids.map((callId) => ({ callId, phone: '0501234567', name: null, joinedAt: MOMENT.at })),
});

const told = (messages: LiveMessageOut[]) =>
  messages.map(({ name, data }) => [name, data['reason'], data['ivruniqueid']].filter(Boolean).join(' '));

describe('a message of the realtime socket', () => {
  it('has the wall clock of the server and its offset in minutes', () => {
    expect(serverTimes(MOMENT)).toEqual({
      servertime: Math.floor((MOMENT.at + 3 * HOURS) / 1_000),
      servertimeoffset: 180,
    });
    const everything = [
      ...writeSnapshot(now([phone(1)], [queue(5)]), MOMENT),
      writeLoginSuccess(MOMENT),
      writeKeepaliveResponse(MOMENT, true),
      writeLoginResponse(MOMENT),
      ...writeChanges(now([phone(1)], [queue(5)]), now([phone(1, [call('a')])], [queue(5, 'a')]), MOMENT),
      ...writeChanges(now([]), now([phone(1)], [queue(5)]), MOMENT),
    ];
    for (const { name, data } of everything) {
      expect([name, data['servertime'], data['servertimeoffset']]).toEqual([
        name,
        ...Object.values(serverTimes(MOMENT)),
      ]);
    }
  });

  it('tells of times on that same clock, and of the status in milliseconds', () => {
    const [, all] = writeSnapshot(now([phone(1, [talking('a')])]), MOMENT);
    const [extension] = all?.data['extensions'] as Record<string, unknown>[];
    // As the vendor's client reads them: back by the offset of the message.
    const asRead = (seconds: unknown) => (Number(seconds) - 180 * 60) * 1_000;
    const { callAnswered, callStarted } = extension?.['currentCall'] as Record<string, unknown>;
    expect(asRead(callStarted)).toBe(Math.floor((MOMENT.at - 10_000) / 1_000) * 1_000);
    expect(asRead(callAnswered)).toBe(Math.floor((MOMENT.at - 5_000) / 1_000) * 1_000);
    expect(extension?.['representativeUpdated']).toBe(MOMENT.at - HOURS + 3 * HOURS);
  });

  it('tells whether a phone is registered, in the words of the vendor’s lists, and when that changes', () => {
    const peers = (['reachable', 'unreachable', 'unknown'] as const).map((device) => {
      const [, all] = writeSnapshot(now([phone(1, [], { device })]), MOMENT);
      return (all?.data['extensions'] as { peerStatus: unknown }[])[0]?.peerStatus;
    });
    expect(peers).toEqual(['Reachable', 'Unreachable', null]);
    const changed = writeChanges(now([phone(1)]), now([phone(1, [], { device: 'unreachable' })]), MOMENT);
    expect(told(changed)).toEqual(['ExtensionEvent userStatusUpdate']);
  });

  it('tells of campaigns, of each anew when its calls change, and that there are others', () => {
    const dialer = { number: 31, name: 'Spring', code: '', calls: 1 };
    const having = (...dialers: (typeof dialer)[]) => ({ ...now([]), dialers });
    expect(writeSnapshot(having(dialer), MOMENT)[2]).toMatchObject({
      name: 'AllDialersStatus',
      data: { errorCode: 0, dialers: [{ campaignID: 31, name: 'Spring', typeID: 1, calls: 1 }] },
    });
    expect(writeChanges(having(dialer), having({ ...dialer, calls: 2 }), MOMENT)).toMatchObject([
      { name: 'DialerEvent', data: { data: { campaignID: 31, calls: 2 } } },
    ]);
    expect(told(writeChanges(having(), having(dialer), MOMENT))).toEqual(['DialersUpdated']);
    expect(writeChanges(having(dialer), having({ ...dialer }), MOMENT)).toEqual([]);
  });

  it('answers a keepalive with an error to whoever is not logged in, so that clients connect anew', () => {
    expect(writeKeepaliveResponse(MOMENT, true).data).toMatchObject({ errorCode: 0, errorDesc: 'OK' });
    expect(writeKeepaliveResponse(MOMENT, false).data).toMatchObject({ errorCode: 1 });
    expect(writeLoginResponse(MOMENT, 'Authorization failed.').data).toMatchObject({
      errorCode: 1,
      errorDesc: 'Authorization failed.',
    });
  });
});

describe('what is told of an extension', () => {
  const between = (before: PhoneCallNow[], after: PhoneCallNow[], alive?: LiveNow['calls']) =>
    writeChanges(now([phone(1, before)]), now([phone(1, after)], [], alive), MOMENT);

  it.each([
    ['a call that begins', [], [call('a')], ['NEWCALL a']],
    ['one that was answered before we heard of it', [], [talking('a')], ['NEWCALL a', 'ANSWER a']],
    ['an answer', [call('a')], [talking('a')], ['ANSWER a']],
    ['a call put on hold', [talking('a')], [call('a', { state: 'held' })], ['HOLD a']],
    ['and taken back', [call('a', { state: 'held' })], [talking('a')], ['UNHOLD a']],
    ['an end', [talking('a')], [], ['HANGUP a']],
    ['one call after another', [talking('a')], [call('b')], ['HANGUP a', 'NEWCALL b']],
    ['a call that rings again', [talking('a')], [call('a')], ['NEWCALL a']],
  ] as const)('is %s', (_, before, after, reasons) => {
    expect(told(between([...before], [...after]))).toEqual(
      reasons.map((reason) => `ExtensionEvent ${reason}`),
    );
  });

  it('has an ended call in currentCall and not in calls', () => {
    const [event] = between([talking('a'), call('b')], [call('b')]);
    const data = event?.data['data'] as { currentCall: { ivrid: string }; calls: { ivrid: string }[] };
    expect(data.currentCall.ivrid).toBe('a');
    expect(data.calls.map(({ ivrid }) => ivrid)).toEqual(['b']);
  });

  it('says why it ended: as ever, or because somebody else has it', () => {
    const cause = (alive: LiveNow['calls'], before = call('a')) =>
      between([before], [], alive)[0]?.data['cause'];
    expect(cause(new Map([['a', 'answered']]))).toBe('Answered elsewhere');
    expect(cause(new Map([['a', 'ringing']]))).toBe('No user responding');
    expect(cause(new Map())).toBe('Normal hangup');
    expect(cause(new Map(), talking('a'))).toBe('Normal hangup');
  });

  it('is a new status of the agent', () => {
    const after = now([phone(1, [], { status: 3, statusSince: MOMENT.at })]);
    const [event] = writeChanges(now([phone(1)]), after, MOMENT);
    expect(event?.data).toMatchObject({
      reason: 'userStatusUpdate',
      data: { representativeStatus: 3, userID: 1 },
    });
  });

  it('is nothing where nothing changed, and to ask for everything where there is another one', () => {
    expect(writeChanges(now([phone(1)]), now([phone(1)]), MOMENT)).toEqual([]);
    expect(told(writeChanges(now([phone(1)]), now([phone(1), phone(2)]), MOMENT))).toEqual([
      'ExtensionsUpdated',
    ]);
  });
});

describe('what is told of a queue', () => {
  const left = (alive: LiveNow['calls']) =>
    writeChanges(now([], [queue(5, 'a', 'b')]), now([], [queue(5, 'b')], alive), MOMENT);

  it('is who joins, and why one is there no more, without him in it', () => {
    expect(told(writeChanges(now([], [queue(5)]), now([], [queue(5, 'a')]), MOMENT))).toEqual([
      'QueueEvent JOIN a',
    ]);
    expect(told(left(new Map([['a', 'answered']])))).toEqual(['QueueEvent ANSWER a']);
    expect(told(left(new Map([['a', 'ringing']])))).toEqual(['QueueEvent EXIT a']);
    const [abandoned] = left(new Map());
    expect(abandoned?.data['reason']).toBe('ABANDONED');
    const { Calls } = abandoned?.data['data'] as { Calls: { IvrUniqueID: string }[] };
    expect(Calls.map(({ IvrUniqueID }) => IvrUniqueID)).toEqual(['b']);
  });
});

/** As the vendor's store does it: a list is replaced by a snapshot, one thing in it by an event. */
class Store {
  private extensions: Record<string, unknown>[] = [];
  private queues: Record<string, unknown>[] = [];

  apply(messages: readonly LiveMessageOut[], resync: () => LiveMessageOut[]): void {
    for (const { name, data } of messages) {
      if (name === 'AllExtensionsStatus')
        this.extensions = [...(data['extensions'] as typeof this.extensions)];
      if (name === 'loginStatus') this.queues = [...(data['queues'] as typeof this.queues)];
      if (name === 'ExtensionEvent') this.replace(this.extensions, 'userID', data['data']);
      if (name === 'QueueEvent') this.replace(this.queues, 'QueueID', data['data']);
      if (name.endsWith('Updated')) this.apply(resync(), () => []);
    }
  }

  /** What is the current call after an end is a client's own business. */
  get state(): unknown {
    return { queues: this.queues, extensions: this.extensions.map(({ currentCall: _, ...rest }) => rest) };
  }

  private replace(list: Record<string, unknown>[], key: string, by: unknown): void {
    const thing = by as Record<string, unknown>;
    const index = list.findIndex((one) => one[key] === thing[key]);
    if (index >= 0) list[index] = thing;
  }
}

const CALL = fc.record({
  callId: fc.constantFrom('a', 'b', 'c'),
  phone: fc.constantFrom('0501111111', '0502222222'),
  name: fc.option(fc.constant('Jane Roe')),
  did: fc.constant(null),
  direction: fc.constantFrom<Direction>('inbound', 'outbound', 'internal'),
  state: fc.constantFrom<PhoneCallNow['state']>('ringing', 'talking', 'held'),
  since: fc.constant(MOMENT.at),
  answeredAt: fc.constant(null),
  customData: fc.constantFrom({}, { a: '1' }),
  queue: fc.constant(null),
});

const PHONES = fc
  .uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 4 })
  .chain((numbers) =>
    fc.tuple(
      ...numbers.map((number) =>
        fc
          .tuple(
            fc.uniqueArray(CALL, { selector: ({ callId }) => callId, maxLength: 3 }),
            fc.constantFrom(1, 2, 3),
            fc.constantFrom('Dana', 'Omer'),
            fc.option(fc.constant(MOMENT.at)),
          )
          .map(([calls, status, name, lastCallAt]) => phone(number, calls, { status, name, lastCallAt })),
      ),
    ),
  );

const QUEUES = fc
  .uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 3 })
  .chain((numbers) =>
    fc.tuple(
      ...numbers.map((number) =>
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }).map((ids) => queue(number, ...ids)),
      ),
    ),
  );

const NOW = fc
  .tuple(PHONES, QUEUES, fc.constantFrom<LiveNow['calls']>(new Map(), new Map([['a', 'answered'] as const])))
  .map(([phones, queues, alive]) => now([...phones], [...queues], alive));

describe('a client that is told of every change', () => {
  it('knows what a client that comes now is told', () => {
    fc.assert(
      fc.property(fc.array(NOW, { minLength: 1, maxLength: 5 }), (states) => {
        const [first, ...others] = states as [LiveNow, ...LiveNow[]];
        const store = new Store();
        store.apply(writeSnapshot(first, MOMENT), () => []);
        let before = first;
        for (const after of others) {
          store.apply(writeChanges(before, after, MOMENT), () => writeSnapshot(after, MOMENT));
          const fresh = new Store();
          fresh.apply(writeSnapshot(after, MOMENT), () => []);
          expect(store.state).toEqual(fresh.state);
          before = after;
        }
      }),
    );
  });
});
