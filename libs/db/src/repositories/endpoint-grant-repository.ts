import {
  AppError,
  SYSTEM,
  id,
  notFound,
  type Actor,
  type EndpointGrantId,
  type EndpointId,
  type Instant,
  type ReplayId,
  type TenantId,
} from '#domain';
import type { Clock, RenewedGrant } from '#platform';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { made, writeAudit } from './audit-trail.js';
import { enableEndpoint } from './enable-endpoint.js';
import { actorOf, grantOf, type GrantRecord } from './endpoint-grant-record.js';
import { findLocked, resetMailbox } from './endpoint-steps.js';
import { dateOf } from './times.js';

const MOST_GRANTS = 10;

/** A journey to a CRM's page that begins. */
export interface GrantJourney {
  grantId: EndpointGrantId;
  /** SHA-256 of the state, which goes to the page and comes back once. */
  stateHash: Uint8Array;
  stateExpiresAt: Instant;
  /** See `sealedFor.grantVerifier`. */
  sealedVerifier: string;
}

/** Whose journey came to its end. */
export interface GrantReturn {
  tenantId: TenantId;
  endpointId: EndpointId;
  grantId: EndpointGrantId;
  sealedVerifier: string;
}

type Of = Pick<GrantReturn, 'endpointId' | 'grantId'>;

/** What people agreed to on the pages of their CRMs. Their tokens are used and renewed by `GrantStore`. */
export class EndpointGrantRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** In the order in which they are used. @throws AppError `resource.not_found` when there is no such endpoint */
  list(tenant: TenantId, endpointId: EndpointId): Promise<GrantRecord[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const endpoints = await tx.endpoint.count({ where: { id: endpointId, tenantId: tenant } });
      if (endpoints === 0) throw notFound('endpoint');
      const where = { endpointId, tenantId: tenant };
      const rows = await tx.endpointGrant.findMany({ where, orderBy: [{ position: 'asc' }, { id: 'asc' }] });
      return rows.map(grantOf);
    });
  }

  /** Puts a further one behind the others. @throws AppError `resource.not_found`, `endpoint.too_many_grants` */
  add(
    tenant: TenantId,
    endpointId: EndpointId,
    { grantId, label, ...journey }: GrantJourney & { label: string },
    by: Actor,
  ): Promise<GrantRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await findLocked(tx, tenant, endpointId);
      const where = { endpointId, tenantId: tenant };
      const { _count: count, _max: max } = await tx.endpointGrant.aggregate({
        where,
        _count: true,
        _max: { position: true },
      });
      if (count >= MOST_GRANTS) throw tooMany();
      const times = { since: dateOf(at), createdAt: dateOf(at), updatedAt: dateOf(at) };
      const position = (max.position ?? 0) + 1;
      const row = await tx.endpointGrant.create({
        data: {
          ...where,
          ...times,
          ...departure(journey, by),
          id: grantId,
          label,
          position,
          state: 'waiting',
        },
      });
      const changes = made({ label, position });
      await audit(tx, { tenant, by, at, action: 'endpoint_grant.asked', grantId, changes });
      return grantOf(row);
    });
  }

  /** Connects one anew: it keeps its place, and stays what it is until somebody agreed. @throws AppError `resource.not_found` */
  askAgain(
    tenant: TenantId,
    endpointId: EndpointId,
    { grantId, ...journey }: GrantJourney,
    by: Actor,
  ): Promise<GrantRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await findLocked(tx, tenant, endpointId);
      const where = { id: grantId, endpointId, tenantId: tenant };
      const data = { ...departure(journey, by), updatedAt: dateOf(at) };
      const { count } = await tx.endpointGrant.updateMany({ where, data });
      if (count === 0) throw notFound('grant');
      await audit(tx, { tenant, by, at, action: 'endpoint_grant.asked', grantId, changes: {} });
      return grantOf(await tx.endpointGrant.findUniqueOrThrow({ where: { id: grantId, tenantId: tenant } }));
    });
  }

  /**
   * Operator level: whose state it is, which is used up by that. Undefined for one that is too old, was used, or was never
   * given.
   */
  comeBack(stateHash: Uint8Array): Promise<GrantReturn | undefined> {
    const now = dateOf(this.clock.now());
    return this.scope.forOperator(async (tx) => {
      const where = { stateHash: Buffer.from(stateHash), stateExpiresAt: { gt: now } };
      const row = await tx.endpointGrant.findFirst({ where });
      const used = { stateHash: null, stateExpiresAt: null, sealedVerifier: null };
      // Two who come back at once both find it; one of them uses it.
      if (row === null || (await tx.endpointGrant.updateMany({ where, data: used })).count === 0)
        return undefined;
      return {
        tenantId: id<TenantId>(row.tenantId),
        endpointId: id<EndpointId>(row.endpointId),
        grantId: id<EndpointGrantId>(row.id),
        sealedVerifier: row.sealedVerifier ?? '',
      };
    });
  }

  /**
   * Somebody agreed. What the endpoint is owed and waited for it goes on.
   *
   * @returns the replay that has to be rung, if any
   * @throws AppError `resource.not_found`
   */
  connect(
    tenant: TenantId,
    { endpointId, grantId }: Of,
    { usedUntil, endsAt, renewBy, baseUrl, ...sealed }: RenewedGrant,
  ): Promise<ReplayId | null> {
    const at = this.clock.now();
    const when = dateOf(at);
    return this.scope.forTenant(tenant, async (tx) => {
      const endpoint = await findLocked(tx, tenant, endpointId);
      const where = { id: grantId, endpointId, tenantId: tenant };
      const before = await tx.endpointGrant.findFirst({ where });
      if (before === null) throw notFound('grant');
      const by = actorOf(before.askedBy, before.askedByKind) ?? SYSTEM;
      const times = {
        expiresAt: usedUntil && dateOf(usedUntil),
        endsAt: endsAt && dateOf(endsAt),
        renewBy: renewBy && dateOf(renewBy),
      };
      const who = { connectedAt: when, connectedBy: by.id, connectedByKind: by.kind };
      const free = { version: { increment: 1 }, leasedUntil: null, leasedBy: null };
      await tx.endpointGrant.updateMany({
        where,
        data: {
          ...{ ...sealed, ...times, ...who, ...free, baseUrl },
          ...{ slides: false, state: 'good', reason: null, since: when, renewedAt: when, updatedAt: when },
        },
      });
      await bumpEpoch(tx, tenant, endpointId);
      const changes = { state: { from: before.state, to: 'good' } };
      await audit(tx, { tenant, by, at, action: 'endpoint_grant.connected', grantId, changes });
      if (!endpoint.awaitsGrant) {
        await resetMailbox(tx, endpointId, at);
        return null;
      }
      const order = { tenant, endpointId, choice: { held: 'drain' }, by, at } as const;
      return (await enableEndpoint(tx, order)).replayId;
    });
  }

  /** Nobody agreed, or it came to nothing. One that was good stays so. @param reason  for people */
  failed(tenant: TenantId, { endpointId, grantId }: Of, reason: string): Promise<void> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { id: grantId, endpointId, tenantId: tenant, state: 'waiting' };
      await tx.endpointGrant.updateMany({ where, data: { reason, updatedAt: dateOf(this.clock.now()) } });
    });
  }

  /** Its tokens are forgotten here; the CRM is not asked to. @throws AppError `resource.not_found` */
  remove(tenant: TenantId, { endpointId, grantId }: Of, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await findLocked(tx, tenant, endpointId);
      const where = { id: grantId, endpointId, tenantId: tenant };
      const before = await tx.endpointGrant.findFirst({ where });
      if (before === null) throw notFound('grant');
      await tx.endpointGrant.deleteMany({ where });
      await bumpEpoch(tx, tenant, endpointId);
      const changes = { label: { from: before.label, to: null }, state: { from: before.state, to: null } };
      await audit(tx, { tenant, by, at, action: 'endpoint_grant.removed', grantId, changes });
    });
  }
}

function departure(
  { stateHash, stateExpiresAt, sealedVerifier }: Omit<GrantJourney, 'grantId'>,
  by: Actor,
): Record<'askedBy' | 'askedByKind' | 'sealedVerifier', string> & {
  stateHash: Buffer<ArrayBuffer>;
  stateExpiresAt: Date;
} {
  return {
    stateHash: Buffer.from(stateHash),
    stateExpiresAt: dateOf(stateExpiresAt),
    sealedVerifier,
    askedBy: by.id,
    askedByKind: by.kind,
  };
}

async function bumpEpoch(tx: Tx, tenant: TenantId, endpointId: EndpointId): Promise<void> {
  const data = { grantEpoch: { increment: 1 } };
  await tx.endpoint.update({ select: { id: true }, where: { id: endpointId, tenantId: tenant }, data });
}

interface Audited {
  tenant: TenantId;
  by: Actor;
  at: Instant;
  action: `endpoint_grant.${string}`;
  grantId: EndpointGrantId;
  changes: Parameters<typeof writeAudit>[1]['changes'];
}

async function audit(tx: Tx, { tenant, by, at, action, grantId, changes }: Audited): Promise<void> {
  await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: grantId, changes });
}

function tooMany(): AppError {
  return new AppError(
    'conflict',
    'endpoint.too_many_grants',
    `An endpoint has at most ${MOST_GRANTS} grants: remove one first, or reconnect one that is there.`,
  );
}
