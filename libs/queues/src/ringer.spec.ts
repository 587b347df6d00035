import { Metrics } from '#platform';
import type { MailboxKind } from './contract.js';
import type { QueueBackend } from './queue-backend.js';
import { Ringer } from './ringer.js';

/** Where rings went. */
function told(): {
  calls: [MailboxKind, number][];
  jobs: [string, number][];
  ringer: Ringer;
  metrics: Metrics;
} {
  const calls: [MailboxKind, number][] = [];
  const jobs: [string, number][] = [];
  const queue = (name: string) => ({
    add: (_: string, { mailboxes }: { mailboxes: string[] }) =>
      Promise.resolve(void jobs.push([name, mailboxes.length])),
    on: () => undefined,
    close: () => Promise.resolve(),
  });
  const metrics = new Metrics('test');
  const ringer = new Ringer({ name: 'redis', queue } as unknown as QueueBackend, metrics, {
    call: (kind, mailboxes) => {
      calls.push([kind, mailboxes.length]);
      return mailboxes.includes('nobody') ? Promise.reject(new Error('away')) : Promise.resolve();
    },
  });
  return { calls, jobs, ringer, metrics };
}

const many = (count: number) => Array.from({ length: count }, (_, each) => `mailbox ${String(each)}`);

describe('a ring', () => {
  it('is heard by the worker of its own process, and goes no further', async () => {
    const { calls, jobs, ringer } = told();
    const heard: (readonly string[])[] = [];
    ringer.answeredBy('connection', { hear: (mailboxes) => heard.push(mailboxes) > 0 });
    ringer.ring('connection', many(40));
    await ringer.close();
    expect(heard.map(({ length }) => length)).toEqual([40]);
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

  it('that cannot be told is counted, and hurts nobody', async () => {
    const { ringer, metrics } = told();
    ringer.ring('endpoint', ['nobody']);
    await ringer.close();
    expect((await metrics.ringsFailed.get()).values).toMatchObject([
      { labels: { queue: 'forward' }, value: 1 },
    ]);
  });
});
