import { callOfOrder, type Call, type ConnectionId } from '#domain';
import type { CallLogRepository, OpenCall, OrderRepository } from '#db';
import type { Asker } from './asking.js';

/** Calls that are remembered of all connections together. */
const MOST_REMEMBERED = 20_000;

export interface OpenCallsParts {
  calls: Pick<CallLogRepository, 'open'>;
  orders: Pick<OrderRepository, 'unheard'>;
}

/**
 * Calls that go on: those of which webhooks told, and those that were ordered and of which none has told yet. Wallboards ask every few
 * seconds, and few calls change in between: records that are as they were are not read again.
 */
export class OpenCalls {
  /** The connection that was asked for longest ago comes first. */
  private readonly known = new Map<ConnectionId, OpenCall[]>();
  private remembered = 0;

  constructor(private readonly parts: OpenCallsParts) {}

  async of({ credential, connection }: Asker): Promise<Call[]> {
    const { tenantId, connectionId } = credential;
    const [told, ordered] = await Promise.all([
      this.parts.calls.open(tenantId, connectionId, this.known.get(connectionId)),
      this.parts.orders.unheard(tenantId, connectionId),
    ]);
    this.remember(connectionId, told);
    return [
      ...told.flatMap(({ call }) => (call.state === 'ended' ? [] : [call])),
      ...ordered.map((order) => callOfOrder(order, connection)),
    ];
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
