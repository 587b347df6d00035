import { callOfOrder, type Call, type ConnectionId } from '#domain';
import type { CallLogRepository, OpenCall, OrderRecord, OrderRepository } from '#db';
import { actorOf, type Asker } from './asking.js';

/** Calls that are remembered of all connections together. */
const MOST_REMEMBERED = 20_000;

export interface OpenCallsParts {
  calls: Pick<CallLogRepository, 'open'>;
  orders: Pick<OrderRepository, 'unheard' | 'byVendorCallIds'>;
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

  async of(asker: Asker): Promise<Call[]> {
    const { credential, connection } = asker;
    const { tenantId, connectionId } = credential;
    const [told, ordered] = await Promise.all([
      this.parts.calls.open(tenantId, connectionId, this.known.get(connectionId)),
      this.parts.orders.unheard(tenantId, connectionId),
    ]);
    this.remember(connectionId, told);
    const open = told.flatMap(({ call }) => (call.state === 'ended' ? [] : [call]));
    const isOneDepartment = credential.scope === 'department';
    return [
      ...(isOneDepartment ? await this.ofDepartment(open, asker) : open),
      ...ordered
        .filter((order) => !isOneDepartment || isOwn(order, asker))
        .map((order) => callOfOrder(order, connection)),
    ];
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
