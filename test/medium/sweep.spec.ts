import { MailboxLeaseBook, ReceiptInbox, dueMailboxes, mailboxDepths, type HotPool } from '#db';
import type { MailboxKind } from '#queues';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { makeOrder } from '../builders/dial-attempt.js';
import { receipt } from '../builders/receipt.js';
import {
  makeConnection,
  makeEndpoint,
  makeTenant,
  type TestConnection,
  type TestEndpoint,
} from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const URL = 'http://crm.invalid/';
/** From the root of an index to a leaf, and the row; the mailboxes themselves. */
const BLOCKS_A_PROBE = 3;
const BLOCKS_BESIDE = 20;
/** Where the letters of mailboxes that are hopped to lie. */
const LETTERS = {
  endpoint: { table: 'delivery', column: 'endpoint_id', due: `state = 'due'` },
  connection: { table: 'receipt', column: 'connection_id', due: `state = 'due'` },
  order: { table: 'dial_attempt', column: 'connection_id', due: 'look_at IS NOT NULL' },
} as const satisfies Partial<Record<MailboxKind, object>>;

describe('the sweep', () => {
  let world: World;
  let book: MailboxLeaseBook;

  beforeAll(async () => {
    world = await openWorld();
    book = new MailboxLeaseBook(world.hot, 60_000, () => Date.now());
  });
  afterAll(() => world.close());

  const endpoint = async () => makeEndpoint(world.sql, await makeTenant(world.sql), { url: URL });
  const owing = async () => {
    const one = await endpoint();
    await oweDelivery(world.sql, one);
    return one;
  };
  const mailbox = (id: string, change: string) =>
    world.sql.rows(`UPDATE mailbox SET ${change} WHERE id = $1`, [id]);
  const lease = async ({ id }: TestEndpoint) => {
    const [held] = await book.take('endpoint', [id]);
    if (!held) throw new Error('not to be had');
    return held;
  };

  it('finds the endpoints with something due that nobody drains and that need not wait, and no others', async () => {
    const [never, released, lapsed] = [await owing(), await owing(), await owing()];
    await book.release(await lease(released), {});
    await lease(lapsed);
    await mailbox(lapsed.id, `lease_until = now() - interval '1 s'`);

    const [leased, waiting] = [await owing(), await owing()];
    await lease(leased);
    await book.release(await lease(waiting), { notBefore: Date.now() + 60_000 });
    const [later, held, delivered] = [await endpoint(), await endpoint(), await endpoint()];
    await oweDelivery(world.sql, later, { dueInMs: 60_000 });
    await oweDelivery(world.sql, held, { state: 'held' });
    await oweDelivery(world.sql, delivered, { state: 'delivered' });
    await endpoint();

    const found = await dueMailboxes(world.hot, 'endpoint');
    expect([...found].sort()).toEqual([never.id, released.id, lapsed.id].sort());
  });

  it('finds an endpoint of which the oldest letter waits and a later one is due', async () => {
    const one = await endpoint();
    await oweDelivery(world.sql, one, { dueInMs: 60_000 });
    await oweDelivery(world.sql, one);
    expect(await dueMailboxes(world.hot, 'endpoint')).toContain(one.id);
  });

  it('finds the connections with receipts to read, and none whose receipts could not be read', async () => {
    const tenantId = await makeTenant(world.sql);
    const [due, unparsed] = [
      await makeConnection(world.sql, tenantId),
      await makeConnection(world.sql, tenantId),
    ];
    const inbox = new ReceiptInbox(world.hot);
    await inbox.keep(receipt(due));
    await inbox.keep(receipt(unparsed, { unparsedReason: 'no JSON' }));
    expect(await dueMailboxes(world.hot, 'connection')).toEqual([due.id]);
  });

  it('finds the connections with an order to look at, and none whose orders wait or are over', async () => {
    const tenantId = await makeTenant(world.sql);
    const [due, waits, over] = [
      await makeConnection(world.sql, tenantId),
      await makeConnection(world.sql, tenantId),
      await makeConnection(world.sql, tenantId),
    ];
    await makeOrder(world.sql, due, { phone: null });
    await makeOrder(world.sql, due, { phone: null, lookInMs: 60_000 });
    await makeOrder(world.sql, waits, { phone: null, lookInMs: 60_000 });
    await makeOrder(world.sql, over, { phone: null, state: 'ended', lookInMs: null });
    expect(await dueMailboxes(world.hot, 'order')).toEqual([due.id]);
  });

  it.each<keyof typeof LETTERS>(['endpoint', 'connection', 'order'])(
    'costs a few index probes for each %s, however many letters wait',
    async (kind) => {
      const tenantId = await makeTenant(world.sql);
      for (let count = 0; count < 4; count += 1) {
        if (kind === 'endpoint') {
          const one = await makeEndpoint(world.sql, tenantId, { url: URL });
          await oweDeliveries(
            world.sql,
            one,
            Array.from({ length: 5_000 }, () => ({ dueInMs: -1_000 })),
          );
        } else {
          const one = await makeConnection(world.sql, tenantId);
          await (kind === 'order' ? orderMany(one, 5_000) : keepMany(one, 5_000));
        }
      }
      await world.sql.rows('ANALYZE');
      const { plan, blocks } = await explained(kind);
      const { table, column, due } = LETTERS[kind];
      for (const one of Object.values(LETTERS)) expect(plan).not.toContain(`Seq Scan on ${one.table}`);
      expect(plan).toContain(`${table}_`);
      const mailboxes = await world.sql.count(`SELECT count(DISTINCT ${column}) FROM ${table} WHERE ${due}`);
      const probes = (mailboxes + 1) * Math.max(1, await partitionsOf(table));
      expect(blocks).toBeLessThan(probes * BLOCKS_A_PROBE + BLOCKS_BESIDE);
    },
  );

  it('tells the metrics how many letters wait, and how old the oldest is', async () => {
    const depths = await mailboxDepths(world.hot);
    expect(depths.map(({ kind }) => kind).sort()).toEqual([
      ...['campaign', 'connection', 'endpoint', 'erasure', 'import', 'order', 'replay'],
    ]);
    for (const { kind, depth, ageSeconds } of depths) {
      if (kind in LETTERS) expect(depth).toBeGreaterThanOrEqual(20_000);
      expect(ageSeconds).toBeGreaterThanOrEqual(0);
    }
  });

  const partitionsOf = (table: string) =>
    world.sql.count(`SELECT count(*) FROM pg_inherits WHERE inhparent = $1::regclass`, [table]);

  /** Runs the sweep itself, then asks the server how it did it. */
  async function explained(kind: MailboxKind): Promise<{ plan: string; blocks: number }> {
    let text = '';
    const overheard = {
      run: (name: string, statement: string, values: unknown[]) => {
        text = statement;
        return world.hot.run(name, statement, values);
      },
    } as unknown as HotPool;
    expect((await dueMailboxes(overheard, kind)).length).toBeGreaterThanOrEqual(4);
    const lines = await world.sql.rows<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS) ${text}`);
    const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
    const top = /Buffers: shared hit=(\d+)(?: read=(\d+))?/.exec(plan);
    return { plan, blocks: Number(top?.[1]) + Number(top?.[2] ?? 0) };
  }

  async function keepMany(connection: TestConnection, count: number): Promise<void> {
    const inbox = new ReceiptInbox(world.hot);
    await Promise.all(Array.from({ length: count }, () => inbox.keep(receipt(connection, { body: '{}' }))));
  }

  async function orderMany({ id, tenantId }: TestConnection, count: number): Promise<void> {
    await world.sql.rows(
      `INSERT INTO dial_attempt (id, tenant_id, connection_id, source, actor, kind, request, same_key, state, sent_at, look_at)
       SELECT gen_random_uuid(), $1, $2, 'api', 'x', 'call', '{}', '', 'accepted', now(), now() - interval '1 s'
       FROM generate_series(1, $3::int)`,
      [tenantId, id, count],
    );
  }
});
