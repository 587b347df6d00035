import {
  id,
  instant,
  notFound,
  type Actor,
  type ConnectionId,
  type Instant,
  type PbxAccountId,
  type TenantId,
  type TokenBucket,
} from '#domain';
import { newId, type Clock } from '#platform';
import type { PbxAccount as Row, Prisma } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit, type Changes } from './audit-trail.js';
import { assertConnection, lockConnection } from './connection-steps.js';
import { dateOf, instantOf, instantOrNull } from './times.js';

export interface PbxAccountFields {
  settings: Record<string, unknown>;
  /** JSON of the secrets; see `sealedFor.pbxSecrets`. */
  sealedSecrets: string;
  /** Null: as the vendor's PBXs mostly want them. */
  numbers: 'local' | 'e164' | 'e164_plus' | null;
  enabled: boolean;
  /** Orders a second. */
  perSecond: number;
  /** Orders whose answer is waited for. */
  atOnce: number;
}

export interface PbxAccountRecord extends PbxAccountFields {
  id: PbxAccountId;
  tenantId: TenantId;
  connectionId: ConnectionId;
  sealedToken: string | null;
  tokenExpiresAt: Instant | null;
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

/** An account with what a driver must know of its connection. */
export interface PbxToCommand {
  account: PbxAccountRecord;
  dialect: string;
  country: string;
  timeZone: string;
  epochs: 'utc' | 'local';
}

/** How the PBXs of a tenant's connections are commanded: one account a connection. */
export class PbxAccountRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  get(tenant: TenantId, connectionId: ConnectionId): Promise<PbxAccountRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      await assertConnection(tx, tenant, connectionId);
      const row = await tx.pbxAccount.findFirst({ where: { connectionId, tenantId: tenant } });
      return row === null ? undefined : pbxAccountOf(row);
    });
  }

  /** Undefined where the connection has no account, or is not there. */
  toCommand(tenant: TenantId, connectionId: ConnectionId): Promise<PbxToCommand | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.pbxAccount.findFirst({
        where: { connectionId, tenantId: tenant },
        include: { connection: true },
      });
      if (row === null) return undefined;
      const { dialect, country, timeZone, epochs } = row.connection;
      return { account: pbxAccountOf(row), dialect, country, timeZone, epochs: epochs as 'utc' | 'local' };
    });
  }

  /**
   * Makes the account of a connection, or makes it another one. A token that was traded for the secrets before is forgotten.
   *
   * @param make  the account from the one before, which nobody else changes meanwhile. What it throws leaves all as it was
   * @throws AppError `resource.not_found` where there is no such connection
   */
  put(
    tenant: TenantId,
    connectionId: ConnectionId,
    make: (before: PbxAccountRecord | undefined) => PbxAccountFields,
    by: Actor,
  ): Promise<PbxAccountRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, connectionId);
      const before = await tx.pbxAccount.findFirst({ where: { connectionId, tenantId: tenant } });
      const old = before === null ? undefined : pbxAccountOf(before);
      const fields = make(old);
      const settings = fields.settings as Prisma.InputJsonObject;
      if (old === undefined) {
        const times = { createdAt: dateOf(at), updatedAt: dateOf(at) };
        const ids = { id: newId<PbxAccountId>(), tenantId: tenant, connectionId };
        const row = await tx.pbxAccount.create({ data: { ...fields, settings, ...times, ...ids } });
        await tryAgain(tx, tenant, connectionId, at);
        await audit(tx, row, { by, at, action: 'pbx_account.created', changes: made(told(fields)) });
        return pbxAccountOf(row);
      }
      const changes = {
        ...differences(told(old), told(fields)),
        ...(old.sealedSecrets !== fields.sealedSecrets && { secrets: { from: 'others', to: 'set' } }),
      };
      if (Object.keys(changes).length === 0) return old;
      const row = await tx.pbxAccount.update({
        where: { id: old.id },
        data: {
          ...fields,
          settings,
          sealedToken: null,
          tokenExpiresAt: null,
          version: { increment: 1 },
          updatedAt: dateOf(at),
        },
      });
      await tryAgain(tx, tenant, connectionId, at);
      await audit(tx, row, { by, at, action: 'pbx_account.changed', changes });
      return pbxAccountOf(row);
    });
  }

  /** @throws AppError `resource.not_found` */
  remove(tenant: TenantId, connectionId: ConnectionId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, connectionId);
      const row = await tx.pbxAccount.findFirst({ where: { connectionId, tenantId: tenant } });
      if (row === null) throw notFound('PBX account');
      await tx.pbxAccount.delete({ where: { id: row.id } });
      const changes = { enabled: { from: row.enabled, to: null } };
      await audit(tx, row, { by, at, action: 'pbx_account.deleted', changes });
    });
  }

  /** Keeps a token that was traded for the secrets of this version of the account. */
  keepToken(
    tenant: TenantId,
    { connectionId, version }: Pick<PbxAccountRecord, 'connectionId' | 'version'>,
    token: { sealed: string; expiresAt: Instant },
  ): Promise<void> {
    return this.scope.forTenant(tenant, async (tx) => {
      await tx.pbxAccount.updateMany({
        where: { connectionId, tenantId: tenant, version },
        data: { sealedToken: token.sealed, tokenExpiresAt: dateOf(token.expiresAt) },
      });
    });
  }
}

/** A channel that was refused rests for minutes, a campaign that could not dial until something changes: now something has. */
async function tryAgain(tx: Tx, tenant: TenantId, connectionId: ConnectionId, at: Instant): Promise<void> {
  await tx.campaign.updateMany({
    where: { connectionId, tenantId: tenant, state: 'running' },
    data: { dueAt: dateOf(at) },
  });
  await tx.mailbox.updateMany({
    where: { kind: 'feed', id: connectionId },
    data: { notBefore: dateOf(at), memo: {}, epoch: { increment: 1 } },
  });
}

interface AccountAudit {
  by: Actor;
  at: Instant;
  action: string;
  changes: Changes;
}

function audit(tx: Tx, row: Row, { by, at, action, changes }: AccountAudit): Promise<void> {
  return writeAudit(tx, {
    whose: id<TenantId>(row.tenantId),
    actor: by,
    at,
    action,
    subjectId: row.connectionId,
    changes,
  });
}

/** What an audit entry tells: nothing of the secrets. */
function told({ settings, numbers, enabled, perSecond, atOnce }: PbxAccountFields): Record<string, unknown> {
  return { settings, numbers, enabled, perSecond, atOnce };
}

export function pbxAccountOf(row: Row): PbxAccountRecord {
  return {
    id: id<PbxAccountId>(row.id),
    tenantId: id<TenantId>(row.tenantId),
    connectionId: id<ConnectionId>(row.connectionId),
    settings: row.settings as Record<string, unknown>,
    sealedSecrets: row.sealedSecrets,
    numbers: row.numbers as PbxAccountRecord['numbers'],
    enabled: row.enabled,
    perSecond: row.perSecond,
    atOnce: row.atOnce,
    sealedToken: row.sealedToken,
    tokenExpiresAt: instantOrNull(row.tokenExpiresAt),
    version: row.version,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}

/** The bucket of an account's rate, as it was left. */
export function bucketOf({ tokens, tokensAt }: Pick<Row, 'tokens' | 'tokensAt'>): TokenBucket {
  return { tokens, at: instant(tokensAt.getTime()) };
}
