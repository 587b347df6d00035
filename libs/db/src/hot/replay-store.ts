import {
  id,
  type CallEventId,
  type CallId,
  type DeliveryId,
  type EndpointFilter,
  type EndpointId,
  type ReplayFilter,
  type ReplayId,
  type ReplayedEvent,
  type TenantId,
} from '#domain';
import { newId } from '#platform';
import { uuidFloor } from '../maintenance/partitions.js';
import type { HotPool } from '../pool/hot-pool.js';
import { pgArray } from './pg-array.js';
import {
  END_REPLAY,
  RELEASE_HELD,
  REPLAY_CONTEXT,
  SKIP_REPLAYED,
  WRITE_REPLAY,
  eventsForReplay,
} from './replay-sql.js';

/** An event of a batch, as a replay looks at it and as its deliveries name it. */
export interface ReplayEvent extends ReplayedEvent {
  id: CallEventId;
  callId: CallId | null;
  sequence: number;
}

/** What a replay's letters are read with. */
export interface ReplayContext {
  tenantId: TenantId;
  state: string;
  order: ReplayOrder;
  ratePerMinute: number;
  handledTo: CallEventId | null;
  /** All endpoints of the tenant, whatever their state. */
  endpoints: { id: EndpointId; eventTypes: string[]; filter: EndpointFilter | null }[];
}

/** What is to be done: send events once more, or release what an endpoint was owed while it was not enabled. */
export type ReplayOrder =
  { kind: 'events'; filter: ReplayFilter } | { kind: 'held'; endpointId: EndpointId; since: string | null };

export interface ReplayedDelivery {
  id: DeliveryId;
  endpointId: EndpointId;
  eventId: CallEventId;
  callId: CallId | null;
  eventType: string;
  sequence: number;
}

/** A replay and the lease under which it is worked on. */
export interface ReplayOwner {
  replayId: ReplayId;
  fence: string;
}

type Row = Record<string, unknown>;

/** The statements of a replay's drain. There are few replays, so each statement is for one of them. */
export class ReplayStore {
  constructor(private readonly hot: HotPool) {}

  /** Undefined when there is no such replay. */
  async context(replayId: ReplayId): Promise<ReplayContext | undefined> {
    const [row] = await this.hot.run<Row>('replay.context', REPLAY_CONTEXT, [replayId]);
    if (!row) return undefined;
    return {
      tenantId: id<TenantId>(row['tenant_id'] as string),
      state: row['state'] as string,
      order: orderOf(row),
      ratePerMinute: row['rate_per_minute'] as number,
      handledTo: row['handled_to'] as CallEventId | null,
      endpoints: row['endpoints'] as ReplayContext['endpoints'],
    };
  }

  /** The next events in the order of their ids; fewer than `most` when there are no more. */
  async events(
    tenantId: TenantId,
    filter: ReplayFilter,
    { after, most, withData }: { after: CallEventId | null; most: number; withData: boolean },
  ): Promise<ReplayEvent[]> {
    const ofOneCall = filter.callId !== null;
    const rows = await this.hot.run<Row>(
      `replay.events${ofOneCall ? '_of_call' : ''}${withData ? '_with_data' : ''}`,
      eventsForReplay({ ofOneCall, withData }),
      replayEventsAsk(tenantId, filter, { after, most }),
    );
    return rows.map(replayEventOf);
  }

  /** @returns false when the lease was lost or the replay was cancelled, and nothing was written */
  async write(
    { replayId, fence }: ReplayOwner,
    deliveries: readonly ReplayedDelivery[],
    { handledTo, done }: { handledTo: CallEventId | undefined; done: boolean },
  ): Promise<boolean> {
    const { uuid, text, int4 } = pgArray;
    const rows = await this.hot.run(
      'replay.write',
      WRITE_REPLAY,
      [
        replayId,
        fence,
        handledTo ?? null,
        done,
        uuid(deliveries.map((delivery) => delivery.id)),
        uuid(deliveries.map((delivery) => delivery.endpointId)),
        uuid(deliveries.map((delivery) => delivery.eventId)),
        uuid(deliveries.map((delivery) => delivery.callId)),
        text(deliveries.map((delivery) => delivery.eventType)),
        int4(deliveries.map((delivery) => delivery.sequence)),
      ],
      deliveries.length,
    );
    return rows.length > 0;
  }

  /** @returns whether there may be more to release; false too when the lease was lost */
  async releaseHeld(
    { replayId, fence }: ReplayOwner,
    { endpointId, since }: { endpointId: EndpointId; since: string | null },
    most: number,
  ): Promise<boolean> {
    const [row] = await this.hot.run<{ released: number | null }>('replay.release_held', RELEASE_HELD, [
      replayId,
      fence,
      endpointId,
      since,
      most,
      newId(),
    ]);
    return row?.released === most;
  }

  /** Skips what was not tried yet, and calls the replay cancelled when that was all. @returns whether there may be more */
  async skip({ replayId, fence }: ReplayOwner, reason: string, most: number): Promise<boolean> {
    const [row] = await this.hot.run<{ skipped: number; held: boolean }>('replay.skip', SKIP_REPLAYED, [
      replayId,
      fence,
      reason,
      most,
    ]);
    if (!row?.held) return false;
    if (row.skipped === most) return true;
    await this.hot.run('replay.end', END_REPLAY, [replayId, fence]);
    return false;
  }
}

/** Parameters of `eventsForReplay`. */
export function replayEventsAsk(
  tenantId: TenantId,
  filter: ReplayFilter,
  { after, most }: { after: string | null; most: number },
): unknown[] {
  const floor = uuidFloor(filter.from);
  const start = after !== null && after > floor ? after : floor;
  const ask = [tenantId, start, uuidFloor(filter.to), most];
  return filter.callId === null ? ask : [...ask, filter.callId];
}

export function replayEventOf(row: Row): ReplayEvent {
  return {
    id: id<CallEventId>(row['id'] as string),
    callId: row['call_id'] as CallId | null,
    type: row['type'] as string,
    isTest: row['is_test'] as boolean,
    sequence: row['sequence'] as number,
    data: row['data'],
    customerNumber: row['customer_number'] as string | null,
    deliveries: row['deliveries'] as ReplayEvent['deliveries'],
  };
}

function orderOf(row: Row): ReplayOrder {
  if (row['kind'] !== 'held') return { kind: 'events', filter: row['filter'] as ReplayFilter };
  const { since } = row['filter'] as { since: string | null };
  return { kind: 'held', endpointId: id<EndpointId>(row['endpoint_id'] as string), since };
}
