import type { CallEventId, CallId, DeliveryId } from '#domain';
import { ContactLookup, EnrichmentStore, Lateness, MailboxLeaseBook, ReceiptInbox } from '#db';
import { newId, systemClock } from '#platform';
import type { Leaving, PopupAsker, Slice } from '#queues';
import { DrainConnection, type DrainConnectionParts } from '../../apps/enricher/drain-connection.js';
import { receipt } from '../builders/receipt.js';
import { drainOnce } from './drain-once.js';
import type { TestConnection } from './tenant.js';
import type { World } from './world.js';

/** The enricher's drain on a real database, without its process and its queue. */
export class EnricherRig {
  /** Endpoints that were rung, in order. */
  readonly rung: string[] = [];
  /** What the tenant's sources were to be asked. */
  readonly asked: Parameters<PopupAsker['ask']>[0][] = [];
  private readonly book: MailboxLeaseBook;
  private readonly drainer: DrainConnection;
  private readonly inbox: ReceiptInbox;

  constructor(
    private readonly world: World,
    parts: Partial<DrainConnectionParts> = {},
  ) {
    this.book = new MailboxLeaseBook(world.hot, 60_000, () => Date.now());
    this.inbox = new ReceiptInbox(world.hot);
    this.drainer = new DrainConnection({
      store: new EnrichmentStore(world.hot),
      contacts: new ContactLookup(world.hot),
      asker: {
        ask: (question) => {
          this.asked.push(question);
          return Promise.resolve('lost');
        },
      },
      ringer: { ring: (_kind, ids) => void this.rung.push(...ids) },
      liveBell: { ring: () => undefined, ringDeliveries: () => undefined },
      metrics: world.metrics,
      log: world.log,
      clock: systemClock,
      lateness: new Lateness(),
      ids: { call: newId<CallId>, event: newId<CallEventId>, delivery: newId<DeliveryId> },
      linkTo: ({ call }) => `https://ours.example/recordings/${call}`,
      ...parts,
    });
  }

  /** Keeps CDRs as ingress would, one webhook each. */
  async takeIn(connection: TestConnection, ...bodies: unknown[]): Promise<string[]> {
    const receipts = bodies.map((body) => receipt(connection, { body }));
    for (const one of receipts) await this.inbox.keep(one);
    return receipts.map(({ id }) => id);
  }

  async drain(
    connection: TestConnection,
    onSlice?: (slice: Slice) => void,
  ): Promise<Leaving | 'not to be had'> {
    const drain = { book: this.book, clock: systemClock, drain: this.drainer.drain.bind(this.drainer) };
    return drainOnce(drain, 'connection', connection.id, onSlice);
  }

  receipts(connection: TestConnection): Promise<{ state: string; reason: string | null; tries: number }[]> {
    return this.world.sql.rows(
      `SELECT state, reason, tries FROM receipt WHERE connection_id = $1 ORDER BY id`,
      [connection.id],
    );
  }

  /** Events of the connection's calls, in the order in which they were written. */
  events(
    connection: TestConnection,
  ): Promise<{ type: string; sequence: number; call: string; payload: Payload }[]> {
    return this.world.sql.rows(
      `SELECT e.type, e.sequence, c.vendor_call_id AS call, e.payload FROM call_event e JOIN call c ON c.id = e.call_id
       WHERE c.connection_id = $1 ORDER BY e.id`,
      [connection.id],
    );
  }
}

export interface Payload {
  startedAt: string | null;
  result: string;
  legs: unknown[];
  customData: Record<string, unknown>;
  [member: string]: unknown;
}
