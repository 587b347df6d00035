import {
  SIGNATURES,
  id,
  type EndpointFilter,
  type EndpointId,
  type Instant,
  type Signature,
  type TenantId,
} from '#domain';
import type { Endpoint as Row } from '../generated/client.js';
import type { Changes } from './audit-trail.js';
import { instantOf } from './times.js';

/** `enabling`: what was held is being released; it is sent to already, and new events go behind what was held. */
export const ENDPOINT_STATES = ['enabled', 'disabled', 'paused', 'enabling'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** Whether events go out to it: also while what was held is still being released. */
export function isSentTo({ state }: { state: string }): boolean {
  return state === 'enabled' || state === 'enabling';
}

export interface EndpointRecord {
  id: EndpointId;
  tenantId: TenantId;
  name: string;
  url: string;
  format: string;
  /** The format's own; may hold a tenant's credentials. */
  formatSettings: Record<string, unknown>;
  eventTypes: string[];
  /** Null lets everything pass. */
  filter: EndpointFilter | null;
  signatures: Signature[];
  /** The receiver's half of the key of `v1a`; null where that does not sign. */
  publicKey: string | null;
  state: EndpointState;
  stateReason: string | null;
  ordered: boolean;
  concurrency: number;
  timeoutMs: number;
  /** Waits before each try in milliseconds; empty means the default schedule. */
  scheduleMs: number[];
  /** Deliveries a minute; null for as many as there are. */
  ratePerMinute: number | null;
  rateBurst: number;
  /** Without one success; null: never. */
  disableAfterHours: number | null;
  /** What is due for longer is told; null: never. */
  backlogAlertMinutes: number | null;
  note: string | null;
  metadata: Record<string, unknown>;
  createdAt: Instant;
  updatedAt: Instant;
}

export type EndpointFields = Pick<
  EndpointRecord,
  | 'name'
  | 'url'
  | 'format'
  | 'formatSettings'
  | 'eventTypes'
  | 'filter'
  | 'ordered'
  | 'concurrency'
  | 'timeoutMs'
  | 'scheduleMs'
  | 'ratePerMinute'
  | 'rateBurst'
  | 'disableAfterHours'
  | 'backlogAlertMinutes'
  | 'note'
  | 'metadata'
>;
/** All that says where its requests go. */
export type EndpointPlaces = Pick<EndpointRecord, 'url' | 'format' | 'formatSettings'>;
/** How it is signed; changes only together with its secrets. */
export type EndpointSigning = Pick<EndpointRecord, 'signatures' | 'publicKey'>;
export type EndpointPatch = { [F in keyof EndpointFields]?: EndpointFields[F] | undefined };

/** What is decided of an endpoint as it is, while nobody else can change it. */
export interface EndpointChange {
  fields: EndpointPatch;
  /** Whether its credentials could go to another place; judged by the fields where it is left out. */
  leadsElsewhere?: boolean;
  /** How the audit tells it; left out: `endpoint.changed`, field by field. */
  told?: { action: `endpoint.${string}`; changes: Changes };
}

/** Reasons that the api leaves on deliveries; people read them. */
export const HELD_REASONS = { disabled: 'endpoint disabled', paused: 'endpoint paused' } as const;
export const DELETED_REASON = 'endpoint deleted';

export function endpointOf(row: Row): EndpointRecord {
  return {
    id: id<EndpointId>(row.id),
    tenantId: id<TenantId>(row.tenantId),
    name: row.name,
    url: row.url,
    format: row.format,
    formatSettings: row.formatSettings as Record<string, unknown>,
    eventTypes: row.eventTypes,
    filter: row.filter as EndpointFilter | null,
    signatures: SIGNATURES.filter((signature) => row.signatures.includes(signature)),
    publicKey: row.publicKey,
    state: ENDPOINT_STATES.find((state) => state === row.state) ?? 'disabled',
    stateReason: row.stateReason,
    ordered: row.ordered,
    concurrency: row.concurrency,
    timeoutMs: row.timeoutMs,
    scheduleMs: row.scheduleMs,
    ratePerMinute: row.ratePerMinute,
    rateBurst: row.rateBurst,
    disableAfterHours: row.disableAfterHours,
    backlogAlertMinutes: row.backlogAlertMinutes,
    note: row.note,
    metadata: row.metadata as Record<string, unknown>,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}
