import {
  Lateness,
  MailboxLeaseBook,
  OwnerMark,
  newOwner,
  sessionOptions,
  workersBehind,
  type Owner,
} from '#db';
import { newId } from '#platform';
import { openWorld, type World } from '../harness/world.js';
import { until } from '../harness/until.js';

const LEASE_MS = 60_000;

describe('the mark of a worker', () => {
  let world: World;
  const open: OwnerMark[] = [];

  beforeAll(async () => {
    world = await openWorld();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((mark) => mark.stop()));
  });
  afterAll(() => world.close());

  async function markOf(
    owner: Owner,
    { lateness = new Lateness(), freed = () => undefined }: { lateness?: Lateness; freed?: () => void } = {},
  ): Promise<OwnerMark> {
    const session = { url: world.url, options: sessionOptions('switchhook_worker') };
    const mark = new OwnerMark(owner, session, lateness, world.log);
    open.push(mark);
    mark.whenFreed(freed);
    mark.start();
    await until('the mark', async () => (await sessionOf(owner)) !== undefined);
    return mark;
  }

  async function sessionOf({ key }: Owner): Promise<number | undefined> {
    const [row] = await world.sql.rows<{ pid: number }>(
      `SELECT l.pid FROM pg_locks l JOIN worker w ON l.objid = w.key::bigint::oid
       WHERE l.locktype = 'advisory' AND l.granted AND w.key = $1`,
      [key],
    );
    return row?.pid;
  }

  const take = (owner: Owner, id: string) =>
    new MailboxLeaseBook(world.hot, LEASE_MS, () => Date.now(), owner.name).take('replay', [id]);

  /** Another process takes a mailbox and is killed: its session ends, and nobody cleans up. */
  async function killedWith(id: string): Promise<void> {
    const dead = newOwner();
    await take(dead, id);
    await world.sql.rows(`INSERT INTO worker (key, owner, since) VALUES ($1, $2, now())`, [
      dead.key,
      dead.name,
    ]);
  }

  it('frees the leases of a worker that is gone, long before they run out', async () => {
    const id = newId();
    await killedWith(id);
    const mine = newOwner();
    expect(await take(mine, id)).toEqual([]);
    let told = 0;
    await markOf(mine, { freed: () => void (told += 1) });
    await until('its mailbox to be free', async () => (await take(mine, id)).length === 1);
    await until('it to be told', () => told > 0);
    expect(await world.sql.rows(`SELECT owner FROM worker`)).toEqual([{ owner: mine.name }]);
  });

  it('leaves a living worker what it holds, however long that is stopped', async () => {
    const [living, mine] = [newOwner(), newOwner()];
    const id = newId();
    await markOf(living);
    await take(living, id);
    await markOf(mine);
    const gone = newId();
    await killedWith(gone);
    // The dead one is noticed by a look that saw the living one as well.
    await until('the other mailbox to be free', async () => (await take(mine, gone)).length === 1);
    expect(await take(mine, id)).toEqual([]);
  });

  it('tells how late its worker is, until that is on time again', async () => {
    const lateness = new Lateness();
    await markOf(newOwner(), { lateness });
    expect(await workersBehind(world.hot)).toBe(0);
    await until('it to be told', async () => {
      lateness.note('connection', 'a', 4_000);
      return (await workersBehind(world.hot)) === 4_000;
    });
    await until('it to be taken back', async () => (await workersBehind(world.hot)) === 0);
  });

  it('tells nothing any more of a worker that was heard of long ago', async () => {
    const { key, name } = newOwner();
    await world.sql.rows(
      `INSERT INTO worker (key, owner, since, behind_ms, behind_at) VALUES ($1, $2, now(), 9000, now() - interval '6 s')`,
      [key, name],
    );
    expect(await workersBehind(world.hot)).toBe(0);
    await world.sql.rows(`UPDATE worker SET behind_at = now() WHERE key = $1`, [key]);
    expect(await workersBehind(world.hot)).toBe(9_000);
    await world.sql.rows(`DELETE FROM worker WHERE key = $1`, [key]);
  });

  it('comes back when its session was cut', async () => {
    const mine = newOwner();
    await markOf(mine);
    const before = await sessionOf(mine);
    await world.sql.rows(`SELECT pg_terminate_backend($1)`, [before]);
    await until('another session', async () => {
      const now = await sessionOf(mine);
      return now !== undefined && now !== before;
    });
  });

  it('is taken back by whoever stops', async () => {
    const mine = newOwner();
    const mark = await markOf(mine);
    await mark.stop();
    expect(await world.sql.rows(`SELECT 1 FROM worker WHERE key = $1`, [mine.key])).toEqual([]);
  });
});
