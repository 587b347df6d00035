import {
  NOTHING_HEARD,
  instant,
  readParty,
  restoreCall,
  type Call,
  type CallId,
  type CallLeg,
  type Order,
  type OrderState,
} from '#domain';
import type { CallLogRepository, OrderRecord, OrderRepository } from '#db';
import type { PbxLiveCall } from '#pbx';
import type { Clock } from '#platform';
import type { OpenPbx } from '../../pbx/open-pbx.js';
import type { Asker } from './asking.js';

export interface OpenCallsParts {
  orders: Pick<OrderRepository, 'list'>;
  calls: Pick<CallLogRepository, 'open' | 'search'>;
  pbxs: Pick<OpenPbx, 'find'>;
  clock: Pick<Clock, 'now'>;
}

/** Of the last so many orders. The PBX may be asked about so many phones for one answer, and has so long. */
const MOST_ORDERS = 100;
const MOST_PHONES = 20;
const PBX_MS = 3_000;
/** Whose call has not been told of by then is not waited for. */
const LONGEST_CALL_MS = 4 * 3_600_000;
/** An order of whose call nothing is told for some minutes is called ended, although people may talk for longer. */
const MAY_GO_ON: readonly OrderState[] = ['accepted', 'ended'];

/**
 * The calls that go on. Some PBXs tell of a call only when it is over: where one was ordered of which nothing has been told, the PBX
 * itself is asked whether the phone is in it.
 */
export class OpenCalls {
  constructor(private readonly parts: OpenCallsParts) {}

  async of(asker: Asker): Promise<Call[]> {
    const { tenantId, connectionId } = asker.credential;
    const heard = await this.parts.calls.open(tenantId, connectionId);
    return [...heard, ...(await this.unheard(asker, heard))];
  }

  private async unheard(asker: Asker, heard: readonly Call[]): Promise<Call[]> {
    const { tenantId, connectionId } = asker.credential;
    const { orders, clock } = this.parts;
    const ask = { limit: MOST_ORDERS, after: null };
    const { items } = await orders.list(tenantId, { connectionId }, ask);
    const since = clock.now() - LONGEST_CALL_MS;
    const known = new Set(heard.map(({ vendorCallId }) => vendorCallId));
    const recent = items.filter(
      ({ state, sentAt, vendorCallId }) =>
        MAY_GO_ON.includes(state) && sentAt > since && vendorCallId !== null && !known.has(vendorCallId),
    );
    const open = recent.length === 0 ? [] : await this.withoutCall(recent, asker);
    return open.length === 0 ? [] : this.goingOn(open, asker);
  }

  /** A call of which anything was told is over, or among those that are heard. */
  private async withoutCall(orders: readonly OrderRecord[], asker: Asker): Promise<OrderRecord[]> {
    const { credential, connection } = asker;
    const of = { tenant: credential.tenantId, connectionId: connection.id, country: connection.country };
    const vendorCallIds = orders.map(({ vendorCallId }) => vendorCallId ?? '');
    const calls = await this.parts.calls.search(of, { vendorCallIds }, vendorCallIds.length);
    const told = new Set(calls.map(({ vendorCallId }) => vendorCallId));
    return orders.filter(({ vendorCallId }) => !told.has(vendorCallId ?? ''));
  }

  private async goingOn(orders: readonly OrderRecord[], asker: Asker): Promise<Call[]> {
    const { tenantId, connectionId } = asker.credential;
    const pbx = await this.parts.pbxs.find(tenantId, connectionId);
    if (!pbx?.record.enabled || !pbx.driver.listCalls) return [];
    const { driver, account, io } = pbx;
    const phones = [...new Set(orders.flatMap(({ order }) => extensionOf(order) ?? []))].slice(
      0,
      MOST_PHONES,
    );
    const lists = await Promise.all(
      phones.map(async (phone) => driver.listCalls?.(phone, account, { ...io, timeoutMs: PBX_MS })),
    );
    const live = lists.flatMap((list) => (list?.kind === 'done' ? list.calls : []));
    return orders.flatMap((order) => {
      const found = live.find(({ vendorCallId }) => vendorCallId === order.vendorCallId);
      return found ? [callOf(order, found, asker)] : [];
    });
  }
}

function extensionOf({ first, second }: Order): string | undefined {
  return [first, second].find((party) => party?.kind === 'extension')?.value;
}

/** As its webhooks would have told of it by now. */
function callOf(order: OrderRecord, { state }: PbxLiveCall, { connection }: Asker): Call {
  const { id, order: ordered, sentAt, vendorCallId } = order;
  const { first, second } = ordered;
  const extension = extensionOf(ordered) ?? null;
  const outside = [second, first].find((party) => party?.kind === 'number')?.value;
  const leg: CallLeg = {
    key: 'only',
    vendorType: '',
    vendorStatus: state,
    direction: outside === undefined ? 'internal' : 'outbound',
    result: state === 'answered' ? 'answered' : 'unknown',
    startedAt: null,
    heard: {
      ...NOTHING_HEARD,
      ...{ start: sentAt, rang: sentAt, rangLast: sentAt, live: sentAt },
      // When it was answered the PBX does not say.
      ...(state === 'answered' && { answered: instant(sentAt) }),
    },
    ...{ ringSeconds: null, queueSeconds: null, talkSeconds: null },
    from: readParty(extension ?? first.value, connection.country),
    to: readParty(outside ?? second?.value ?? '', connection.country),
    did: null,
    extension,
    ...{ agent: null, queue: null, department: null, price: null, recordings: [], ivrPath: [] },
    customData: { ...ordered.variables },
    ...{ transferOf: null, ai: null, unreadableFields: [], raw: {} },
  };
  const ids = {
    id: id as string as CallId,
    connectionId: order.connectionId,
    vendorCallId: vendorCallId ?? '',
  };
  return restoreCall(ids, { legs: [leg], closedAt: null, told: [] });
}
