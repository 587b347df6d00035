import { callOfOrder, type Call } from '#domain';
import type { CallLogRepository, OrderRepository } from '#db';
import type { Asker } from './asking.js';

export interface OpenCallsParts {
  calls: Pick<CallLogRepository, 'open'>;
  orders: Pick<OrderRepository, 'unheard'>;
}

/** Calls that go on: those of which webhooks told, and those that were ordered and of which none has told yet. */
export class OpenCalls {
  constructor(private readonly parts: OpenCallsParts) {}

  async of({ credential, connection }: Asker): Promise<Call[]> {
    const { tenantId, connectionId } = credential;
    const [told, ordered] = await Promise.all([
      this.parts.calls.open(tenantId, connectionId),
      this.parts.orders.unheard(tenantId, connectionId),
    ]);
    return [...told, ...ordered.map((order) => callOfOrder(order, connection))];
  }
}
