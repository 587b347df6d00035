import {
  id,
  type CallEventId,
  type CallId,
  type DeliveryId,
  type Instant,
  type ReplayId,
  type TenantId,
} from '#domain';
import type { DueDelivery, OwedEvent } from './delivery.js';

type Row = Record<string, unknown>;

/** A row of a delivery and the event it owes, as the statements of this folder name its columns. */
export function dueDelivery(row: Row): DueDelivery {
  return {
    id: id<DeliveryId>(row['id'] as string),
    tenantId: id<TenantId>(row['tenant_id'] as string),
    eventId: id<CallEventId>(row['event_id'] as string),
    callId: row['call_id'] === null ? null : id<CallId>(row['call_id'] as string),
    eventType: row['event_type'] as string,
    sequence: row['sequence'] as number,
    attemptCount: row['attempt_count'] as number,
    refusals: row['refusals'] as number,
    tries: row['tries'] as number,
    firstTriedAt: row['first_tried_at'] === null ? null : (Number(row['first_tried_at']) as Instant),
    replayId: row['replay_id'] as ReplayId | null,
    partsDone: ((row['parts_done'] as string | null) ?? '').split(',').filter((key) => key !== ''),
    event: owedEvent(row),
  };
}

function owedEvent({ payload, occurred_at: occurredAt }: Row): OwedEvent | null {
  if (payload === null) return null;
  return { payload: payload as string, occurredAt: Number(occurredAt) as Instant };
}
