import { jest } from '@jest/globals';
import { Metrics, readEnv, systemClock, type Log } from '#platform';
import type { Lease, LeaseBook, MailboxKind, Ring, RingHearing } from './contract.js';
import { mailboxWorker, type Mailboxes, type MailboxWorker } from './mailbox-worker.js';
import type { QueueBackend } from './queue-backend.js';
import { Ringer } from './ringer.js';

const GIVEN_BACK = { more: false, givenBack: { rung: false } };

/** A worker of one kind in a process of its own, and what it was asked. */
function working(kind: MailboxKind) {
  const drained: string[] = [];
  const heard = new Map<MailboxKind, RingHearing>();
  const jobs: string[] = [];
  const due: string[] = [];
  let looks = 0;
  const leases: LeaseBook = {
    take: (_, ids) => Promise.resolve(ids.map((id): Lease => ({ kind, id, fence: '1', memo: {}, epoch: 0 }))),
    look: () => Promise.resolve((looks += 1)).then(() => ({ leases: [], others: [] })),
    renew: () => Promise.resolve([]),
    release: () => Promise.resolve(false),
  };
  const calls: Mailboxes['calls'] = {
    call: () => Promise.reject(new Error('nobody is called')),
    hear: (of, hearing) => void heard.set(of, hearing),
  };
  let answer: (job: { data: Ring }) => unknown = () => undefined;
  const quiet = { on: () => undefined, close: () => Promise.resolve() };
  const backend = {
    name: 'redis',
    worker: (_: string, answers: typeof answer) => {
      answer = answers;
      return { ...quiet, run: () => Promise.resolve() };
    },
    queue: (name: string) => ({ ...quiet, add: () => Promise.resolve(void jobs.push(name)) }),
  } as unknown as QueueBackend;
  const metrics = new Metrics('test');
  const ringer = new Ringer(backend, metrics, calls);
  const near = jest.spyOn(ringer, 'answeredBy');
  const drainer = {
    drain: ({ id }: Lease) => Promise.resolve((drained.push(id), GIVEN_BACK)),
  };
  const mailboxes = {
    leases: () => leases,
    due: () => Promise.resolve(due.splice(0)),
    whenFreed: () => undefined,
    calls,
  };
  const log = { warn: () => undefined, error: () => undefined } as unknown as Log;
  const make = mailboxWorker(kind, { drainer: 'drainer', concurrency: () => 4 }).useFactory;
  const given = [drainer, backend, mailboxes, ringer, readEnv({}), systemClock, log, metrics];
  const worker = make(...given) as MailboxWorker;
  /** The ways by which a ring comes. */
  const ways = {
    call: (ring: Ring) => heard.get(kind)?.called(ring),
    job: (ring: Ring) => answer({ data: ring }),
    near: (ring: Ring) => near.mock.calls[0]?.[1].hear(ring),
  };
  return { worker, ringer, drained, heard, jobs, due, ways, looks: () => looks };
}

/** Lets everything have its turns, until it is so or a second is over. */
async function until(isSo: () => boolean): Promise<void> {
  const begun = performance.now();
  while (!isSo() && performance.now() - begun < 1_000) await new Promise(setImmediate);
}

describe('a worker', () => {
  it.each(['connection', 'endpoint'] as const)('of the kind %s answers what is called out', async (kind) => {
    const { worker, drained, heard } = working(kind);
    heard.get(kind)?.called({ mailboxes: ['too early'] });
    worker.onApplicationBootstrap();
    heard.get(kind)?.called({ mailboxes: ['one', 'other'] });
    await until(() => drained.length === 2);
    await worker.beforeApplicationShutdown();
    heard.get(kind)?.called({ mailboxes: ['too late'] });
    await new Promise(setImmediate);
    expect([[...heard.keys()], drained]).toEqual([[kind], ['one', 'other']]);
  });

  it('does not look while it is rung for each', async () => {
    const { worker, drained, ways, looks } = working('connection');
    worker.onApplicationBootstrap();
    // Much longer than a lookout rests before its first look.
    const begun = performance.now();
    for (let rung = 1; performance.now() - begun < 60; rung += 1) {
      ways.call({ mailboxes: [`mailbox ${String(rung)}`] });
      await until(() => drained.length === rung);
    }
    await worker.beforeApplicationShutdown();
    expect(looks()).toBe(0);
  });

  it.each(['call', 'job', 'near'] as const)(
    'looks by itself once a %s says that work is steady',
    async (way) => {
      const { worker, drained, ways, looks } = working('connection');
      worker.onApplicationBootstrap();
      ways[way]({ mailboxes: ['one'] });
      await until(() => drained.length === 1);
      ways[way]({ mailboxes: ['other'], isSteady: true });
      await until(() => looks() > 1);
      await worker.beforeApplicationShutdown();
      expect([looks() > 1, drained]).toEqual([true, ['one', 'other']]);
    },
  );

  it('looks for what was called out while it did not listen', async () => {
    // The sweep of the next second never comes.
    const seconds = jest.spyOn(globalThis, 'setInterval').mockReturnValue(setTimeout(() => undefined, 0));
    const { worker, drained, heard, due } = working('endpoint');
    worker.onApplicationBootstrap();
    await new Promise(setImmediate);
    due.push('called before');
    heard.get('endpoint')?.listening();
    await until(() => drained.length === 1);
    await worker.beforeApplicationShutdown();
    seconds.mockRestore();
    expect(drained).toEqual(['called before']);
  });

  it('answers the rings of its own process while it is at work, and then they are jobs', async () => {
    const { worker, ringer, drained, heard, jobs } = working('replay');
    ringer.ring('replay', ['too early']);
    await until(() => jobs.length === 1);
    worker.onApplicationBootstrap();
    ringer.ring('replay', ['one']);
    await until(() => drained.length === 1);
    expect([drained, jobs]).toEqual([['one'], ['replay']]);
    await worker.beforeApplicationShutdown();
    ringer.ring('replay', ['too late']);
    await ringer.close();
    expect([drained, jobs]).toEqual([['one'], ['replay', 'replay']]);
    expect(heard.size).toBe(0);
  });
});
