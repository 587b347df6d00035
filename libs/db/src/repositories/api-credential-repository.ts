import {
  AppError,
  id,
  notFound,
  type Actor,
  type AgentId,
  type ApiCredentialId,
  type ConnectionId,
  type Instant,
  type TenantId,
} from '#domain';
import type { Clock } from '#platform';
import type { ApiCredential as Row, Prisma } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { assertConnection } from './connection-steps.js';
import { given } from './given.js';
import { isTaken } from './is-taken.js';
import { lockRow } from './lock-row.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf, instantOrNull } from './times.js';

/** `despite_do_not_call`: may have numbers called that are on the tenant's list; each such call is audited. */
export const CREDENTIAL_RIGHTS = [
  'call',
  'read',
  'agents',
  'lists',
  'realtime',
  'events',
  'despite_do_not_call',
] as const;
export type CredentialRight = (typeof CREDENTIAL_RIGHTS)[number];

export const CREDENTIAL_SCOPES = ['account', 'department', 'agent'] as const;
export type CredentialScope = (typeof CREDENTIAL_SCOPES)[number];

export interface CredentialSettings {
  epochs?: 'utc' | 'local';
  callLogKeys?: 'asked' | 'lower';
  /** Requests that a page of somebody else's has a browser send are carried out. */
  crossSite?: boolean;
}

export interface ApiCredentialFields {
  name: string;
  rights: CredentialRight[];
  scope: CredentialScope;
  /** Of scope `agent`. */
  agentId: AgentId | null;
  /** Of scope `department`: the PBX's id of it. */
  department: string | null;
  /** Addresses and networks (CIDR); none for all. */
  allowFrom: string[];
  /** Origins of pages that may use it; none for none. */
  origins: string[];
  perMinute: number;
  settings: CredentialSettings;
  expiresAt: Instant | null;
}

export type ApiCredentialPatch = {
  [K in keyof ApiCredentialFields]?: ApiCredentialFields[K] | undefined;
};

export interface NewApiCredential extends ApiCredentialFields {
  connectionId: ConnectionId;
  /** Whose API it is for. */
  facade: string;
  /** Keyed hash of what the client shows. */
  hash: Uint8Array;
  /** The part that is no secret. */
  shown: string;
}

export interface ApiCredentialRecord extends Omit<NewApiCredential, 'hash'> {
  id: ApiCredentialId;
  tenantId: TenantId;
  createdAt: Instant;
  updatedAt: Instant;
  revokedAt: Instant | null;
  lastUsedAt: Instant | null;
}

/** A credential with what its connection says of times and numbers. */
export interface CredentialInUse {
  credential: ApiCredentialRecord;
  connection: {
    id: ConnectionId;
    dialect: string;
    timeZone: string;
    country: string;
    epochs: 'utc' | 'local';
    enabled: boolean;
  };
}

/** What software that was written for a vendor's request API shows us. */
export class ApiCredentialRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @throws AppError `resource.not_found` for the connection, `api_credential.taken` where somebody has the secret */
  create(
    tenant: TenantId,
    credentialId: ApiCredentialId,
    { hash, ...fields }: NewApiCredential,
    by: Actor,
  ): Promise<ApiCredentialRecord> {
    const at = this.clock.now();
    const created = this.scope.forTenant(tenant, async (tx) => {
      await assertConnection(tx, tenant, fields.connectionId);
      const { expiresAt, settings, ...plain } = fields;
      const data = {
        ...plain,
        settings: settings as Prisma.InputJsonObject,
        expiresAt: expiresAt === null ? null : dateOf(expiresAt),
        hash: Buffer.from(hash),
        id: credentialId,
        tenantId: tenant,
        createdAt: dateOf(at),
        updatedAt: dateOf(at),
      };
      const row = await tx.apiCredential.create({ data });
      const action = 'api_credential.created';
      const changes = made({ ...fields });
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: credentialId, changes });
      return credentialOf(row);
    });
    return created.catch((error: unknown) => {
      throw isTaken(error) ? taken(error) : error;
    });
  }

  /** Latest first. */
  list(
    tenant: TenantId,
    filter: { connectionId?: ConnectionId | undefined },
    ask: PageAsk,
  ): Promise<Page<ApiCredentialRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const { connectionId } = filter;
      const where = { ...olderThan(ask), tenantId: tenant, ...(connectionId && { connectionId }) };
      const rows = await tx.apiCredential.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: credentialOf, key: (row) => row.id });
    });
  }

  get(tenant: TenantId, credentialId: ApiCredentialId): Promise<ApiCredentialRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.apiCredential.findFirst({ where: { id: credentialId, tenantId: tenant } });
      return row === null ? undefined : credentialOf(row);
    });
  }

  /** @throws AppError `resource.not_found`, `resource.changed` */
  patch(
    tenant: TenantId,
    credentialId: ApiCredentialId,
    patch: ApiCredentialPatch,
    by: Actor,
  ): Promise<ApiCredentialRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      if (!(await lockRow(tx, 'api_credential', tenant, credentialId))) throw notFound('API credential');
      const before = credentialOf(await tx.apiCredential.findUniqueOrThrow({ where: { id: credentialId } }));
      const fields = given(patch);
      const changes = differences(before, { ...before, ...fields });
      if (Object.keys(changes).length === 0) return before;
      const { expiresAt, settings, ...plain } = fields;
      const row = await tx.apiCredential.update({
        where: { id: credentialId },
        data: {
          ...plain,
          ...(settings && { settings: settings as Prisma.InputJsonObject }),
          ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : dateOf(expiresAt) }),
          updatedAt: dateOf(at),
        },
      });
      const action = 'api_credential.changed';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: credentialId, changes });
      return credentialOf(row);
    });
  }

  /** One that was revoked before stays as it is. @throws AppError `resource.not_found` */
  revoke(tenant: TenantId, credentialId: ApiCredentialId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      if (!(await lockRow(tx, 'api_credential', tenant, credentialId))) throw notFound('API credential');
      const { count } = await tx.apiCredential.updateMany({
        where: { id: credentialId, tenantId: tenant, revokedAt: null },
        data: { revokedAt: dateOf(at), updatedAt: dateOf(at) },
      });
      if (count === 0) return;
      const action = 'api_credential.revoked';
      const changes = { revokedAt: { from: null, to: at } };
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: credentialId, changes });
    });
  }

  /** Operator level: whose credential this is. @param hashes  of what was shown, under each key. Undefined for one that no longer holds */
  byHash(facade: string, hashes: readonly Uint8Array[]): Promise<CredentialInUse | undefined> {
    const now = dateOf(this.clock.now());
    return this.scope
      .forOperator(async (tx) => {
        const row = await tx.apiCredential.findFirst({
          where: {
            hash: { in: hashes.map((hash) => Buffer.from(hash)) },
            facade,
            revokedAt: null,
            OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
          },
        });
        return row === null ? undefined : credentialOf(row);
      })
      .then((credential) => credential && withConnection(this.scope, credential));
  }

  /** Operator level: one by its id, as tokens carry it. Undefined for one that no longer holds. */
  open(credentialId: ApiCredentialId): Promise<CredentialInUse | undefined> {
    const now = dateOf(this.clock.now());
    return this.scope
      .forOperator(async (tx) => {
        const holds = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
        const row = await tx.apiCredential.findFirst({ where: { id: credentialId, ...holds } });
        return row === null ? undefined : credentialOf(row);
      })
      .then((credential) => credential && withConnection(this.scope, credential));
  }

  /** Operator level: notes that one was used. Several processes may do it at once; one of them writes. */
  touch(credentialId: ApiCredentialId, everyMs: number): Promise<void> {
    const at = this.clock.now();
    return this.scope.forOperator(async (tx) => {
      const stale = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(at - everyMs) } }] };
      await tx.apiCredential.updateMany({
        where: { id: credentialId, ...stale },
        data: { lastUsedAt: dateOf(at) },
      });
    });
  }
}

function withConnection(
  scope: TenantScope,
  credential: ApiCredentialRecord,
): Promise<CredentialInUse | undefined> {
  const { tenantId, connectionId } = credential;
  return scope.forTenant(tenantId, async (tx) => {
    const row = await tx.connection.findFirst({ where: { id: connectionId, tenantId } });
    if (row === null) return undefined;
    const { dialect, timeZone, country, enabled } = row;
    const epochs = row.epochs as 'utc' | 'local';
    return { credential, connection: { id: connectionId, dialect, timeZone, country, epochs, enabled } };
  });
}

function taken(cause: unknown): AppError {
  const message = 'Another credential has this secret: choose one that nobody has.';
  return new AppError('conflict', 'api_credential.taken', message, { cause });
}

function credentialOf(row: Row): ApiCredentialRecord {
  const { name, facade, shown, department, allowFrom, origins, perMinute } = row;
  return {
    id: id<ApiCredentialId>(row.id),
    tenantId: id<TenantId>(row.tenantId),
    connectionId: id<ConnectionId>(row.connectionId),
    name,
    facade,
    shown,
    rights: row.rights as CredentialRight[],
    scope: row.scope as CredentialScope,
    agentId: row.agentId === null ? null : id<AgentId>(row.agentId),
    department,
    allowFrom,
    origins,
    perMinute,
    settings: row.settings as CredentialSettings,
    expiresAt: instantOrNull(row.expiresAt),
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
    revokedAt: instantOrNull(row.revokedAt),
    lastUsedAt: instantOrNull(row.lastUsedAt),
  };
}
