import {
  NOTHING_FED,
  callOfOrder,
  callsOfFeed,
  feedWithout,
  type Call,
  type ConnectionId,
  type FeedNow,
} from '#domain';
import type { CallLogRepository, FeedRepository, OpenCall, OrderRecord, OrderRepository } from '#db';
import type { Clock } from '#platform';
import { actorOf, type Asker } from './asking.js';

/** Calls that are remembered of all connections together. */
const MOST_REMEMBERED = 20_000;

export interface OpenCallsParts {
  calls: Pick<CallLogRepository, 'open'>;
  orders: Pick<OrderRepository, 'unheard' | 'byVendorCallIds'>;
  feeds: Pick<FeedRepository, 'now'>;
  clock: Pick<Clock, 'now'>;
}

/** What goes on at a connection, and what of it only the PBX's channel tells. */
export interface GoingOn {
  calls: Call[];
  feed: FeedNow;
}

/**
 * Calls that go on: those of which webhooks told, those that were ordered and of which none has told yet, and those of which only the
 * PBX's channel tells. Wallboards ask every few seconds, and few calls change in between: records that are as they were are not read
 * again.
 */
export class OpenCalls {
  /** The connection that was asked for longest ago comes first. */
  private readonly known = new Map<ConnectionId, OpenCall[]>();
  private remembered = 0;

  constructor(private readonly parts: OpenCallsParts) {}

  async of(asker: Asker): Promise<Call[]> {
    return (await this.goingOn(asker)).calls;
  }

  async goingOn(asker: Asker): Promise<GoingOn> {
    const { credential, connection } = asker;
    const { tenantId, connectionId } = credential;
    const [{ calls: told, isFed }, ordered] = await Promise.all([
      this.parts.calls.open(tenantId, connectionId, this.known.get(connectionId)),
      this.parts.orders.unheard(tenantId, connectionId),
    ]);
    const fed = isFed ? await this.parts.feeds.now(tenantId, connectionId) : NOTHING_FED;
    this.remember(connectionId, told);
    const open = told.flatMap(({ call }) => (call.state === 'ended' ? [] : [call]));
    const isOneDepartment = credential.scope === 'department';
    // Of a call that was ordered we know more than the PBX's channel does.
    const known = new Set([
      ...told.map(({ call }) => call.vendorCallId),
      ...ordered.map((one) => one.vendorCallId),
    ]);
    const feed = feedWithout(fed, (call) => known.has(call));
    const calls = [
      ...(isOneDepartment ? await this.ofDepartment(open, asker) : open),
      ...ordered
        .filter((order) => !isOneDepartment || isOwn(order, asker))
        .map((order) => callOfOrder(order, connection)),
      // Of which department they are it does not say.
      ...(isOneDepartment ? [] : callsOfFeed(feed, connection, this.parts.clock.now())),
    ];
    return { calls, feed };
  }

  /**
   * Those that the PBX said are of the credential's department, and those that it ordered itself. Of many calls the PBX says that
   * only when they are over: such a call is no other department's business meanwhile.
   */
  private async ofDepartment(open: readonly Call[], asker: Asker): Promise<Call[]> {
    const { tenantId, connectionId, department } = asker.credential;
    const isThere = ({ legs }: Call) =>
      department !== null && legs.some((leg) => leg.department?.id === department);
    const others = open.filter((call) => !isThere(call)).map(({ vendorCallId }) => vendorCallId);
    const orders = await this.parts.orders.byVendorCallIds(tenantId, connectionId, others);
    return open.filter((call) => {
      const order = orders.get(call.vendorCallId);
      return isThere(call) || (order !== undefined && isOwn(order, asker));
    });
  }

  private remember(connectionId: ConnectionId, calls: OpenCall[]): void {
    this.forget(connectionId);
    for (const oldest of this.known.keys()) {
      if (this.remembered + calls.length <= MOST_REMEMBERED) break;
      this.forget(oldest);
    }
    if (calls.length > MOST_REMEMBERED) return;
    this.known.set(connectionId, calls);
    this.remembered += calls.length;
  }

  private forget(connectionId: ConnectionId): void {
    this.remembered -= this.known.get(connectionId)?.length ?? 0;
    this.known.delete(connectionId);
  }
}

function isOwn({ actor }: OrderRecord, asker: Asker): boolean {
  return actor === actorOf(asker);
}
