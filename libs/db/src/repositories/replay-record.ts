import { id, type EndpointId, type Instant, type ReplayFilter, type ReplayId } from '#domain';
import type { Replay as Row } from '../generated/client.js';
import { instantOf, instantOrNull } from './times.js';

export const REPLAY_KINDS = ['failed', 'missed', 'events', 'held'] as const;
export type ReplayKind = (typeof REPLAY_KINDS)[number];
/** running -> done or cancelling; done -> cancelling; cancelling -> cancelled. `done`: every delivery has been made. */
export const REPLAY_STATES = ['running', 'done', 'cancelling', 'cancelled'] as const;
export type ReplayState = (typeof REPLAY_STATES)[number];

export interface ReplayRecord {
  id: ReplayId;
  endpointId: EndpointId | null;
  kind: ReplayKind;
  /** Of the kind `held` it is `{ held, since }`: what becomes of deliveries, and from which id on they are sent. */
  filter: ReplayFilter | { held: string; since: string | null };
  ratePerMinute: number;
  state: ReplayState;
  total: number;
  totalExact: boolean;
  queued: number;
  reason: string | null;
  createdBy: string;
  createdAt: Instant;
  updatedAt: Instant;
  finishedAt: Instant | null;
}

/** What became of the deliveries that a replay made. */
export interface ReplayProgress {
  delivered: number;
  dead: number;
  skipped: number;
  /** Due or held. */
  waiting: number;
}

export function replayOf(row: Row): ReplayRecord {
  return {
    id: id<ReplayId>(row.id),
    endpointId: row.endpointId === null ? null : id<EndpointId>(row.endpointId),
    kind: row.kind as ReplayKind,
    filter: row.filter as unknown as ReplayRecord['filter'],
    ratePerMinute: row.ratePerMinute,
    state: row.state as ReplayState,
    total: row.total,
    totalExact: row.totalExact,
    queued: row.queued,
    reason: row.reason,
    createdBy: row.createdBy,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
    finishedAt: instantOrNull(row.finishedAt),
  };
}
