import {
  id,
  type AttemptId,
  type CallEventId,
  type CallId,
  type DeliveryId,
  type EndpointId,
  type Instant,
  type ReplayId,
} from '#domain';
import type { Attempt as AttemptModel, Delivery as DeliveryModel } from '../generated/client.js';
import { instantOf, instantOfId, instantOrNull } from './times.js';

export const DELIVERY_STATES = ['due', 'delivered', 'dead', 'held', 'skipped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A delivery as the api shows it; the forwarder has a view of its own. */
export interface DeliveryRow {
  id: DeliveryId;
  endpointId: EndpointId;
  eventId: CallEventId;
  callId: CallId | null;
  eventType: string;
  sequence: number;
  state: DeliveryState;
  /** When it is tried next; of meaning only while it is due. */
  dueAt: Instant;
  attemptCount: number;
  reason: string | null;
  createdAt: Instant;
  firstTriedAt: Instant | null;
  finishedAt: Instant | null;
  /** HTTP status of the last try; null when there was no answer. */
  lastStatus: number | null;
  /** The replay that made or released it. */
  replayId: ReplayId | null;
}

export interface AttemptRecord {
  id: AttemptId;
  deliveryId: DeliveryId;
  endpointId: EndpointId;
  number: number;
  startedAt: Instant;
  durationMs: number;
  outcome: string;
  /** What follows, in words. */
  decision: string;
  status: number | null;
  error: string | null;
  responseHeaders: Record<string, string> | null;
  responseBody: string | null;
  resolvedIp: string | null;
  timings: unknown;
  /** Secrets redacted; null for tries of before requests were kept. */
  request: { method: string; url: string; headers: Record<string, string>; body: string | null } | null;
}

export function deliveryOf(row: DeliveryModel): DeliveryRow {
  return {
    id: id<DeliveryId>(row.id),
    endpointId: id<EndpointId>(row.endpointId),
    eventId: id<CallEventId>(row.eventId),
    callId: row.callId === null ? null : id<CallId>(row.callId),
    eventType: row.eventType,
    sequence: row.sequence,
    state: row.state as DeliveryState,
    dueAt: instantOf(row.dueAt),
    attemptCount: row.attemptCount,
    reason: row.reason,
    createdAt: instantOfId(row.id),
    firstTriedAt: instantOrNull(row.firstTriedAt),
    finishedAt: instantOrNull(row.finishedAt),
    lastStatus: row.lastStatus,
    replayId: row.replayId as ReplayId | null,
  };
}

export function attemptOf(row: AttemptModel): AttemptRecord {
  return {
    id: id<AttemptId>(row.id),
    deliveryId: id<DeliveryId>(row.deliveryId),
    endpointId: id<EndpointId>(row.endpointId),
    number: row.number,
    startedAt: instantOf(row.startedAt),
    durationMs: row.durationMs,
    outcome: row.outcome,
    decision: row.decision,
    status: row.status,
    error: row.error,
    responseHeaders: row.responseHeaders as Record<string, string> | null,
    responseBody: row.responseBody,
    resolvedIp: row.resolvedIp,
    timings: row.timings,
    request: requestOf(row),
  };
}

function requestOf(row: AttemptModel): AttemptRecord['request'] {
  const { requestMethod, requestUrl, requestHeaders, requestBody } = row;
  if (requestMethod === null || requestUrl === null) return null;
  return {
    method: requestMethod,
    url: requestUrl,
    headers: (requestHeaders ?? {}) as Record<string, string>,
    body: requestBody,
  };
}
