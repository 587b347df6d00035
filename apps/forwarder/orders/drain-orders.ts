import {
  AppError,
  dataOfOrder,
  eventOfOrder,
  id,
  isOpenOrder,
  instant,
  type Call,
  type ConnectionId,
  type OrderNews,
} from '#domain';
import {
  askBySocket,
  openAccount,
  sealedFor,
  type DueOrder,
  type OrderOwner,
  type OrderStore,
  type SocketAsker,
} from '#db';
import { logFailure, type Clock, type HttpSender, type Log, type SecretBox } from '#platform';
import { commandedPbx, driverOf } from '#pbx';
import type { Lease, Leaving, Slice } from '#queues';
import type { TellTenant } from '../tell-tenant.js';
import { lookForCall, type AskedPbx } from './look-for-call.js';

/** Orders of one look; a PBX is asked of each that is unclear. */
const MOST_AT_ONCE = 50;
/** Of which a PBX is asked side by side: a slow one would keep the others' agents waiting. */
const ASKED_AT_ONCE = 8;
const LIST_TIMEOUT_MS = 10_000;
/** An order on which our own code fails waits so long. */
const FAILED_WAIT_MS = 60_000;

export interface DrainOrdersParts {
  store: Pick<OrderStore, 'due' | 'callsById' | 'callLike' | 'move' | 'account' | 'keepToken'>;
  tellTenant: Pick<TellTenant, 'tell'>;
  sender: Pick<HttpSender, 'send'>;
  asker: Pick<SocketAsker, 'ask'>;
  box: Pick<SecretBox, 'open' | 'seal'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
  /** Left out: the vendor's own. */
  driverOf?: typeof driverOf;
}

/**
 * Looks after the orders of one connection: tells what came of them, goes along with what the webhooks tell of their calls, and
 * finds out what became of those whose answer was unclear. It never sends an order.
 */
export class DrainOrders {
  constructor(private readonly parts: DrainOrdersParts) {}

  async drain(lease: Lease, slice: Slice): Promise<Leaving> {
    const owner = { connectionId: id<ConnectionId>(lease.id), fence: lease.fence };
    while (!slice.over) {
      const due = await this.parts.store.due(owner.connectionId, MOST_AT_ONCE);
      // Its rows say when they are due, and the mailbox must not wait for them: a new order would wait with it.
      if (due.length === 0) return { more: false };
      if (!(await this.lookAt(owner, due, slice))) return { more: false };
    }
    return { more: true };
  }

  /** @returns false when the lease was lost, or somebody else has brought an order further: then it is looked at anew */
  private async lookAt(owner: OrderOwner, due: readonly DueOrder[], slice: Slice): Promise<boolean> {
    const { store } = this.parts;
    const ids = due.flatMap(({ vendorCallId }) => vendorCallId ?? []);
    const calls = await store.callsById(owner.connectionId, ids);
    const pbx = once(() => this.pbxOf(owner.connectionId));
    for (let from = 0; from < due.length && !slice.over; from += ASKED_AT_ONCE) {
      const some = due.slice(from, from + ASKED_AT_ONCE);
      const seen = await Promise.all(
        some.map(async (order) => ({ order, news: await this.newsOrWait(order, calls, pbx) })),
      );
      for (const { order, news } of seen) if (!(await this.goOn(owner, order, news))) return false;
    }
    return true;
  }

  private async goOn(owner: OrderOwner, order: DueOrder, news: OrderNews): Promise<boolean> {
    await this.tell(order);
    if (news.state !== order.state)
      await this.tell({ ...order, ...news, vendorCallId: news.vendorCallId ?? order.vendorCallId });
    // Moved when it was told: a drain that dies between looks again, and what was told is not told twice.
    return this.parts.store.move(owner, order, news);
  }

  /** One on which our own code fails is looked at again later. @throws AppError `database.unavailable` */
  private async newsOrWait(...asked: Parameters<DrainOrders['newsOf']>): Promise<OrderNews> {
    try {
      return await this.newsOf(...asked);
    } catch (error) {
      if (isAway(error)) throw error;
      const [order] = asked;
      const { clock, log } = this.parts;
      logFailure(log, 'order.look_failed', error, { order: order.id });
      return waiting(order, instant(clock.now() + FAILED_WAIT_MS));
    }
  }

  private async newsOf(
    order: DueOrder,
    calls: ReadonlyMap<string, Call>,
    pbx: () => Promise<AskedPbx | undefined>,
  ): Promise<OrderNews> {
    if (!isOpenOrder(order.state)) return waiting(order, null);
    const own =
      order.vendorCallId === null ? await this.parts.store.callLike(order) : calls.get(order.vendorCallId);
    return lookForCall(order, own, this.parts.clock.now(), pbx);
  }

  private async tell(order: DueOrder): Promise<void> {
    const type = eventOfOrder(order.state);
    if (type === null || type === order.told) return;
    const { tenantId, id: about } = order;
    const data = dataOfOrder(type, order);
    await this.parts.tellTenant.tell(
      { tenantId, type, about, data, except: null },
      { kind: 'order', orderId: order.id },
    );
  }

  private async pbxOf(connectionId: ConnectionId): Promise<AskedPbx | undefined> {
    const { store, sender, asker, box, clock } = this.parts;
    const account = await store.account(connectionId);
    const driver = account && (this.parts.driverOf ?? driverOf)(account.dialect);
    if (!account?.enabled || !driver) return undefined;
    const commanded = commandedPbx(driver, openAccount(account, box), account, {
      send: (request) => sender.send(request),
      now: () => clock.now(),
      timeoutMs: LIST_TIMEOUT_MS,
      ...askBySocket(asker, account, LIST_TIMEOUT_MS),
      keepToken: ({ value, expiresAt }) =>
        store.keepToken(account, { sealed: box.seal(value, sealedFor.pbxToken(connectionId)), expiresAt }),
    });
    return { ...commanded, isClockDoubtful: account.isClockDoubtful };
  }
}

/** The database comes back, and nobody is to blame. */
function isAway(error: unknown): boolean {
  return error instanceof AppError && error.fault === 'unavailable';
}

/** Nothing is new. */
function waiting({ state }: DueOrder, lookAt: OrderNews['lookAt']): OrderNews {
  return { state, vendorCallId: null, reason: null, endedAt: null, lookAt };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
