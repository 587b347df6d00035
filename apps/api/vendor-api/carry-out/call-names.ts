import { isUuid, shapedId, shapedSpan, type Call, type ToldCall } from '#domain';
import { ORDER_MEMBER, type OrderRecord, type OrderRepository } from '#db';
import type { RecordingLinks } from '#platform';
import type { Asker } from './asking.js';

export interface CallNamesParts {
  orders: Pick<OrderRepository, 'bySpan'>;
  links: Pick<RecordingLinks, 'linkTo'>;
}

/**
 * Under which ids a vendor's clients know calls: under the PBX's own, as they are told by webhooks too. A call that was ordered from a
 * PBX of another vendor has an id in the shape of the client's, made of our id of the order. Nothing of it is kept.
 */
export class CallNames {
  constructor(private readonly parts: CallNamesParts) {}

  /** The id that a client of the credential's vendor knows a call by. */
  of(call: Pick<Call, 'id' | 'vendorCallId' | 'context'>, asker: Asker): string {
    if (isOwnPbx(asker)) return call.vendorCallId;
    const order = call.context?.data[ORDER_MEMBER];
    if (typeof order !== 'string' || !isUuid(order)) return call.vendorCallId;
    return shapedId(order, asker.connection.timeZone);
  }

  ofOrder(order: Pick<OrderRecord, 'id' | 'vendorCallId'>, asker: Asker): string {
    if (isOwnPbx(asker) && order.vendorCallId !== null) return order.vendorCallId;
    return shapedId(order.id, asker.connection.timeZone);
  }

  told(call: Call, asker: Asker): ToldCall {
    const { tenantId: tenant } = asker.credential;
    const { transferOf, recordings } = call;
    return {
      call,
      callId: this.of(call, asker),
      transferOf,
      recordingUrls: recordings.map(
        ({ url: told }) => this.parts.links.linkTo({ tenant, call: call.id, told }).url,
      ),
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
    if (order?.connectionId === connectionId) return [order.id];
    return [callId];
  }
}

/** The connection's PBX is of the vendor whose API is spoken. */
export function isOwnPbx({ credential, connection }: Asker): boolean {
  return credential.facade === connection.dialect;
}
