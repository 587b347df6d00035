import { id, type ContactSourceId, type EndpointId, type Instant, type TenantId } from '#domain';
import type { Prisma } from '../generated/client.js';
import { instantOf } from './times.js';

/** How a source did lately, as the workers told. */
export interface ContactSourceHealth {
  answeredAt: Instant | null;
  failedAt: Instant | null;
  /** Why it failed last. */
  failure: string | null;
  failuresInARow: number;
  /** Until then it is left alone. */
  openUntil: Instant | null;
}

/** The endpoint that a source asks through, as far as asking goes. */
export interface AskedEndpoint {
  id: EndpointId;
  url: string;
  format: string;
  formatSettings: unknown;
  /** Null for none. */
  sealedAccess: string | null;
  /** Grows whenever people change its grants. */
  grantEpoch: number;
}

/** Whom a tenant wants to be asked who has a number: a server of its own, or the CRM of one of its endpoints. */
export interface ContactSourceRecord {
  id: ContactSourceId;
  tenantId: TenantId;
  name: string;
  kind: string;
  /** Null where it asks through an endpoint. */
  url: string | null;
  endpointId: EndpointId | null;
  endpoint: AskedEndpoint | null;
  /** JSON of the tenant's own headers; null for none. */
  sealedHeaders: string | null;
  /** Signs the questions. */
  sealedSecret: string | null;
  timeoutMs: number;
  /** How long its answers count: a contact, nobody, and a contact for how long after that while it is asked again. */
  foundSeconds: number;
  notFoundSeconds: number;
  staleSeconds: number;
  enabled: boolean;
  /** Grows with each change of what it is asked with. */
  version: number;
  health: ContactSourceHealth;
  createdAt: Instant;
  updatedAt: Instant;
}

export type ContactSourceFields = Pick<
  ContactSourceRecord,
  | 'name'
  | 'kind'
  | 'url'
  | 'endpointId'
  | 'sealedHeaders'
  | 'sealedSecret'
  | 'timeoutMs'
  | 'foundSeconds'
  | 'notFoundSeconds'
  | 'staleSeconds'
  | 'enabled'
>;

export type ContactSourcePatch = { [K in keyof ContactSourceFields]?: ContactSourceFields[K] | undefined };

const ASKED = {
  id: true,
  url: true,
  format: true,
  formatSettings: true,
  sealedAccess: true,
  grantEpoch: true,
} as const;
export const WITH_HEALTH = { include: { health: true, endpoint: { select: ASKED } } } as const;

const NO_HEALTH: ContactSourceHealth = {
  answeredAt: null,
  failedAt: null,
  failure: null,
  failuresInARow: 0,
  openUntil: null,
};

export function contactSourceOf(
  row: Prisma.ContactSourceGetPayload<typeof WITH_HEALTH>,
): ContactSourceRecord {
  const { health, endpoint, endpointId, createdAt, updatedAt, ...fields } = row;
  return {
    ...fields,
    endpointId: endpointId === null ? null : id<EndpointId>(endpointId),
    endpoint: endpoint && { ...endpoint, id: id<EndpointId>(endpoint.id) },
    id: id<ContactSourceId>(row.id),
    tenantId: id<TenantId>(row.tenantId),
    // What was learnt with other settings says nothing about these.
    health: health === null || health.version !== row.version ? NO_HEALTH : healthOf(health),
    createdAt: instantOf(createdAt),
    updatedAt: instantOf(updatedAt),
  };
}

type HealthRow = NonNullable<Prisma.ContactSourceGetPayload<typeof WITH_HEALTH>['health']>;

function healthOf({
  answeredAt,
  failedAt,
  failure,
  failuresInARow,
  openUntil,
}: HealthRow): ContactSourceHealth {
  const orNull = (at: Date | null) => (at === null ? null : instantOf(at));
  return {
    answeredAt: orNull(answeredAt),
    failedAt: orNull(failedAt),
    failure,
    failuresInARow,
    openUntil: orNull(openUntil),
  };
}
