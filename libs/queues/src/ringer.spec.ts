import { Metrics } from '#platform';
import type { MailboxKind, Ring } from './contract.js';
import type { QueueBackend } from './queue-backend.js';
import { Ringer } from './ringer.js';

/** Where rings went. */
function told(): {
  calls: [MailboxKind, number][];
  jobs: [string, number][];
  /** Of all calls and jobs, in their order: whether they say that there is reason to look. */
  steady: boolean[];
  ringer: Ringer;
  metrics: Metrics;
} {
  const calls: [MailboxKind, number][] = [];
  const jobs: [string, number][] = [];
  const steady: boolean[] = [];
  const queue = (name: string) => ({
    add: (_: string, { mailboxes, isSteady }: Ring) => {
      jobs.push([name, mailboxes.length]);
      steady.push(isSteady === true);
      return Promise.resolve();
    },
    on: () => undefined,
    close: () => Promise.resolve(),
  });
  const metrics = new Metrics('test');
  const ringer = new Ringer({ name: 'redis', queue } as unknown as QueueBackend, metrics, {
    call: (kind, { mailboxes, isSteady }) => {
      calls.push([kind, mailboxes.length]);
      steady.push(isSteady === true);
      return mailboxes.includes('nobody') ? Promise.reject(new Error('away')) : Promise.resolve();
    },
  });
  return { calls, jobs, steady, ringer, metrics };
}

const many = (count: number) => Array.from({ length: count }, (_, each) => `mailbox ${String(each)}`);

describe('a ring', () => {
  it('is heard by the worker of its own process, and goes no further', async () => {
    const { calls, jobs, ringer } = told();
    const heard: Ring[] = [];
    ringer.answeredBy('connection', { hear: (ring) => heard.push(ring) > 0 });
    ringer.ring('connection', many(40));
    await ringer.close();
    expect(heard).toEqual([{ mailboxes: many(40), isSteady: false }]);
    expect([calls, jobs]).toEqual([[], []]);
  });

  it('is called out when that one has no place', async () => {
    const { calls, jobs, ringer } = told();
    ringer.answeredBy('connection', { hear: () => false });
    ringer.ring('connection', many(2));
    await ringer.close();
    expect([calls, jobs]).toEqual([[['connection', 2]], []]);
  });

  it('is a job when it is for many, or for a kind that nobody looks for', async () => {
    const { calls, jobs, ringer } = told();
    ringer.ring('endpoint', many(16));
    ringer.ring('connection', many(17));
    ringer.ring('replay', many(1));
    await ringer.close();
    expect(calls).toEqual([['endpoint', 16]]);
    expect(jobs).toEqual([
      ['enrich', 17],
      ['replay', 1],
    ]);
  });

  it('names all that were rung for in one turn', async () => {
    const { calls, ringer } = told();
    for (const mailbox of many(5)) ringer.ring('endpoint', [mailbox]);
    await ringer.close();
    expect(calls).toEqual([['endpoint', 5]]);
  });

  it('says that there is reason to look once work is steady, to whoever it reaches', async () => {
    const { calls, jobs, steady, ringer } = told();
    while (steady.length < 50 && !steady.includes(true)) {
      ringer.ring('endpoint', many(16));
      await ringer.close();
    }
    expect([calls.length, steady[0], steady.at(-1)]).toEqual([steady.length, false, true]);
    steady.length = 0;
    ringer.ring('connection', many(1));
    await ringer.close();
    ringer.ring('connection', many(450));
    await ringer.close();
    expect(jobs.map(([, count]) => count)).toEqual([200, 200, 50]);
    // Of the jobs each is heard by one worker: to look is for all of them.
    expect(calls.slice(-2)).toEqual([
      ['connection', 1],
      ['connection', 0],
    ]);
    expect(steady).toEqual([false, true, true, true, true]);
  });

  it('that cannot be told is counted, and hurts nobody', async () => {
    const { ringer, metrics } = told();
    ringer.ring('endpoint', ['nobody']);
    await ringer.close();
    expect((await metrics.ringsFailed.get()).values).toMatchObject([
      { labels: { queue: 'forward' }, value: 1 },
    ]);
  });
});
