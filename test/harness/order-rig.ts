import type { QueryResultRow } from 'pg';
import type { CallEventId, DeliveryId, Instant, OrderId } from '#domain';
import { MailboxLeaseBook, OperationalEvents, OrderStore } from '#db';
import { SecretBox, matchesPayload, newId } from '#platform';
import type { PbxDriver } from '#pbx';
import type { Leaving, Slice } from '#queues';
import { DrainOrders, type DrainOrdersParts } from '../../apps/forwarder/orders/drain-orders.js';
import { TellTenant } from '../../apps/forwarder/tell-tenant.js';
import { drainOnce } from './drain-once.js';
import { TestClock } from './forwarder-rig.js';
import { SECRET_KEYS, type TestConnection, type TestEndpoint } from './tenant.js';
import type { World } from './world.js';

export interface SeenOrder extends QueryResultRow {
  state: string;
  reason: string | null;
  told: string | null;
  vendorCallId: string | null;
  looks: number;
  ended: boolean;
  lookInMs: number | null;
}

/** A PBX that is asked nothing, unless the test says what it answers. An order that is sent fails the test. */
export function standInPbx(parts: Partial<PbxDriver> = {}): PbxDriver {
  const never = () => Promise.reject(new Error('The drain never sends an order.'));
  return {
    vendor: 'stand-in',
    title: 'Stand-in',
    fields: [],
    numbers: 'e164_plus',
    can: {},
    problemsOf: () => [],
    probe: never,
    place: never,
    ...parts,
  };
}

/** The orders' drain on a real database, without its process and its queue. The PBX is a stand-in. */
export class OrderRig {
  readonly clock = new TestClock();
  readonly store: OrderStore;
  /** What went wrong in our own code. */
  readonly logged: string[] = [];
  private readonly book: MailboxLeaseBook;

  constructor(private readonly world: World) {
    this.store = new OrderStore(world.hot);
    this.book = new MailboxLeaseBook(world.hot, 60_000, () => this.clock.now());
  }

  /** @param parts  another store, or somebody else who tells */
  drain(
    { id }: TestConnection,
    pbx: PbxDriver = standInPbx(),
    { onSlice, ...parts }: Partial<DrainOrdersParts> & { onSlice?: (slice: Slice) => void } = {},
  ): Promise<Leaving | 'not to be had'> {
    const drainer = this.drainer(pbx, parts);
    const drain = { book: this.book, clock: this.clock, drain: drainer.drain.bind(drainer) };
    return drainOnce(drain, 'order', id, onSlice);
  }

  /** So much time goes by for these orders, after which they are looked at again. */
  async pass({ id }: TestConnection, ms = 0): Promise<void> {
    const { sql } = this.world;
    await sql.rows(
      `UPDATE dial_attempt SET sent_at = sent_at - $2::float8 * interval '1 ms',
         look_at = CASE WHEN look_at IS NULL THEN NULL ELSE now() - interval '1 ms' END WHERE connection_id = $1`,
      [id, ms],
    );
    await sql.rows(`DELETE FROM mailbox WHERE kind = 'order' AND id = $1`, [id]);
  }

  async seen(orderId: OrderId): Promise<SeenOrder> {
    return this.world.sql.row<SeenOrder>(
      `SELECT state, reason, told, vendor_call_id AS "vendorCallId", looks, ended_at IS NOT NULL AS ended,
              (extract(epoch FROM look_at - now()) * 1000)::float8 AS "lookInMs" FROM dial_attempt WHERE id = $1`,
      [orderId],
    );
  }

  /** What an endpoint is owed, in the order in which it was written. */
  async toldTo({ id }: TestEndpoint): Promise<{ type: string; payload: Record<string, unknown> }[]> {
    return this.world.sql.rows(
      `SELECT e.type, e.payload FROM delivery d JOIN call_event e ON e.id = d.event_id
       WHERE d.endpoint_id = $1 ORDER BY d.id`,
      [id],
    );
  }

  teller(): TellTenant {
    return new TellTenant({
      events: new OperationalEvents(this.world.hot),
      ringer: { ring: () => undefined },
      matches: matchesPayload,
      clock: this.clock,
      log: this.world.log,
      ids: { event: newId<CallEventId>, delivery: newId<DeliveryId> },
    });
  }

  now(): Instant {
    return this.clock.now();
  }

  private drainer(pbx: PbxDriver, parts: Partial<DrainOrdersParts>): DrainOrders {
    const { world, logged } = this;
    return new DrainOrders({
      store: this.store,
      tellTenant: this.teller(),
      sender: { send: () => Promise.reject(new Error('The stand-in sends nothing.')) },
      asker: { ask: () => Promise.resolve({ kind: 'refused', reason: 'No socket.' }) },
      box: SecretBox.fromKeys(SECRET_KEYS),
      clock: this.clock,
      log: Object.assign(Object.create(world.log) as typeof world.log, {
        error: (_fields: object, event: string) => void logged.push(event),
      }),
      driverOf: () => pbx,
      ...parts,
    });
  }
}
