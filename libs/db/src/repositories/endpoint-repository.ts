import type { EndpointId, Instant, TenantId, Actor } from '#domain';
import type { Clock } from '#platform';
import type { Prisma } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { deleteSourcesOf } from './contact-source-deleted.js';
import { enableEndpoint, type Enabled } from './enable-endpoint.js';
import {
  DELETED_REASON,
  endpointOf,
  type EndpointChange,
  type EndpointFields,
  type EndpointPlaces,
  type EndpointRecord,
  type EndpointSigning,
  type EndpointState,
} from './endpoint-record.js';
import {
  accessIsSet,
  addSecrets,
  findLocked,
  leadsElsewhere,
  resetMailbox,
  withoutSettings,
} from './endpoint-steps.js';
import { given } from './given.js';
import { jsonOrNull } from './json-or-null.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import type { HeldChoice } from './release-held.js';
import { writeStateChange } from './endpoint-state-trail.js';
import { sendTest, type TestEvent, type TestSent } from './send-test.js';
import { stopEndpoint } from './stop-endpoint.js';
import { dateOf } from './times.js';

/** Who changes an endpoint. */
export interface EndpointChanger {
  by: Actor;
  /** May choose where its credentials are sent: those were set by an administrator, for the place that it led to then. */
  maySendAccess: boolean;
  /** Throws when what it is shown may not go there. `sealedAccess` is as `sealedFor.endpointAccess` sealed it. */
  mayGoTo: (places: EndpointPlaces, sealedAccess: string) => void;
}

/**
 * Where a tenant wants its events. States: enabled -> disabled or paused, whose deliveries are held; from there -> enabling,
 * while what was held is being released -> enabled.
 */
export class EndpointRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @param draft  with the id, since the secrets are sealed for it */
  create(
    tenant: TenantId,
    draft: EndpointFields & EndpointSigning & { id: EndpointId },
    sealedSecrets: readonly string[],
    by: Actor,
  ): Promise<EndpointRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const { id: endpointId, ...fields } = draft;
      const row = await tx.endpoint.create({
        data: {
          ...fields,
          id: endpointId,
          tenantId: tenant,
          formatSettings: fields.formatSettings as Prisma.InputJsonObject,
          metadata: fields.metadata as Prisma.InputJsonObject,
          filter: jsonOrNull(fields.filter),
          state: 'enabled',
          createdAt: dateOf(at),
          updatedAt: dateOf(at),
        },
      });
      await addSecrets(tx, { tenant, endpointId, sealed: sealedSecrets, at });
      await writeStateChange(tx, { tenant, endpointId, from: null, to: 'enabled', reason: null, by, at });
      const changes = withoutSettings(made({ ...fields }));
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'endpoint.created',
        subjectId: endpointId,
        changes,
      });
      return endpointOf(row);
    });
  }

  list(
    tenant: TenantId,
    filter: { state?: EndpointState | undefined },
    ask: PageAsk,
  ): Promise<Page<EndpointRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { ...given(filter), ...olderThan(ask), tenantId: tenant };
      const rows = await tx.endpoint.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: endpointOf, key: (row) => row.id });
    });
  }

  get(tenant: TenantId, endpointId: EndpointId): Promise<EndpointRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.endpoint.findFirst({ where: { id: endpointId, tenantId: tenant } });
      return row === null ? undefined : endpointOf(row);
    });
  }

  /**
   * Changes come one after the other: what is decided is decided of what the change before has left. A new URL starts with a
   * clean slate: what the breaker remembers is of the old one.
   *
   * @param decide  null changes nothing; what it throws undoes everything
   * @throws AppError `resource.not_found`, `endpoint.access_set`, and what `mayGoTo` throws
   */
  patch(
    tenant: TenantId,
    endpointId: EndpointId,
    decide: (before: EndpointRecord) => EndpointChange | null,
    { by, maySendAccess, mayGoTo }: EndpointChanger,
  ): Promise<EndpointRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, endpointId);
      const change = decide(endpointOf(before));
      if (change === null) return endpointOf(before);
      const fields = given(change.fields);
      const elsewhere = change.leadsElsewhere ?? leadsElsewhere(before, fields);
      if (elsewhere && before.sealedAccess !== null) {
        if (!maySendAccess) throw accessIsSet();
        mayGoTo({ ...endpointOf(before), ...fields }, before.sealedAccess);
      }
      const row = await tx.endpoint.update({
        where: { id: endpointId, tenantId: tenant },
        data: {
          ...(fields as Prisma.EndpointUpdateInput),
          ...(fields.filter === undefined ? {} : { filter: jsonOrNull(fields.filter) }),
          updatedAt: dateOf(at),
        },
      });
      if (row.url !== before.url) await resetMailbox(tx, endpointId, at);
      const changed = { action: 'endpoint.changed', changes: withoutSettings(differences(before, fields)) };
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        subjectId: endpointId,
        ...(change.told ?? changed),
      });
      return endpointOf(row);
    });
  }

  /**
   * A first batch of what was held is released in the same transaction; where there is more, the endpoint is `enabling`
   * until a replay of the kind `held` has released the rest. Enabling an enabled endpoint changes nothing.
   *
   * @param choice  what becomes of what was held
   * @returns the endpoint, and the replay that has to be rung, if any
   * @throws AppError `resource.not_found`
   */
  enable(tenant: TenantId, endpointId: EndpointId, choice: HeldChoice, by: Actor): Promise<Enabled> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, (tx) => enableEndpoint(tx, { tenant, endpointId, choice, by, at }));
  }

  /** What is due is held. @throws AppError `resource.not_found` */
  disable(tenant: TenantId, endpointId: EndpointId, reason: string, by: Actor): Promise<EndpointRecord> {
    const stop = { tenant, endpointId, state: 'disabled', reason, by, at: this.clock.now() } as const;
    return this.scope.forTenant(tenant, (tx) => stopEndpoint(tx, stop));
  }

  /** As disabling, for a while. @throws AppError `resource.not_found` */
  pause(tenant: TenantId, endpointId: EndpointId, reason: string, by: Actor): Promise<EndpointRecord> {
    const stop = { tenant, endpointId, state: 'paused', reason, by, at: this.clock.now() } as const;
    return this.scope.forTenant(tenant, (tx) => stopEndpoint(tx, stop));
  }

  /** The old secrets sign along until `graceUntil`. @throws AppError `resource.not_found` */
  rotateSecret(
    tenant: TenantId,
    endpointId: EndpointId,
    { sealed, graceUntil, ...signing }: EndpointSigning & { sealed: readonly string[]; graceUntil: Instant },
    by: Actor,
  ): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, endpointId);
      const own = { endpointId, tenantId: tenant };
      const until = dateOf(graceUntil);
      await tx.endpointSecret.updateMany({
        where: { ...own, OR: [{ expiresAt: null }, { expiresAt: { gt: until } }] },
        data: { expiresAt: until },
      });
      await tx.endpointSecret.deleteMany({ where: { ...own, expiresAt: { lte: dateOf(at) } } });
      await addSecrets(tx, { tenant, endpointId, sealed, at });
      const data = { ...signing, updatedAt: dateOf(at) };
      await tx.endpoint.update({ select: { id: true }, where: { id: endpointId, tenantId: tenant }, data });
      const changes = { ...differences(before, signing), ...made({ oldSecretSignsUntil: graceUntil }) };
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'endpoint.secret_rotated',
        subjectId: endpointId,
        changes,
      });
    });
  }

  /**
   * Owes the endpoint an event that no call made; its data are flagged as a test.
   *
   * @throws AppError `resource.not_found`, also for a call without such an event, or `endpoint.disabled` because it would
   *   only be held
   */
  sendTest(tenant: TenantId, endpointId: EndpointId, event: TestEvent, by: Actor): Promise<TestSent> {
    const order = { tenant, endpointId, event, by, at: this.clock.now() };
    return this.scope.forTenant(tenant, (tx) => sendTest(tx, order));
  }

  /**
   * Its waiting deliveries are dead with the reason; its history stays. Sources of contacts that ask through it go with it.
   *
   * @throws AppError `resource.not_found`
   */
  remove(tenant: TenantId, endpointId: EndpointId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, endpointId);
      const { count } = await tx.delivery.updateMany({
        where: { endpointId, tenantId: tenant, state: { in: ['due', 'held'] } },
        data: { state: 'dead', reason: DELETED_REASON, finishedAt: dateOf(at) },
      });
      await tx.mailbox.deleteMany({ where: { kind: 'endpoint', id: endpointId } });
      await tx.endpointStat.deleteMany({ where: { endpointId, tenantId: tenant } });
      await deleteSourcesOf(tx, endpointId, { whose: tenant, actor: by, at });
      await tx.endpoint.delete({ where: { id: endpointId, tenantId: tenant } });
      const changes = {
        name: { from: before.name, to: null },
        url: { from: before.url, to: null },
        ...made({ deliveriesGivenUp: count }),
      };
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'endpoint.deleted',
        subjectId: endpointId,
        changes,
      });
    });
  }
}
