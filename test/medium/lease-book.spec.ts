import type { EndpointId } from '#domain';
import { DeliveryStore, EnrichmentStore, MailboxLeaseBook, ReceiptInbox } from '#db';
import { newId } from '#platform';
import { deliveryRecord } from '../builders/delivery-record.js';
import { oweDelivery } from '../builders/delivery.js';
import { receipt } from '../builders/receipt.js';
import { makeConnection, makeEndpoint, makeTenant } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';
import type { Lease, MailboxKind } from '#queues';

const LEASE_MS = 60_000;

describe('the lease book', () => {
  let world: World;
  let book: MailboxLeaseBook;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(() => {
    book = new MailboxLeaseBook(world.hot, LEASE_MS, () => Date.now());
  });

  async function taken(kind: MailboxKind, id: string): Promise<Lease> {
    const [lease] = await book.take(kind, [id]);
    if (!lease) throw new Error('the lease was not to be had');
    return lease;
  }

  /** As if its holder had been silent for longer than a lease lasts. */
  async function runOut(id: string): Promise<void> {
    await world.sql.rows(`UPDATE mailbox SET lease_until = now() - interval '1 s' WHERE id = $1`, [id]);
  }

  it('gives a mailbox to one of many who ask at once', async () => {
    const id = newId<EndpointId>();
    const books = Array.from(
      { length: 5 },
      () => new MailboxLeaseBook(world.hot, LEASE_MS, () => Date.now()),
    );
    const asked = books.flatMap((one) => Array.from({ length: 4 }, () => one.take('replay', [id])));
    const leases = await Promise.all(asked);
    expect(leases.flat()).toHaveLength(1);
  });

  it('keeps mailboxes of two kinds that have one id apart', async () => {
    const connection = await makeConnection(world.sql, await makeTenant(world.sql));
    await new ReceiptInbox(world.hot).keep(receipt(connection));
    const { id } = connection;
    expect(await book.take('connection', [id])).toMatchObject([{ kind: 'connection', id }]);
    expect(await book.take('replay', [id])).toMatchObject([{ kind: 'replay', id }]);
  });

  it('takes no mailbox that has nothing due: that ring was answered', async () => {
    const tenantId = await makeTenant(world.sql);
    const connection = await makeConnection(world.sql, tenantId);
    const endpoint = await makeEndpoint(world.sql, tenantId, { url: 'http://crm.invalid/' });
    expect(await book.take('connection', [connection.id])).toEqual([]);
    expect(await book.take('endpoint', [endpoint.id])).toEqual([]);
    const made = `SELECT count(*) FROM mailbox WHERE id = ANY($1::uuid[])`;
    expect(await world.sql.count(made, [[connection.id, endpoint.id]])).toBe(0);
  });

  it('gives every lease a higher fence, and the memo that the last one left', async () => {
    const id = newId<EndpointId>();
    const first = await taken('replay', id);
    await book.release(first, { memo: { breaker: 'open' } });
    const second = await taken('replay', id);
    expect(second.memo).toEqual({ breaker: 'open' });
    await book.release(second, {});
    const third = await taken('replay', id);
    expect(third.memo).toEqual({ breaker: 'open' });
    const fences = [first, second, third].map(({ fence }) => BigInt(fence));
    expect(fences[1]).toBeGreaterThan(fences[0] ?? 0n);
    expect(fences[2]).toBeGreaterThan(fences[1] ?? 0n);
  });

  it('gives a fence that it never gave before, also when the server has lost its last lease', async () => {
    const id = newId<EndpointId>();
    await book.release(await taken('replay', id), {});
    const before = await world.sql.row(`SELECT fence::text, lease_until FROM mailbox WHERE id = $1`, [id]);
    const lost = await taken('replay', id);
    // As a crash leaves it: the row is as it was committed to the disk before.
    const values = [id, before?.['fence'], before?.['lease_until']];
    await world.sql.rows(
      `UPDATE mailbox SET fence = $2, lease_until = $3, owner = NULL WHERE id = $1`,
      values,
    );
    expect(BigInt((await taken('replay', id)).fence)).toBeGreaterThan(BigInt(lost.fence));
  });

  it('gives a lease that has run out to the next who asks', async () => {
    const id = newId<EndpointId>();
    const old = await taken('replay', id);
    expect(await book.take('replay', [id])).toEqual([]);
    await runOut(id);
    expect(BigInt((await taken('replay', id)).fence)).toBeGreaterThan(BigInt(old.fence));
  });

  it('says when it is given back that somebody rang who could not have it, once', async () => {
    const id = newId<EndpointId>();
    const first = await taken('replay', id);
    expect(await book.take('replay', [id])).toEqual([]);
    expect(await book.release(first, {})).toBe(true);
    expect(await book.release(await taken('replay', id), {})).toBe(false);
  });

  it('takes all that are to be had of many in one statement', async () => {
    const [free, held] = [newId<EndpointId>(), newId<EndpointId>()];
    await taken('replay', held);
    const leases = await book.take('replay', [held, free, free]);
    expect(leases.map(({ id }) => id)).toEqual([free]);
  });

  it('says at the renewal which leases were lost, and prolongs the others', async () => {
    const [kept, lost] = [
      await taken('replay', newId<EndpointId>()),
      await taken('replay', newId<EndpointId>()),
    ];
    await runOut(lost.id);
    await taken('replay', lost.id);
    await runOut(kept.id);
    expect(await book.renew([kept, lost])).toEqual([lost.id]);
    expect(await book.take('replay', [kept.id])).toEqual([]);
  });

  it('does not let go of a lease that somebody else has by now', async () => {
    const id = newId<EndpointId>();
    const old = await taken('replay', id);
    await runOut(id);
    await taken('replay', id);
    await book.release(old, { notBefore: Date.now() + 60_000, memo: { from: 'the old one' } });
    expect(
      await world.sql.row(`SELECT lease_until > now() AS held, memo FROM mailbox WHERE id = $1`, [id]),
    ).toEqual({
      held: true,
      memo: {},
    });
  });

  it('lets a mailbox wait until the time that its last drain named', async () => {
    const id = newId<EndpointId>();
    await book.release(await taken('replay', id), { notBefore: Date.now() + 60_000 });
    expect(await book.take('replay', [id])).toEqual([]);
    await world.sql.rows(`UPDATE mailbox SET not_before = to_timestamp(0) WHERE id = $1`, [id]);
    expect(await book.take('replay', [id])).toHaveLength(1);
  });

  it('never deadlocks, however the same mailboxes are taken, renewed and released at once', async () => {
    const ids = Array.from({ length: 60 }, () => newId<EndpointId>());
    const books = Array.from(
      { length: 6 },
      () => new MailboxLeaseBook(world.hot, LEASE_MS, () => Date.now()),
    );
    const rounds = books.map(async (one, index) => {
      for (let round = 0; round < 15; round += 1) {
        const order = index % 2 === 0 ? ids : [...ids].reverse();
        const halves = [order.slice(0, 30), order.slice(30)];
        const held = (await Promise.all(halves.map((half) => one.take('replay', half)))).flat();
        await Promise.all([one.renew([...held].reverse()), one.renew(held)]);
        await Promise.all(held.map((lease) => one.release(lease, {})));
      }
    });
    await Promise.all(rounds);
    const stillHeld = `SELECT count(*) FROM mailbox WHERE id = ANY($1::uuid[]) AND lease_until > now()`;
    expect(await world.sql.count(stillHeld, [ids])).toBe(0);
  });

  describe('with an old fence', () => {
    it('an enrichment changes nothing, also when it travels in one statement with the new holder’s', async () => {
      const tenantId = await makeTenant(world.sql);
      const connection = await makeConnection(world.sql, tenantId);
      const store = new EnrichmentStore(world.hot);
      const kept = [receipt(connection), receipt(connection)] as const;
      await Promise.all(kept.map((one) => new ReceiptInbox(world.hot).keep(one)));
      const old = await taken('connection', connection.id);
      await runOut(connection.id);
      const current = await taken('connection', connection.id);

      const write = async ({ fence }: Lease, { id }: { id: (typeof kept)[0]['id'] }) => {
        const written = await store.write({
          tenantId,
          connectionId: connection.id,
          fence,
          receipts: [{ id, state: 'done', reason: null, tries: 0 }],
          calls: [],
          events: [],
          deliveries: [],
        });
        return written.kept;
      };
      const states = () =>
        world.sql.rows(`SELECT state FROM receipt WHERE connection_id = $1 ORDER BY id`, [connection.id]);

      expect(await write(old, kept[0])).toBe(false);
      expect(await states()).toEqual([{ state: 'due' }, { state: 'due' }]);
      expect(await Promise.all([write(old, kept[0]), write(current, kept[1])])).toEqual([false, true]);
      expect(await states()).toEqual([{ state: 'due' }, { state: 'done' }]);
    });

    it('a delivery’s record changes nothing, also when it travels in one statement with the new holder’s', async () => {
      const tenantId = await makeTenant(world.sql);
      const endpoint = await makeEndpoint(world.sql, tenantId, { url: 'http://crm.invalid/' });
      const store = new DeliveryStore(world.hot);
      const [one, other] = [await oweDelivery(world.sql, endpoint), await oweDelivery(world.sql, endpoint)];
      const old = await taken('endpoint', endpoint.id);
      await runOut(endpoint.id);
      const current = await taken('endpoint', endpoint.id);

      const record = async ({ fence }: Lease, { id }: { id: (typeof one)['id'] }) => {
        const recorded = await store.record(
          deliveryRecord({ deliveryId: id, tenantId, endpointId: endpoint.id, fence }),
        );
        return recorded.kept;
      };
      const seen = async () => ({
        states: (
          await world.sql.rows<{ state: string }>(
            `SELECT state FROM delivery WHERE endpoint_id = $1 ORDER BY id`,
            [endpoint.id],
          )
        ).map(({ state }) => state),
        attempts: await world.sql.count(`SELECT count(*) FROM attempt WHERE endpoint_id = $1`, [endpoint.id]),
      });

      expect(await record(old, one)).toBe(false);
      expect(await seen()).toEqual({ states: ['due', 'due'], attempts: 0 });
      expect(await Promise.all([record(old, one), record(current, other)])).toEqual([false, true]);
      expect(await seen()).toEqual({ states: ['due', 'delivered'], attempts: 1 });
    });

    it('nothing is put away', async () => {
      const tenantId = await makeTenant(world.sql);
      const endpoint = await makeEndpoint(world.sql, tenantId, { url: 'http://crm.invalid/' });
      const owed = await oweDelivery(world.sql, endpoint);
      const old = await taken('endpoint', endpoint.id);
      await runOut(endpoint.id);
      await taken('endpoint', endpoint.id);
      await new DeliveryStore(world.hot).putAway(
        { endpointId: endpoint.id, fence: old.fence },
        'held',
        'late',
      );
      expect(await world.sql.row(`SELECT state FROM delivery WHERE id = $1`, [owed.id])).toEqual({
        state: 'due',
      });
    });
  });
});
