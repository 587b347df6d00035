import { shapedId, shapedSpan, type Call, type ToldCall } from '#domain';
import type { OrderRecord, OrderRepository } from '#db';
import type { RecordingLinks } from '#platform';
import type { Asker } from './asking.js';

export interface CallNamesParts {
  orders: Pick<OrderRepository, 'bySpan' | 'byVendorCallIds'>;
  links: Pick<RecordingLinks, 'linkTo'>;
}

/**
 * Under which ids a vendor's clients know calls: under the PBX's own, as they are told by webhooks too. A call that was ordered from a
 * PBX of another vendor has an id in the shape of the client's, made of our id of the order. Nothing of it is kept.
 */
export class CallNames {
  constructor(private readonly parts: CallNamesParts) {}

  /** The id that a client of the credential's vendor knows a call by. */
  async of(call: Pick<Call, 'id' | 'vendorCallId'>, asker: Asker): Promise<string> {
    return (await this.idsOf([call], asker))(call);
  }

  ofOrder(order: Pick<OrderRecord, 'id' | 'vendorCallId'>, asker: Asker): string {
    if (isOwnPbx(asker) && order.vendorCallId !== null) return order.vendorCallId;
    return shapedId(order.id, asker.connection.timeZone);
  }

  /** In their order. */
  async told(calls: readonly Call[], asker: Asker): Promise<ToldCall[]> {
    const { tenantId: tenant } = asker.credential;
    const idOf = await this.idsOf(calls, asker);
    return calls.map((call) => ({
      call,
      callId: idOf(call),
      transferOf: call.transferOf,
      recordingUrls: call.recordings.map(
        ({ url: told }) => this.parts.links.linkTo({ tenant, call: call.id, told }).url,
      ),
    }));
  }

  /**
   * By the orders themselves: what a call is known to be of is the client's to write, and a shop's `var_order_id` is no order of
   * ours.
   */
  private async idsOf(
    calls: readonly Pick<Call, 'vendorCallId'>[],
    asker: Asker,
  ): Promise<(call: Pick<Call, 'id' | 'vendorCallId'>) => string> {
    if (isOwnPbx(asker)) return ({ vendorCallId }) => vendorCallId;
    if (calls.length === 0) return ({ vendorCallId }) => vendorCallId;
    const { credential, connection } = asker;
    const vendorCallIds = calls.map(({ vendorCallId }) => vendorCallId);
    const orders = await this.parts.orders.byVendorCallIds(credential.tenantId, connection.id, vendorCallIds);
    return ({ id, vendorCallId }) => {
      // A call that no webhook has told of yet has the order's own id.
      const order = orders.get(vendorCallId)?.id ?? (id === vendorCallId ? id : undefined);
      return order === undefined ? vendorCallId : shapedId(order, connection.timeZone);
    };
  }

  /** The PBX's ids that a client may mean by one that it was given. */
  async vendorCallIdsOf(callId: string, asker: Asker): Promise<string[]> {
    const span = shapedSpan(callId);
    if (span === null) return [callId];
    const { tenantId } = asker.credential;
    const { id: connectionId } = asker.connection;
    const order = await this.parts.orders.bySpan(tenantId, span);
    if (order?.connectionId === connectionId && order.vendorCallId !== null) return [order.vendorCallId];
    return order?.connectionId === connectionId ? [order.id] : [callId];
  }
}

/** The connection's PBX is of the vendor whose API is spoken. */
export function isOwnPbx({ credential, connection }: Asker): boolean {
  return credential.facade === connection.dialect;
}
