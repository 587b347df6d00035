import type { DeliveryId } from '#domain';
import {
  DeliveryStore,
  EnrichmentStore,
  MailboxLeaseBook,
  ReceiptInbox,
  type FirstOfConnection,
  type FirstOfEndpoint,
  type NewReceipt,
} from '#db';
import { newId } from '#platform';
import type { Lease, MailboxKind } from '#queues';
import { cdr } from '../builders/cdr.js';
import { oweDeliveries } from '../builders/delivery.js';
import { deliveryRecord } from '../builders/delivery-record.js';
import { receipt } from '../builders/receipt.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { makeConnection, makeEndpoint, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const LEASE_MS = 60_000;
const CRM = { url: 'http://crm.invalid/' };

describe('a claim', () => {
  let world: World;
  let book: MailboxLeaseBook;
  let connection: TestConnection;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    book = new MailboxLeaseBook(world.hot, LEASE_MS, () => Date.now());
    connection = await makeConnection(world.sql, await makeTenant(world.sql));
  });

  async function keep(of: TestConnection, vendorCallIds: string[] | null): Promise<NewReceipt> {
    const body = cdr({ ivruniqueid: vendorCallIds?.[0] ?? 'x' });
    const one = receipt(of, { body, vendorCallIds });
    await new ReceiptInbox(world.hot).keep(one);
    return one;
  }

  async function had(kind: MailboxKind, id: string): Promise<Lease> {
    const [lease] = await book.take(kind, [id]);
    if (!lease) throw new Error('the lease was not to be had');
    return { ...lease, first: await lease.first };
  }

  async function firstOf(id: string): Promise<FirstOfConnection> {
    const lease = await had('connection', id);
    await book.release(lease, {});
    return lease.first as FirstOfConnection;
  }

  it('reads of many connections what their drains begin with, each its own', async () => {
    const other = await makeConnection(world.sql, await makeTenant(world.sql), { country: 'GB' });
    const mine = [await keep(connection, ['a']), await keep(connection, ['b'])];
    const theirs = [await keep(other, ['a'])];
    const leases = await book.take('connection', [connection.id, other.id]);
    const first = new Map<string, FirstOfConnection>();
    for (const lease of leases) first.set(lease.id, (await lease.first) as FirstOfConnection);
    const seen = [connection, other].map(({ id }) => {
      const { context, receipts } = first.get(id) ?? {};
      return [context?.country, receipts?.map((one) => [one.id, Buffer.from(one.body), one.vendorCallIds])];
    });
    const told = (ones: NewReceipt[], ids: string[]) =>
      ones.map(({ id, body }, index) => [id, Buffer.from(body), [ids[index]]]);
    expect(seen).toEqual([
      ['IL', told(mine, ['a', 'b'])],
      ['GB', told(theirs, ['a'])],
    ]);
  });

  it('reads of each its own, also when what is read together is too much to be kept', async () => {
    const others = [
      await makeConnection(world.sql, connection.tenantId),
      await makeConnection(world.sql, connection.tenantId),
    ];
    const all = [connection, ...others];
    for (const { id } of all) {
      await world.sql.rows(
        `INSERT INTO did (id, tenant_id, connection_id, number, label, created_at, updated_at)
         SELECT gen_random_uuid(), $1, $2, n::text, 'x', now(), now() FROM generate_series(1, 60000) n`,
        [connection.tenantId, id],
      );
    }
    for (const one of all) await keep(one, ['a']);
    const leases = await book.take(
      'connection',
      all.map(({ id }) => id),
    );
    const read = await Promise.all(leases.map(({ first }) => first as Promise<FirstOfConnection>));
    expect(read.map(({ context }) => context?.people.size)).toEqual([60_000, 60_000, 60_000]);
  });

  it('brings the calls that the receipts speak of, with odd ids as they are kept, and no others', async () => {
    const odd = '{"a", \\b}';
    const rig = new EnricherRig(world);
    await rig.takeIn(
      connection,
      cdr({ ivruniqueid: 'known' }),
      cdr({ ivruniqueid: odd }),
      cdr({ ivruniqueid: 'else' }),
    );
    await rig.drain(connection);
    await keep(connection, ['known', odd, 'new']);
    const { known, asked } = await firstOf(connection.id);
    expect([...known.calls.keys()].sort()).toEqual(['known', odd].sort());
    expect([...asked].sort()).toEqual(['known', odd, 'new'].sort());
  });

  it('asks for the calls of a receipt whose ids nobody read before', async () => {
    const rig = new EnricherRig(world);
    await keep(connection, null);
    await rig.drain(connection);
    await keep(connection, null);
    await rig.drain(connection);
    expect(await rig.events(connection)).toHaveLength(1);
  });

  it('reads the setup again when it has changed, and only then', async () => {
    await keep(connection, ['a']);
    const before = (await firstOf(connection.id)).context;
    expect((await firstOf(connection.id)).context).toBe(before);
    await world.sql.rows(`UPDATE connection SET time_zone = 'UTC' WHERE id = $1`, [connection.id]);
    expect((await firstOf(connection.id)).context?.timeZone).toBe('UTC');
    const { id } = await makeEndpoint(world.sql, connection.tenantId, CRM);
    expect((await firstOf(connection.id)).context?.endpoints).toMatchObject([{ id, enabled: true }]);
    await world.sql.rows(`UPDATE endpoint SET state = 'paused' WHERE id = $1`, [id]);
    expect((await firstOf(connection.id)).context?.endpoints).toMatchObject([{ id, enabled: false }]);
    await world.sql.rows(`DELETE FROM endpoint WHERE id = $1`, [id]);
    expect((await firstOf(connection.id)).context?.endpoints).toEqual([]);
    await world.sql.rows(
      `INSERT INTO did (id, tenant_id, connection_id, number, label, created_at, updated_at)
       VALUES ($1, $2, $3, '1', 'Sales', now(), now())`,
      [newId(), connection.tenantId, connection.id],
    );
    expect((await firstOf(connection.id)).context?.people.size).toBe(1);
  });

  it('reads an endpoint’s secrets again when one is added, and leaves out one that has ended', async () => {
    const endpoint = await makeEndpoint(world.sql, connection.tenantId, CRM);
    await oweDeliveries(world.sql, endpoint, [{}]);
    const secrets = async () => {
      const lease = await had('endpoint', endpoint.id);
      await book.release(lease, {});
      return (lease.first as FirstOfEndpoint).target?.secrets;
    };
    const [first] = (await secrets()) ?? [];
    const add = `INSERT INTO endpoint_secret (id, tenant_id, endpoint_id, sealed, created_at, expires_at)
                 VALUES ($1, $2, $3, $4, now(), $5)`;
    const [soon, gone] = [new Date(Date.now() + 60_000), new Date(Date.now() - 1)];
    await world.sql.rows(add, [newId(), endpoint.tenantId, endpoint.id, 'soon', soon]);
    await world.sql.rows(add, [newId(), endpoint.tenantId, endpoint.id, 'gone', gone]);
    expect(await secrets()).toEqual(['soon', first]);
    let now = Date.now();
    book = new MailboxLeaseBook(world.hot, LEASE_MS, () => now);
    expect(await secrets()).toEqual(['soon', first]);
    now += 61_000;
    expect(await secrets()).toEqual([first]);
  });

  it('reads as many letters as an endpoint may have in hand, and none of one that is not to be sent to', async () => {
    const endpoint = await makeEndpoint(world.sql, connection.tenantId, { ...CRM, concurrency: 2 });
    await oweDeliveries(
      world.sql,
      endpoint,
      Array.from({ length: 12 }, () => ({})),
    );
    const lease = await had('endpoint', endpoint.id);
    expect(lease.first).toMatchObject({ letters: { length: 10 }, most: 10 });
    await book.release(lease, {});
    await world.sql.rows(`UPDATE endpoint SET state = 'paused' WHERE id = $1`, [endpoint.id]);
    expect((await had('endpoint', endpoint.id)).first).toMatchObject({
      letters: [],
      target: { enabled: false },
    });
  });

  describe('that is given back with the write', () => {
    const nothing = { receipts: [], calls: [], events: [], deliveries: [] };

    it('says that it was rung meanwhile, and leaves the memo', async () => {
      const store = new EnrichmentStore(world.hot);
      const { id: connectionId, tenantId } = connection;
      await keep(connection, ['a']);
      const { fence, epoch } = await had('connection', connectionId);
      expect(await book.take('connection', [connectionId])).toEqual([]);
      const givesBack = { epoch, memo: { health: 'good' } };
      const write = { tenantId, connectionId, fence, ...nothing, givesBack };
      expect(await store.write(write)).toEqual({ kept: true, rung: true });
      const again = await had('connection', connectionId);
      expect(again.memo).toEqual({ health: 'good' });
      expect(again.fence).not.toBe(fence);
      // The old holder has nothing to give back any more.
      expect(await store.write(write)).toEqual({ kept: false, rung: false });
      expect(await book.take('connection', [connectionId])).toEqual([]);
    });

    it('is given back with the last of several letters that are written together, and with no other', async () => {
      const endpoint = await makeEndpoint(world.sql, connection.tenantId, CRM);
      const owed = await oweDeliveries(world.sql, endpoint, [{}, {}, {}]);
      const { fence, epoch } = await had('endpoint', endpoint.id);
      const store = new DeliveryStore(world.hot);
      const asked: number[] = [];
      /** @param inHand  letters of the drain that are not written down yet */
      const record = (deliveryId: DeliveryId, inHand: number) =>
        store.record(
          deliveryRecord(
            { deliveryId, tenantId: connection.tenantId, endpointId: endpoint.id, fence },
            {
              leaves: (together) => {
                asked.push(together);
                return together === inHand ? { epoch, memo: undefined } : undefined;
              },
            },
          ),
        );
      const [first, second, third] = owed.map(({ id }) => id) as [DeliveryId, DeliveryId, DeliveryId];
      expect(await record(first, 3)).toEqual({ kept: true, rung: false, gaveBack: false });
      const both = await Promise.all([record(second, 2), record(third, 2)]);
      expect(both.map(({ gaveBack }) => gaveBack)).toEqual([false, true]);
      expect(asked).toEqual([1, 2]);
      // It is free, and the old holder writes nothing any more.
      await oweDeliveries(world.sql, endpoint, [{}]);
      await had('endpoint', endpoint.id);
      expect(await record(first, 1)).toEqual({ kept: false, rung: false, gaveBack: false });
    });

    it('costs the drain of a connection two statements in all', async () => {
      const statements = async () => {
        const { values } = await world.metrics.statements.get();
        return values.reduce((sum, { value }) => sum + value, 0);
      };
      await keep(connection, ['a']);
      const rig = new EnricherRig(world);
      // What its letters are read with is known from then on.
      await rig.drain(connection);
      await keep(connection, ['b']);
      const before = await statements();
      expect(await rig.drain(connection)).toEqual({ more: false, givenBack: { rung: false } });
      expect((await statements()) - before).toBe(2);
    });
  });

  describe('that looks for what came', () => {
    /** Nothing else of this world is due. */
    beforeEach(async () => {
      await world.sql.rows(`UPDATE receipt SET state = 'done' WHERE state = 'due'`);
      await world.sql.rows(`UPDATE delivery SET state = 'delivered' WHERE state = 'due'`);
    });

    it('takes what it finds and reads it in the same statement, and finds nothing that is held', async () => {
      const mine = await keep(connection, ['a']);
      const { leases, others } = await book.look('connection', 10);
      expect(others).toEqual([]);
      expect(leases.map(({ id }) => id)).toEqual([connection.id]);
      const first = (await leases[0]?.first) as FirstOfConnection;
      expect(first.receipts.map(({ id }) => id)).toEqual([mine.id]);
      expect(first.context?.connectionId).toBe(connection.id);
      expect(await book.look('connection', 10)).toEqual({ leases: [], others: [] });
    });

    it('takes none of more than there are places for, and says which they are', async () => {
      const other = await makeConnection(world.sql, await makeTenant(world.sql));
      await keep(connection, ['a']);
      await keep(other, ['a']);
      const { leases, others } = await book.look('connection', 1);
      expect(leases).toEqual([]);
      expect([...others].sort()).toEqual([connection.id, other.id].sort());
      expect((await book.look('connection', 2)).leases).toHaveLength(2);
    });

    it('finds deliveries that were just made, and not those that wait since long', async () => {
      const endpoint = await makeEndpoint(world.sql, connection.tenantId, CRM);
      const [owed] = await oweDeliveries(world.sql, endpoint, [{}]);
      const late = new MailboxLeaseBook(world.hot, LEASE_MS, () => Date.now() + 60_000);
      expect(await late.look('endpoint', 10)).toEqual({ leases: [], others: [] });
      const { leases } = await book.look('endpoint', 10);
      const first = (await leases[0]?.first) as FirstOfEndpoint;
      expect(leases.map(({ id }) => id)).toEqual([endpoint.id]);
      expect([first.letters.map(({ id }) => id), first.target?.endpointId]).toEqual([
        [owed?.id],
        endpoint.id,
      ]);
    });

    it('does not look for what has to wait', async () => {
      await keep(connection, ['a']);
      const { leases } = await book.look('connection', 10);
      await book.release(leases[0] as never, { notBefore: Date.now() + 60_000 });
      expect(await book.look('connection', 10)).toEqual({ leases: [], others: [] });
    });
  });
});
