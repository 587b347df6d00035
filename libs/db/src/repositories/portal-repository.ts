import {
  instant,
  notFound,
  PORTAL_TOKEN_MS,
  type Actor,
  type AgentId,
  type Instant,
  type PortalArea,
  type PortalId,
  type TenantId,
} from '#domain';
import { newId, type Clock } from '#platform';
import type { Portal, Prisma } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { assertAgent } from './member-repository.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf, instantOrNull } from './times.js';

const MINUTE_MS = 60_000;

/** A link, and from its use on the session that came of it. */
export interface PortalRecord {
  id: PortalId;
  tenantId: TenantId;
  areas: readonly PortalArea[];
  readOnly: boolean;
  minutes: number;
  agentId: AgentId | null;
  look: Record<string, unknown>;
  createdBy: string;
  createdAt: Instant;
  /** When the code was used; null while nobody has. */
  openedAt: Instant | null;
  /** The end of the session; of the code while nobody has used it. */
  endsAt: Instant;
}

export interface NewPortal extends Pick<PortalRecord, 'areas' | 'readOnly' | 'minutes' | 'agentId' | 'look'> {
  /** SHA-256 of the code. */
  codeHash: Uint8Array;
  codeExpiresAt: Instant;
}

/** A token of a portal that works until then. */
export interface PortalPass {
  portal: PortalRecord;
  expiresAt: Instant;
}

/** Portals: the links by which a tenant shows a part of itself in other pages, their sessions and tokens. */
export class PortalRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @throws AppError `resource.not_found` for an agent that is not the tenant's */
  create(tenant: TenantId, draft: NewPortal, by: Actor): Promise<PortalRecord> {
    const at = this.clock.now();
    const { codeHash, codeExpiresAt, look, areas, ...rest } = draft;
    const id = newId<PortalId>();
    return this.scope.forTenant(tenant, async (tx) => {
      if (draft.agentId !== null) await assertAgent(tx, tenant, draft.agentId);
      const times = {
        createdAt: dateOf(at),
        codeExpiresAt: dateOf(codeExpiresAt),
        endsAt: dateOf(codeExpiresAt),
      };
      const kept = { ...rest, ...times, areas: [...areas], look: look as Prisma.InputJsonObject };
      const row = await tx.portal.create({
        data: { id, tenantId: tenant, codeHash: Buffer.from(codeHash), createdBy: by.id, ...kept },
      });
      const changes = made({ areas, ...rest });
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'portal.created',
        subjectId: id,
        changes,
      });
      return portalOf(row);
    });
  }

  /** Links that still work and sessions that have not ended, newest first. */
  list(tenant: TenantId, ask: PageAsk): Promise<Page<PortalRecord>> {
    const now = dateOf(this.clock.now());
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { ...olderThan(ask), tenantId: tenant, endsAt: { gt: now } };
      const rows = await tx.portal.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: portalOf, key: (row) => row.id });
    });
  }

  /** Its tokens work no more, and its code neither. @throws AppError `resource.not_found` */
  end(tenant: TenantId, id: PortalId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const { count } = await tx.portal.deleteMany({ where: { id, tenantId: tenant } });
      if (count === 0) throw notFound('portal');
      const action = 'portal.ended';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: id, changes: {} });
    });
  }

  /**
   * Gives the session one more token; those before work on until they run out.
   *
   * @throws AppError `resource.not_found` when it has ended
   */
  renew(tenant: TenantId, id: PortalId, hash: Uint8Array): Promise<PortalPass> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { id, tenantId: tenant, openedAt: { not: null }, endsAt: { gt: dateOf(at) } };
      const row = await tx.portal.findFirst({ where });
      if (row === null) throw notFound('portal');
      await tx.portalToken.deleteMany({ where: { portalId: id, expiresAt: { lt: dateOf(at) } } });
      return addToken(tx, row, hash, at);
    });
  }

  /** Operator level: uses a code up and begins the session. Undefined for a code that is wrong, used or too old. */
  open(codeHash: Uint8Array, tokenHash: Uint8Array): Promise<PortalPass | undefined> {
    const at = this.clock.now();
    return this.scope.forOperator(async (tx) => {
      const where = { codeHash: Buffer.from(codeHash), openedAt: null, codeExpiresAt: { gt: dateOf(at) } };
      const found = await tx.portal.findFirst({ where });
      if (found === null) return undefined;
      const times = { openedAt: dateOf(at), endsAt: dateOf(instant(at + found.minutes * MINUTE_MS)) };
      // Two who use it at once find it unused both; one of them changes the row.
      const { count } = await tx.portal.updateMany({ where: { ...where, id: found.id }, data: times });
      if (count === 0) return undefined;
      const pass = await addToken(tx, { ...found, ...times }, tokenHash, at);
      const { id, tenantId } = pass.portal;
      const entry = { whose: tenantId, actor: { kind: 'portal', id }, at, action: 'portal.opened' } as const;
      await writeAudit(tx, { ...entry, subjectId: id, changes: {} });
      return pass;
    });
  }

  /** Operator level: also one that has run out, so that the caller can say so. */
  byHash(hash: Uint8Array): Promise<PortalPass | undefined> {
    return this.scope.forOperator(async (tx) => {
      const where = { hash: Buffer.from(hash) };
      const row = await tx.portalToken.findUnique({ where, include: { portal: true } });
      return row === null ? undefined : { portal: portalOf(row.portal), expiresAt: instantOf(row.expiresAt) };
    });
  }

  /** Operator level: the hashes of all tokens, to tell them from guesses without asking for each. */
  hashes(): Promise<Uint8Array[]> {
    return this.scope.forOperator(async (tx) => {
      const rows = await tx.portalToken.findMany({ select: { hash: true } });
      return rows.map(({ hash }) => hash);
    });
  }

  /** Operator level: of these portals those whose session has not ended. */
  standing(ids: readonly PortalId[]): Promise<ReadonlySet<PortalId>> {
    const now = dateOf(this.clock.now());
    return this.scope.forOperator(async (tx) => {
      const where = { id: { in: [...ids] }, openedAt: { not: null }, endsAt: { gt: now } };
      const rows = await tx.portal.findMany({ where, select: { id: true } });
      return new Set(rows.map((row) => row.id as PortalId));
    });
  }

  /** Pages that may show the tenant's portals in a frame; none for a tenant that there is not. */
  origins(tenant: TenantId): Promise<readonly string[]> {
    return this.scope.forTenant(tenant, (tx) => originsOf(tx, tenant));
  }

  /** Whether any link or session of the tenant that has not ended is an agent's. */
  hasAgents(tenant: TenantId): Promise<boolean> {
    const where = { tenantId: tenant, agentId: { not: null }, endsAt: { gt: dateOf(this.clock.now()) } };
    return this.scope.forTenant(
      tenant,
      async (tx) => (await tx.portal.findFirst({ where, select: { id: true } })) !== null,
    );
  }

  setOrigins(tenant: TenantId, origins: readonly string[], by: Actor): Promise<readonly string[]> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      // Two changes come one after the other, so that each audit entry tells what was there before.
      await tx.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenant}::uuid FOR UPDATE`;
      const changes = differences({ origins: await originsOf(tx, tenant) }, { origins });
      if (Object.keys(changes).length === 0) return origins;
      const { count } = await tx.tenant.updateMany({
        where: { id: tenant },
        data: { portalOrigins: [...origins] },
      });
      if (count === 0) throw notFound('tenant');
      const action = 'portal_settings.changed';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: tenant, changes });
      return origins;
    });
  }
}

async function originsOf(tx: Tx, tenant: TenantId): Promise<readonly string[]> {
  const row = await tx.tenant.findUnique({ where: { id: tenant }, select: { portalOrigins: true } });
  return row?.portalOrigins ?? [];
}

/** The token ends with the session at the latest. */
async function addToken(tx: Tx, row: Portal, hash: Uint8Array, at: Instant): Promise<PortalPass> {
  const portal = portalOf(row);
  const expiresAt = instant(Math.min(at + PORTAL_TOKEN_MS, portal.endsAt));
  const { id: portalId, tenantId } = portal;
  await tx.portalToken.create({
    data: { hash: Buffer.from(hash), portalId, tenantId, expiresAt: dateOf(expiresAt) },
  });
  return { portal, expiresAt };
}

function portalOf(row: Portal): PortalRecord {
  const { id, tenantId, areas, readOnly, minutes, agentId, look, createdBy } = row;
  return {
    id: id as PortalId,
    tenantId: tenantId as TenantId,
    areas: areas as PortalArea[],
    readOnly,
    minutes,
    agentId: agentId as AgentId | null,
    look: look as Record<string, unknown>,
    createdBy,
    createdAt: instantOf(row.createdAt),
    openedAt: instantOrNull(row.openedAt),
    endsAt: instantOf(row.endsAt),
  };
}
