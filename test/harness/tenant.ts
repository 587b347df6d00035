import type { ConnectionId, EndpointAccess, EndpointId, TenantId } from '#domain';
import { sealedFor } from '#db';
import { SecretBox, hashToken, newId, newSecret, newToken } from '#platform';
import type { Sql } from './world.js';

/** SECRET_KEYS of every test: what is sealed here can be opened by a process that is given it. */
export const SECRET_KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

export interface TestConnection {
  id: ConnectionId;
  tenantId: TenantId;
  token: string;
  /** Path of its ingress URL for CDRs. */
  path: string;
  /** What the paths of all its routes begin with, without a slash at the end. */
  basePath: string;
}

export interface TestEndpoint {
  id: EndpointId;
  tenantId: TenantId;
  secret: string;
}

export async function makeTenant(sql: Sql, name = 'Acme'): Promise<TenantId> {
  const tenantId = newId<TenantId>();
  await sql.rows(`INSERT INTO tenant VALUES ($1, $2, now(), now())`, [tenantId, name]);
  return tenantId;
}

export async function makeConnection(
  sql: Sql,
  tenantId: TenantId,
  {
    dialect = 'voicenter',
    timeZone = 'Asia/Jerusalem',
    country = 'IL',
    epochs = 'local',
    settings = {},
    enabled = true,
  } = {},
): Promise<TestConnection> {
  const connectionId = newId<ConnectionId>();
  const token = newToken('swc');
  await sql.rows(
    `INSERT INTO connection (id, tenant_id, name, dialect, time_zone, country, epochs, settings, enabled, created_at, updated_at)
     VALUES ($1, $2, 'PBX', $3, $4, $5, $6, $7, $8, now(), now())`,
    [connectionId, tenantId, dialect, timeZone, country, epochs, JSON.stringify(settings), enabled],
  );
  await sql.rows(
    `INSERT INTO connection_token (hash, tenant_id, connection_id, sealed, created_at) VALUES ($1, $2, $3, '', now())`,
    [hashToken(token), tenantId, connectionId],
  );
  const basePath = `/in/${token}/${dialect}`;
  return { id: connectionId, tenantId, token, basePath, path: `${basePath}/cdr` };
}

export interface EndpointTraits {
  url: string;
  eventTypes?: string[];
  state?: 'enabled' | 'disabled' | 'paused' | 'enabling';
  ordered?: boolean;
  concurrency?: number;
  timeoutMs?: number;
  /** Empty: the default schedule. */
  scheduleMs?: number[];
  format?: string;
  formatSettings?: Record<string, unknown>;
  ratePerMinute?: number;
  rateBurst?: number;
  filter?: object;
  disableAfterHours?: number | null;
  access?: Partial<EndpointAccess>;
}

export async function makeEndpoint(
  sql: Sql,
  tenantId: TenantId,
  traits: EndpointTraits,
): Promise<TestEndpoint> {
  const endpointId = newId<EndpointId>();
  const secret = newSecret();
  await sql.rows(
    `INSERT INTO endpoint (id, tenant_id, name, url, format, event_types, state, ordered, concurrency, timeout_ms,
                           schedule_ms, format_settings, rate_per_minute, rate_burst, filter, disable_after_hours,
                           created_at, updated_at)
     VALUES ($1, $2, 'CRM', $3, $10, $4, $5, $6, $7, $8, $9, $11, $12, $13, $14, $15, now(), now())`,
    [
      endpointId,
      tenantId,
      traits.url,
      traits.eventTypes ?? ['*'],
      traits.state ?? 'enabled',
      traits.ordered ?? true,
      traits.concurrency ?? 10,
      traits.timeoutMs ?? 5_000,
      traits.scheduleMs ?? [],
      traits.format ?? 'standard',
      JSON.stringify(traits.formatSettings ?? {}),
      traits.ratePerMinute ?? null,
      traits.rateBurst ?? 1,
      traits.filter === undefined ? null : JSON.stringify(traits.filter),
      traits.disableAfterHours === undefined ? 120 : traits.disableAfterHours,
    ],
  );
  const sealed = SecretBox.fromKeys(SECRET_KEYS).seal(secret, `endpoint:${endpointId}`);
  await sql.rows(
    `INSERT INTO endpoint_secret (id, tenant_id, endpoint_id, sealed, created_at) VALUES ($1, $2, $3, $4, now())`,
    [newId(), tenantId, endpointId, sealed],
  );
  if (traits.access) await setAccess(sql, endpointId, traits.access);
  return { id: endpointId, tenantId, secret };
}

/** What the endpoint's requests carry from now on. */
export async function setAccess(
  sql: Sql,
  endpointId: EndpointId,
  access: Partial<EndpointAccess>,
): Promise<void> {
  const text = JSON.stringify({ headers: {}, auth: { kind: 'none' }, ...access });
  const sealed = SecretBox.fromKeys(SECRET_KEYS).seal(text, sealedFor.endpointAccess(endpointId));
  await sql.rows(`UPDATE endpoint SET sealed_access = $2 WHERE id = $1`, [endpointId, sealed]);
}
