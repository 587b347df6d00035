import { ACTOR_KINDS, id, type Actor, type EndpointGrantId, type EndpointId, type Instant } from '#domain';
import type { EndpointGrant as Row } from '../generated/client.js';
import { instantOf } from './times.js';

/** `waiting`: nobody has agreed yet. */
export const GRANT_STATES = ['waiting', 'good', 'needs_attention'] as const;
export type GrantState = (typeof GRANT_STATES)[number];

/** What somebody agreed to on a CRM's page, without its tokens. */
export interface GrantRecord {
  id: EndpointGrantId;
  endpointId: EndpointId;
  /** The first good one is used; 1 is the first. */
  position: number;
  label: string;
  state: GrantState;
  /** Why it is not good, and what to do; null where it is. */
  reason: string | null;
  /** Of the state. */
  since: Instant;
  connectedAt: Instant | null;
  connectedBy: Actor | null;
  baseUrl: string | null;
  /** So long its access token is used. */
  usedUntil: Instant | null;
  renewedAt: Instant | null;
  /** When it ends if nobody connects it again; null where nobody knows. */
  endsAt: Instant | null;
  createdAt: Instant;
  updatedAt: Instant;
}

export function grantOf(row: Row): GrantRecord {
  const at = (time: Date | null) => time && instantOf(time);
  return {
    id: id<EndpointGrantId>(row.id),
    endpointId: id<EndpointId>(row.endpointId),
    position: row.position,
    label: row.label,
    state: GRANT_STATES.find((state) => state === row.state) ?? 'needs_attention',
    reason: row.reason,
    since: instantOf(row.since),
    connectedAt: at(row.connectedAt),
    connectedBy: actorOf(row.connectedBy, row.connectedByKind),
    baseUrl: row.baseUrl,
    usedUntil: at(row.expiresAt),
    renewedAt: at(row.renewedAt),
    endsAt: row.slides ? null : at(row.endsAt),
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}

/** Null for nobody. */
export function actorOf(actorId: string | null, kindText: string | null): Actor | null {
  const kind = ACTOR_KINDS.find((known) => known === kindText);
  return actorId === null || kind === undefined ? null : { id: actorId, kind };
}
