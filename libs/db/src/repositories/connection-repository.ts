import { id, notFound, type ConnectionId, type Instant, type TenantId, type Actor } from '#domain';
import type { Clock } from '#platform';
import type { Connection as Row, ConnectionToken as TokenRow, Prisma } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { given } from './given.js';
import { lockRow } from './lock-row.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf, instantOrNull } from './times.js';

export interface ConnectionRecord {
  id: ConnectionId;
  tenantId: TenantId;
  name: string;
  dialect: string;
  timeZone: string;
  country: string;
  epochs: 'utc' | 'local';
  settings: Record<string, unknown>;
  enabled: boolean;
  createdAt: Instant;
  updatedAt: Instant;
}

/** The secret part of an ingress URL, sealed. */
export interface SealedToken {
  sealed: string;
  createdAt: Instant;
  /** Null for the current one; else the rotated one works until then. */
  expiresAt: Instant | null;
}

export interface NewToken {
  /** SHA-256 of the token. */
  hash: Uint8Array;
  sealed: string;
}

export type ConnectionFields = Pick<
  ConnectionRecord,
  'name' | 'dialect' | 'timeZone' | 'country' | 'epochs' | 'settings' | 'enabled'
>;
/** The dialect stays: the receipts and calls of a connection are of one vendor. */
export type ConnectionPatch = {
  [F in keyof Omit<ConnectionFields, 'dialect'>]?: ConnectionFields[F] | undefined;
};

export interface ConnectionFilter {
  dialect?: string | undefined;
}

/** PBX accounts of a tenant, and the tokens of their ingress URLs. */
export class ConnectionRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @param draft  with the id, since the token is sealed for it */
  create(
    tenant: TenantId,
    draft: ConnectionFields & { id: ConnectionId },
    token: NewToken,
    by: Actor,
  ): Promise<ConnectionRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const { id: connectionId, ...fields } = draft;
      const row = await tx.connection.create({
        data: {
          ...fields,
          id: connectionId,
          tenantId: tenant,
          settings: fields.settings as Prisma.InputJsonObject,
          createdAt: dateOf(at),
          updatedAt: dateOf(at),
        },
      });
      await tx.connectionToken.create({ data: tokenRow(tenant, connectionId, token, at) });
      const changes = made({ ...fields });
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'connection.created',
        subjectId: connectionId,
        changes,
      });
      return connectionOf(row);
    });
  }

  list(tenant: TenantId, filter: ConnectionFilter, ask: PageAsk): Promise<Page<ConnectionRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { ...given(filter), ...olderThan(ask), tenantId: tenant };
      const rows = await tx.connection.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: connectionOf, key: (row) => row.id });
    });
  }

  /** With the tokens that work now, the current one first. */
  get(
    tenant: TenantId,
    connectionId: ConnectionId,
  ): Promise<(ConnectionRecord & { tokens: SealedToken[] }) | undefined> {
    const now = dateOf(this.clock.now());
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.connection.findFirst({ where: { id: connectionId, tenantId: tenant } });
      if (row === null) return undefined;
      const tokens = await tx.connectionToken.findMany({
        where: { connectionId, tenantId: tenant, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
        orderBy: { createdAt: 'desc' },
      });
      return { ...connectionOf(row), tokens: tokens.map(tokenOf) };
    });
  }

  /** @throws AppError `resource.not_found` */
  patch(
    tenant: TenantId,
    connectionId: ConnectionId,
    patch: ConnectionPatch,
    by: Actor,
  ): Promise<ConnectionRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, connectionId);
      const fields = given(patch);
      const row = await tx.connection.update({
        where: { id: connectionId, tenantId: tenant },
        data: { ...(fields as Prisma.ConnectionUpdateInput), updatedAt: dateOf(at) },
      });
      const changes = differences(before, fields);
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'connection.changed',
        subjectId: connectionId,
        changes,
      });
      return connectionOf(row);
    });
  }

  /**
   * Gives the connection another token; those in use work until `graceUntil`.
   * @throws AppError `resource.not_found`
   */
  rotate(
    tenant: TenantId,
    connectionId: ConnectionId,
    change: { token: NewToken; graceUntil: Instant },
    by: Actor,
  ): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await findLocked(tx, tenant, connectionId);
      const own = { connectionId, tenantId: tenant };
      const until = dateOf(change.graceUntil);
      // What was good until now stays to be known by, until the next time: so a PBX that has the old URL yet is told of.
      await tx.connectionToken.deleteMany({ where: { ...own, expiresAt: { lte: dateOf(at) } } });
      await tx.connectionToken.updateMany({
        where: { ...own, OR: [{ expiresAt: null }, { expiresAt: { gt: until } }] },
        data: { expiresAt: until },
      });
      await tx.connectionToken.create({ data: tokenRow(tenant, connectionId, change.token, at) });
      const changes = made({ oldTokenWorksUntil: change.graceUntil });
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'connection.rotated',
        subjectId: connectionId,
        changes,
      });
    });
  }

  /**
   * Its calls and receipts stay; receipts that nobody worked on yet are set aside, since nothing says any more how to
   * read them. @throws AppError `resource.not_found`
   */
  remove(tenant: TenantId, connectionId: ConnectionId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      // A drain has the mailbox first and all else behind it: whoever does it in another order may wait for it for ever.
      if ((await tx.connection.count({ where: { id: connectionId, tenantId: tenant } })) === 0)
        throw notFound('connection');
      await tx.mailbox.deleteMany({ where: { kind: 'connection', id: connectionId } });
      const before = connectionOf(await findLocked(tx, tenant, connectionId));
      await tx.receipt.updateMany({
        where: { connectionId, tenantId: tenant, state: 'due' },
        data: { state: 'set_aside', reason: 'connection deleted' },
      });
      // Nobody is left to close them, and the sweeper must not ask for it for ever.
      await tx.call.updateMany({
        where: { connectionId, tenantId: tenant, settleAt: { not: null } },
        data: { settleAt: null },
      });
      await tx.connection.delete({ where: { id: connectionId, tenantId: tenant } });
      const changes = { name: { from: before.name, to: null }, dialect: { from: before.dialect, to: null } };
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'connection.deleted',
        subjectId: connectionId,
        changes,
      });
    });
  }
}

async function findLocked(tx: Tx, tenant: TenantId, connectionId: ConnectionId): Promise<Row> {
  if (!(await lockRow(tx, 'connection', tenant, connectionId))) throw notFound('connection');
  return tx.connection.findUniqueOrThrow({ where: { id: connectionId, tenantId: tenant } });
}

function tokenRow(tenant: TenantId, connectionId: ConnectionId, token: NewToken, at: Instant) {
  return {
    hash: Buffer.from(token.hash),
    tenantId: tenant,
    connectionId,
    sealed: token.sealed,
    createdAt: dateOf(at),
  };
}

function tokenOf(row: TokenRow): SealedToken {
  return { sealed: row.sealed, createdAt: instantOf(row.createdAt), expiresAt: instantOrNull(row.expiresAt) };
}

function connectionOf(row: Row): ConnectionRecord {
  return {
    id: id<ConnectionId>(row.id),
    tenantId: id<TenantId>(row.tenantId),
    name: row.name,
    dialect: row.dialect,
    timeZone: row.timeZone,
    country: row.country,
    epochs: row.epochs === 'utc' ? 'utc' : 'local',
    settings: row.settings as Record<string, unknown>,
    enabled: row.enabled,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}
