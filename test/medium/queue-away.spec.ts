import { DrainLoop, Ringer, type LeaseBook, type QueueBackend } from '#queues';
import { Metrics, createLog, newId, systemClock } from '#platform';
import { STOPPABLE_BACKENDS, type QueueHome } from '../harness/backends.js';
import { StoppableDatabase } from '../harness/stoppable-database.js';
import { orHangs, until } from '../harness/until.js';

const log = createLog('silent', 'test');

/** Leases that are always to be had: what is looked at here is the queue, and its database may be away. */
const openBook: LeaseBook = {
  take: (kind, ids) => Promise.resolve(ids.map((id) => ({ kind, id, fence: '1', memo: {}, epoch: 0 }))),
  look: () => Promise.resolve({ leases: [], others: [] }),
  renew: () => Promise.resolve([]),
  release: () => Promise.resolve(false),
};

describe.each(STOPPABLE_BACKENDS)('while the queue is away, on $name', ({ name, home }) => {
  let database: StoppableDatabase;
  let queues: QueueHome;
  let backend: QueueBackend;
  let ringer: Ringer;
  let metrics: Metrics;
  const drained: string[] = [];

  const goAway = () => (name === 'redis' ? queues.redis?.stop() : database.stop());
  const comeBack = () => (name === 'redis' ? queues.redis?.start() : database.startAgain());

  beforeAll(async () => {
    database = await StoppableDatabase.start();
    queues = await home(database.url);
  });
  afterAll(async () => {
    await queues.close();
    await database.close();
  });
  beforeEach(() => {
    drained.length = 0;
    backend = queues.open();
    metrics = new Metrics('test');
    ringer = new Ringer(backend, metrics);
  });

  function startLoop(): DrainLoop {
    const loop = new DrainLoop({
      kind: 'replay',
      concurrency: 4,
      backend,
      ringer,
      metrics,
      clock: systemClock,
      log,
      leases: openBook,
      drain: ({ id }) => {
        drained.push(id);
        return Promise.resolve({ more: false });
      },
    });
    loop.start();
    return loop;
  }

  /** As the sweeper does: rings until somebody answers. */
  async function ringsUntilDrained(): Promise<void> {
    const mailbox = newId();
    await until(
      'a ring to be answered',
      () => {
        ringer.ring('replay', [mailbox]);
        return drained.includes(mailbox);
      },
      20_000,
    );
  }

  it('rings are lost without a word, and the next ones are answered when it is back', async () => {
    const loop = startLoop();
    await ringsUntilDrained();
    await goAway();
    ringer.ring('replay', [newId(), newId()]);
    await until('the failure to be counted', async () => {
      const { values } = await metrics.ringsFailed.get();
      return values.some(({ value }) => value > 0);
    });
    await comeBack();
    await ringsUntilDrained();
    expect(await orHangs(loop.stop(1_000), 5_000)).toBeUndefined();
    expect(await orHangs(ringer.close(), 5_000)).toBeUndefined();
    await backend.close();
  });

  it('a process that begins to ring while it is away can be stopped too', async () => {
    await goAway();
    try {
      const late = queues.open();
      const lateRinger = new Ringer(late, metrics);
      lateRinger.ring('replay', [newId()]);
      expect(await orHangs(lateRinger.close(), 10_000)).toBeUndefined();
      expect(await orHangs(late.close(), 5_000)).toBeUndefined();
    } finally {
      await comeBack();
    }
    await ringer.close();
    await backend.close();
  });
});
