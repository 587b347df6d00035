import {
  id,
  notFound,
  type Actor,
  type AgentId,
  type ConnectionId,
  type Instant,
  type TenantId,
} from '#domain';
import { newId, type Clock } from '#platform';
import type { SipAccount as AccountRow, WebPhone as Row } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit, type Changes } from './audit-trail.js';
import { assertConnection, lockConnection } from './connection-steps.js';
import { dateOf, instantOf } from './times.js';

/** Where the phones in browsers register with a PBX. */
export interface WebPhoneFields {
  wsUrl: string;
  /** Of the SIP addresses. */
  domain: string;
  /** The SIP header that has the id by which the PBX knows a call. */
  idHeader: string;
  /** STUN and TURN servers. */
  iceUrls: string[];
  /** See `sealedFor.turnSecret`; null where there is none. */
  sealedTurnSecret: string | null;
}

export interface WebPhoneRecord extends WebPhoneFields {
  connectionId: ConnectionId;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface SipAccountFields {
  sipUser: string;
  /** See `sealedFor.sipPassword`. */
  sealedPassword: string;
}

export interface SipAccountRecord extends SipAccountFields {
  connectionId: ConnectionId;
  extension: string;
  createdAt: Instant;
  updatedAt: Instant;
}

/** An extension that can be a phone in a browser. */
export interface OwnWebPhone {
  connectionId: ConnectionId;
  extension: string;
  aliases: readonly string[];
  account: SipAccountRecord;
  settings: WebPhoneRecord;
}

/** The phones that agents have in their browsers: where they register, and with what. */
export class PhoneRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @throws AppError `resource.not_found` when there is no such connection */
  settings(tenant: TenantId, connectionId: ConnectionId): Promise<WebPhoneRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      await assertConnection(tx, tenant, connectionId);
      const row = await tx.webPhone.findFirst({ where: { connectionId, tenantId: tenant } });
      return row === null ? undefined : webPhoneOf(row);
    });
  }

  /**
   * @param make  the settings from those before, which nobody else changes meanwhile
   * @throws AppError `resource.not_found` when there is no such connection
   */
  putSettings(
    tenant: TenantId,
    connectionId: ConnectionId,
    make: (before: WebPhoneRecord | undefined) => WebPhoneFields,
    by: Actor,
  ): Promise<WebPhoneRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, connectionId);
      const row = await tx.webPhone.findFirst({ where: { connectionId, tenantId: tenant } });
      const before = row === null ? undefined : webPhoneOf(row);
      const fields = make(before);
      const written = await tx.webPhone.upsert({
        where: { connectionId, tenantId: tenant },
        create: { ...fields, ...born(tenant, connectionId, at) },
        update: { ...fields, updatedAt: dateOf(at) },
      });
      const changes = before === undefined ? made(told(fields)) : differences(told(before), told(fields));
      const isSealedAnew = before !== undefined && before.sealedTurnSecret !== fields.sealedTurnSecret;
      await audit(tx, {
        tenant,
        by,
        at,
        action: 'connection.web_phone_set',
        subjectId: connectionId,
        changes: {
          ...changes,
          ...(isSealedAnew && {
            turnSecret: { from: 'another', to: fields.sealedTurnSecret === null ? null : 'set' },
          }),
        },
      });
      return webPhoneOf(written);
    });
  }

  /** @throws AppError `resource.not_found` */
  removeSettings(tenant: TenantId, connectionId: ConnectionId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, connectionId);
      const { count } = await tx.webPhone.deleteMany({ where: { connectionId, tenantId: tenant } });
      if (count === 0) throw notFound('web phone');
      const action = 'connection.web_phone_removed';
      await audit(tx, { tenant, by, at, action, subjectId: connectionId, changes: {} });
    });
  }

  account(
    tenant: TenantId,
    connectionId: ConnectionId,
    extension: string,
  ): Promise<SipAccountRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.sipAccount.findFirst({ where: { connectionId, extension, tenantId: tenant } });
      return row === null ? undefined : accountOf(row);
    });
  }

  /** @throws AppError `resource.not_found` when there is no such connection or extension */
  putAccount(
    tenant: TenantId,
    { connectionId, extension }: { connectionId: ConnectionId; extension: string },
    fields: SipAccountFields,
    by: Actor,
  ): Promise<SipAccountRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, connectionId);
      const subjectId = await extensionId(tx, tenant, { connectionId, extension });
      const where = { connectionId, extension, tenantId: tenant };
      const before = await tx.sipAccount.findFirst({ where });
      const row = await tx.sipAccount.upsert({
        where: { connectionId_extension: { connectionId, extension }, tenantId: tenant },
        create: { ...fields, ...born(tenant, connectionId, at), extension },
        update: { ...fields, updatedAt: dateOf(at) },
      });
      const changes = {
        sipUser: { from: before?.sipUser ?? null, to: fields.sipUser },
        password: { from: before === null ? null : 'another', to: 'set' },
      };
      await audit(tx, { tenant, by, at, action: 'extension.sip_account_set', subjectId, changes });
      return accountOf(row);
    });
  }

  /** @throws AppError `resource.not_found` */
  removeAccount(tenant: TenantId, connectionId: ConnectionId, extension: string, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await lockConnection(tx, tenant, connectionId);
      const subjectId = await extensionId(tx, tenant, { connectionId, extension });
      const before = await tx.sipAccount.findFirst({ where: { connectionId, extension, tenantId: tenant } });
      if (before === null) throw notFound('SIP account');
      await tx.sipAccount.delete({ where: { id: before.id, tenantId: tenant } });
      const changes = { sipUser: { from: before.sipUser, to: null } };
      await audit(tx, { tenant, by, at, action: 'extension.sip_account_removed', subjectId, changes });
    });
  }

  /** The phones in a browser that are an agent's own, the one that was given first first. */
  ofAgent(tenant: TenantId, agentId: AgentId): Promise<OwnWebPhone[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const extensions = await tx.extension.findMany({
        where: { agentId, tenantId: tenant },
        orderBy: { id: 'asc' },
        include: { connection: { include: { webPhone: true } } },
      });
      const accounts = await tx.sipAccount.findMany({
        where: {
          tenantId: tenant,
          connectionId: { in: extensions.map(({ connectionId }) => connectionId) },
          extension: { in: extensions.map(({ number }) => number) },
        },
      });
      return extensions.flatMap(({ number, aliases, connection: { id: of, webPhone } }) => {
        const account = accounts.find((one) => one.connectionId === of && one.extension === number);
        if (webPhone === null || account === undefined) return [];
        const phone = { account: accountOf(account), settings: webPhoneOf(webPhone) };
        return [{ connectionId: id<ConnectionId>(of), extension: number, aliases, ...phone }];
      });
    });
  }

  /** Addresses of the WebSockets by which a tenant's phones register. */
  sockets(tenant: TenantId): Promise<string[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.webPhone.findMany({ where: { tenantId: tenant }, select: { wsUrl: true } });
      return rows.map(({ wsUrl }) => wsUrl);
    });
  }
}

interface PhoneAudit {
  tenant: TenantId;
  by: Actor;
  at: Instant;
  action: string;
  subjectId: string;
  changes: Changes;
}

function audit(tx: Tx, { tenant, by, ...change }: PhoneAudit): Promise<void> {
  return writeAudit(tx, { whose: tenant, actor: by, ...change });
}

/** What an audit entry tells: nothing of the secret. */
function told({ wsUrl, domain, idHeader, iceUrls }: WebPhoneFields): Record<string, unknown> {
  return { wsUrl, domain, idHeader, iceUrls };
}

/** @throws AppError `resource.not_found` */
async function extensionId(
  tx: Tx,
  tenant: TenantId,
  { connectionId, extension: number }: { connectionId: ConnectionId; extension: string },
): Promise<string> {
  const row = await tx.extension.findFirst({ where: { number, connectionId, tenantId: tenant } });
  if (row === null) throw notFound('extension');
  return row.id;
}

function born(tenant: TenantId, connectionId: ConnectionId, at: Instant) {
  return { id: newId(), tenantId: tenant, connectionId, createdAt: dateOf(at), updatedAt: dateOf(at) };
}

function webPhoneOf(row: Row): WebPhoneRecord {
  const { wsUrl, domain, idHeader, iceUrls, sealedTurnSecret } = row;
  const times = { createdAt: instantOf(row.createdAt), updatedAt: instantOf(row.updatedAt) };
  return {
    connectionId: id<ConnectionId>(row.connectionId),
    wsUrl,
    domain,
    idHeader,
    iceUrls,
    sealedTurnSecret,
    ...times,
  };
}

function accountOf(row: AccountRow): SipAccountRecord {
  const { extension, sipUser, sealedPassword } = row;
  const times = { createdAt: instantOf(row.createdAt), updatedAt: instantOf(row.updatedAt) };
  return { connectionId: id<ConnectionId>(row.connectionId), extension, sipUser, sealedPassword, ...times };
}
