import type { CallId, DeliveryId, EndpointId, ReplayId, TenantId } from '#domain';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';

/** A delivery of a call's event to an endpoint. */
export interface OfCall {
  id: DeliveryId;
  tenantId: TenantId;
  endpointId: EndpointId;
  callId: CallId;
  /** The replay that made or released it. */
  replayId: ReplayId | null;
}

/** What an endpoint took of a call. */
export interface TakenOfCall {
  /** Types of the events that it took whole. */
  events: string[];
  /** Keys of the messages that it took of others. */
  messages: string[];
}

/**
 * Whoever has something sent again may have lost all of it: for what a replay made counts what it made itself. What it only
 * released was held and never sent; it is older than the replay, and ids tell by their time.
 */
const TAKEN = `
SELECT o.id, coalesce(array_agg(p.event_type) FILTER (WHERE p.state = 'delivered'), '{}') AS events,
       coalesce(string_agg(p.parts_done, ',') FILTER (WHERE p.state <> 'delivered'), '') AS messages
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) AS o(id, tenant_id, endpoint_id, call_id, replay_id)
JOIN delivery p
  ON p.call_id = o.call_id AND p.endpoint_id = o.endpoint_id AND p.tenant_id = o.tenant_id AND p.id <> o.id
 AND (o.replay_id IS NULL OR o.id < o.replay_id OR p.replay_id = o.replay_id)
GROUP BY o.id`;

/** Answers, for formats that build upon it, what a delivery's endpoint took of its call by its other deliveries. */
export class TakenOfCalls {
  private readonly reads: Batcher<OfCall, TakenOfCall>;

  constructor(private readonly hot: HotPool) {
    this.reads = new Batcher({ maxItems: 200, maxInFlight: 2, run: (of) => this.read(of) });
  }

  /** @throws AppError `database.unavailable` */
  before(delivery: OfCall): Promise<TakenOfCall> {
    return this.reads.add(delivery);
  }

  private async read(of: OfCall[]): Promise<TakenOfCall[]> {
    const values = [
      of.map(({ id }) => id),
      of.map(({ tenantId }) => tenantId),
      of.map(({ endpointId }) => endpointId),
      of.map(({ callId }) => callId),
      of.map(({ replayId }) => replayId),
    ];
    const rows = await this.hot.run<{ id: string; events: string[]; messages: string }>(
      'delivery.taken',
      TAKEN,
      values,
      of.length,
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    return of.map(({ id }) => {
      const { events = [], messages = '' } = found.get(id) ?? {};
      return { events, messages: messages.split(',').filter((key) => key !== '') };
    });
  }
}
