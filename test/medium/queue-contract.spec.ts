import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '#platform';
import {
  QUEUE_OF_MAILBOX,
  DrainLoop,
  Ringer,
  Sweeper,
  type Lease,
  type LeaseBook,
  type Leaving,
  type MailboxKind,
  type QueueBackend,
  type Slice,
} from '#queues';
import { MailboxLeaseBook } from '#db';
import { newId, Metrics } from '#platform';
import { BACKENDS, type QueueHome } from '../harness/backends.js';
import { orHangs, until } from '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

const LEASE_MS = 10_000;
/** How long a flood's turn takes here. */
const TURN_MS = 300;

describe.each(BACKENDS)('doorbells on $name', ({ home }) => {
  let world: World;
  let queues: QueueHome;
  let backend: QueueBackend;
  let ringer: Ringer;
  let metrics: Metrics;
  const loops: DrainLoop[] = [];

  beforeAll(async () => {
    world = await openWorld();
    queues = await home(world.url);
  });
  afterAll(async () => {
    await queues.close();
    await world.close();
  });
  beforeEach(() => {
    backend = queues.open();
    metrics = new Metrics('test');
    ringer = new Ringer(backend, metrics);
  });
  afterEach(async () => {
    await Promise.all(loops.splice(0).map((loop) => loop.stop(0)));
    await ringer.close();
    await backend.close();
    await queues.forgetEverything();
  });

  function startLoop(
    drain: (id: string, lease: Lease, slice: Slice) => Promise<Leaving | undefined>,
    {
      leases,
      concurrency = 8,
      kind = 'replay',
    }: { leases?: LeaseBook; concurrency?: number; kind?: MailboxKind } = {},
  ): DrainLoop {
    const loop = new DrainLoop({
      kind,
      concurrency,
      backend,
      ringer,
      metrics,
      clock: systemClock,
      log: world.log,
      leases: leases ?? new MailboxLeaseBook(world.hot, LEASE_MS, () => Date.now()),
      drain: async (lease, slice) => (await drain(lease.id, lease, slice)) ?? { more: false },
    });
    loop.start();
    loops.push(loop);
    return loop;
  }

  it('runs the drain of the mailbox that was rung', async () => {
    const drained: string[] = [];
    startLoop(async (id) => void drained.push(id));
    const mailbox = newId();
    ringer.ring('replay', [mailbox]);
    await until('the drain', () => drained.length === 1);
    expect(drained).toEqual([mailbox]);
  });

  it('turns a hundred rings during a drain into one more drain', async () => {
    const gate = gated();
    const mailbox = newId();
    const drained: string[] = [];
    startLoop(async (id) => {
      drained.push(id);
      if (id === mailbox && drained.length === 1) await gate.opened;
      return undefined;
    });
    // Rings travel in order, so once this one is answered all earlier ones have been handed over.
    const ringsHavePassed = async () => {
      const last = newId();
      ringer.ring('replay', [last]);
      await until('a later ring to be answered', () => drained.includes(last));
    };
    ringer.ring('replay', [mailbox]);
    await until('the first drain to be under way', () => drained.length === 1);
    for (let burst = 0; burst < 10; burst += 1) {
      for (let ring = 0; ring < 10; ring += 1) ringer.ring('replay', [mailbox]);
      await ringsHavePassed();
    }
    gate.open();
    await until('the second drain', () => drained.filter((id) => id === mailbox).length > 1);
    await ringsHavePassed();
    await ringsHavePassed();
    expect(drained.filter((id) => id === mailbox)).toHaveLength(2);
  });

  it('drains a mailbox that is rung while it is held once more, with what the first drain left', async () => {
    const gate = gated();
    const drains: { id: string; fence: string; memo: unknown }[] = [];
    const of = (id: string) => drains.filter((drain) => drain.id === id);
    const mailbox = newId();
    startLoop(async (id, { fence, memo }) => {
      drains.push({ id, fence, memo });
      if (id !== mailbox) return undefined;
      const number = of(mailbox).length;
      if (number === 1) await gate.opened;
      return { more: false, memo: { drains: number } };
    });
    ringer.ring('replay', [mailbox]);
    await until('the first drain', () => of(mailbox).length === 1);
    ringer.ring('replay', [mailbox]);
    const later = newId();
    ringer.ring('replay', [later]);
    await until('a later ring to be answered', () => of(later).length === 1);
    gate.open();
    await until('the second drain', () => of(mailbox).length === 2);
    expect(of(mailbox).map(({ memo }) => memo)).toEqual([{}, { drains: 1 }]);
    const [before, after] = of(mailbox).map(({ fence }) => BigInt(fence));
    expect(after).toBeGreaterThan(before ?? 0n);
    await until('its lease to be given back', async () => (await heldLeases(world)) === 0);
    const kept = await world.sql.row(`SELECT memo FROM mailbox WHERE id = $1`, [mailbox]);
    expect(kept).toEqual({ memo: { drains: 2 } });
  });

  it('ends an old drain of a mailbox that a look had again, and keeps the new one', async () => {
    const mailbox = newId();
    const gate = gated();
    const begun: string[] = [];
    const ended: string[] = [];
    const leaseOf = (id: string, fence: string): Lease => ({
      kind: 'connection',
      id,
      fence,
      memo: {},
      epoch: 0,
    });
    const found = [leaseOf(mailbox, 'looked for')];
    const leases: LeaseBook = {
      take: (_, ids) => Promise.resolve(ids.map((id) => leaseOf(id, 'rung for'))),
      look: () => Promise.resolve({ leases: found.splice(0), others: [] }),
      renew: () => Promise.resolve([]),
      release: () => Promise.resolve(false),
    };
    const drain = async (id: string, { fence }: Lease, slice: Slice): Promise<undefined> => {
      if (id !== mailbox) return void ended.push(id);
      begun.push(fence);
      const over = new Promise((resolve) => {
        slice.signal.addEventListener('abort', resolve, { once: true });
      });
      await Promise.race([over, gate.opened]);
      ended.push(fence);
    };
    const loop = startLoop(drain, { leases, kind: 'connection' });
    loop.called({ mailboxes: [mailbox], isSteady: true });
    await until('the first drain to be over', () => ended.length > 0);
    expect([begun, ended]).toEqual([['rung for', 'looked for'], ['rung for']]);
    // It is held: a ring is noted, and answered when the new drain is over.
    const later = newId();
    ringer.ring('connection', [mailbox, later]);
    await until('the ring to be answered', () => ended.includes(later));
    expect(begun).toHaveLength(2);
    gate.open();
    await until('it to be drained once more', () => begun.length === 3);
  });

  it('gives back a mailbox that nobody rings any more', async () => {
    let drains = 0;
    startLoop(async () => void (drains += 1));
    ringer.ring('replay', [newId()]);
    await until('the drain', () => drains === 1);
    await until('its lease to be given back', async () => (await heldLeases(world)) === 0);
  });

  it('drains again when it was rung at another worker while it was held', async () => {
    const gate = gated();
    const mailbox = newId();
    const drained: string[] = [];
    const drainAs = (name: string) => async () => {
      drained.push(name);
      if (drained.length === 1) await gate.opened;
      return undefined;
    };
    const [one, other] = [startLoop(drainAs('drain')), startLoop(drainAs('drain'))];
    ringer.ring('replay', [mailbox]);
    await until('the first drain to be under way', () => drained.length === 1);
    // Whoever has it hears some of these, the other one finds it held.
    for (let ring = 0; ring < 6; ring += 1) {
      ringer.ring('replay', [mailbox]);
      const answered = newId();
      ringer.ring('replay', [answered]);
      await until('a later ring to be answered', () => drained.length >= ring + 2);
    }
    const before = drained.length;
    gate.open();
    await until('one more drain', () => drained.length > before);
    expect([one, other]).toHaveLength(2);
  });

  it('drains different mailboxes at the same time', async () => {
    const gate = gated();
    const under = new Set<string>();
    startLoop(async (id) => {
      under.add(id);
      await gate.opened;
      return undefined;
    });
    const mailboxes = [newId(), newId(), newId()];
    ringer.ring('replay', mailboxes);
    await until('all three to be under way at once', () => under.size === 3);
    gate.open();
  });

  it('lets everybody else in before a flood has its next turn, though the flood is in every ring', async () => {
    const flood = newId();
    const others = Array.from({ length: 20 }, () => newId());
    const drained: string[] = [];
    const rung = gated();
    startLoop(
      async (id) => {
        drained.push(id);
        if (id !== flood) return undefined;
        await rung.opened;
        await delay(TURN_MS);
        return { more: !others.every((other) => drained.includes(other)) };
      },
      { concurrency: 1 },
    );
    ringer.ring('replay', [flood]);
    await until('the flood to have its turn', () => drained.length === 1);
    const queue = backend.queue(QUEUE_OF_MAILBOX.replay);
    for (const other of others) await queue.add('drain', { mailboxes: [flood, other] });
    await queue.close();
    rung.open();
    await until('the others', () => others.every((other) => drained.includes(other)));
    const turns = drained.filter((id) => id === flood).length;
    expect(turns).toBeLessThanOrEqual(others.length / 4);
  });

  it('answers the next ring after a drain that failed', async () => {
    let drains = 0;
    startLoop(() => {
      drains += 1;
      return drains === 1 ? Promise.reject(new Error('the database is away')) : Promise.resolve(undefined);
    });
    const mailbox = newId();
    ringer.ring('replay', [mailbox]);
    await until('the drain that fails', () => drains === 1);
    await until('its lease to be given back', async () => (await heldLeases(world)) === 0);
    ringer.ring('replay', [mailbox]);
    await until('the next drain', () => drains === 2);
  });

  it('rings itself again when a drain says that there is more', async () => {
    let drains = 0;
    startLoop(() => {
      drains += 1;
      return Promise.resolve({ more: drains < 3 });
    });
    ringer.ring('replay', [newId()]);
    await until('three drains after one ring', () => drains === 3);
  });

  it('takes up its work again after the queue forgot everything in mid-drain, because the sweeper rings', async () => {
    const gate = gated();
    const waiting = new Set<string>([newId(), newId(), newId(), newId()]);
    const first = [...waiting][0] ?? '';
    let drains = 0;
    startLoop(
      async (id) => {
        drains += 1;
        if (drains === 1) await gate.opened;
        waiting.delete(id);
        return undefined;
      },
      { concurrency: 1 },
    );
    ringer.ring('replay', [first]);
    await until('the first drain to be under way', () => drains === 1);
    ringer.ring('replay', [...waiting].slice(1));
    const queue = backend.queue(QUEUE_OF_MAILBOX.replay);
    await until(
      'the other rings to wait',
      async () => (await queue.getJobCounts('waiting', 'active'))['active'] === 1,
    );
    await queue.close();
    await queues.forgetEverything();
    gate.open();
    const sweeper = new Sweeper('replay', () => Promise.resolve([...waiting]), ringer, world.log);
    sweeper.start();
    await until('every mailbox to be drained', () => waiting.size === 0);
    await sweeper.stop();
  });

  it('hears a ring of its own process without the queue', async () => {
    const drained: string[] = [];
    const loop = startLoop(async (id) => void drained.push(id));
    ringer.answeredBy('replay', loop);
    const mailboxes = [newId(), newId()];
    ringer.ring('replay', mailboxes);
    await until('the drains', () => drained.length === 2);
    expect([...drained].sort()).toEqual([...mailboxes].sort());
    expect(await jobsOf(metrics)).toBe(0);
  });

  it('leaves a ring of its own process to others when it has no place, and when it stops', async () => {
    const gate = gated();
    const drained = { near: [] as string[], far: [] as string[] };
    const near = startLoop(
      async (id) => {
        drained.near.push(id);
        await gate.opened;
        return undefined;
      },
      { concurrency: 1 },
    );
    ringer.answeredBy('replay', near);
    const [first, second, third] = [newId(), newId(), newId()];
    ringer.ring('replay', [first]);
    await until('its only place to be taken', () => drained.near.length === 1);
    // The one with the place may take that ring from the queue, and waits with it: so what comes then has none either.
    startLoop(async (id) => void drained.far.push(id));
    ringer.ring('replay', [second]);
    await until('that ring to come from the queue', async () => (await jobsOf(metrics)) > 0);
    gate.open();
    await until('the second', () => [...drained.near, ...drained.far].includes(second));
    await near.stop(1_000);
    ringer.ring('replay', [third]);
    await until('the other worker to have the third', () => drained.far.includes(third));
    expect(drained.near[0]).toBe(first);
    expect(await jobsOf(metrics)).toBeGreaterThanOrEqual(2);
  });

  it('lets a drain finish at a graceful stop, and takes no more rings', async () => {
    const gate = gated();
    const drained: string[] = [];
    const loop = startLoop(
      async (id) => {
        drained.push(id);
        await gate.opened;
        return undefined;
      },
      { concurrency: 1 },
    );
    const [mailbox, late] = [newId(), newId()];
    ringer.ring('replay', [mailbox]);
    await until('the drain to be under way', () => drained.length === 1);
    ringer.ring('replay', [late]);
    const stopped = loop.stop(10_000);
    gate.open();
    expect(await orHangs(stopped, 5_000)).toBeUndefined();
    expect(drained).toEqual([mailbox]);
  });

  it('gives up what is in flight when the grace is over', async () => {
    const aborted: boolean[] = [];
    const loop = new DrainLoop({
      kind: 'replay',
      concurrency: 1,
      backend,
      ringer,
      metrics,
      clock: systemClock,
      log: world.log,
      leases: new MailboxLeaseBook(world.hot, LEASE_MS, () => Date.now()),
      drain: (_lease, slice) => {
        aborted.push(false);
        return new Promise((resolve) => {
          slice.signal.addEventListener('abort', () => {
            aborted[0] = true;
            resolve({ more: false });
          });
        });
      },
    });
    loop.start();
    ringer.ring('replay', [newId()]);
    await until('the drain to be under way', () => aborted.length === 1);
    expect(await orHangs(loop.stop(50), 5_000)).toBeUndefined();
    expect(aborted).toEqual([true]);
    await until('its lease to be given back', async () => (await heldLeases(world)) === 0);
  });
});

async function jobsOf(metrics: Metrics): Promise<number> {
  const { values } = await metrics.jobs.get();
  return values.reduce((sum, { value }) => sum + value, 0);
}

function gated(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

function heldLeases(world: World): Promise<number> {
  return world.sql.count(`SELECT count(*) FROM mailbox WHERE lease_until > now()`);
}
