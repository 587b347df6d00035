import {
  AppError,
  notFound,
  type Actor,
  type IdentityProviderId,
  type Instant,
  type TenantId,
  type TenantRole,
} from '#domain';
import type { Clock } from '#platform';
import type { IdentityProvider } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { comeIn, type Newcomer } from './come-in.js';
import { given } from './given.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf } from './times.js';
import type { PersonRecord } from './user-record.js';
import { runFor, tenantColumn, type Whose } from './whose.js';

const MOST_PROVIDERS = 20;
/** Whom it answers for, and who it is: with another one of these it is another provider to those who have come in by it. */
const IDENTITY = ['issuer', 'clientId', 'domains', 'enabled'] as const;

export interface IdentityProviderFields {
  label: string;
  issuer: string;
  clientId: string;
  /** See `sealedFor.identityProvider`; null for a client that has none. */
  sealedSecret: string | null;
  /** In lower case. */
  domains: readonly string[];
  /** What people become who come the first time; null to let in only who is a member already. */
  role: TenantRole | null;
  enforced: boolean;
  enabled: boolean;
}

/** What is left out stays. */
export type IdentityProviderPatch = {
  [K in keyof IdentityProviderFields]?: IdentityProviderFields[K] | undefined;
};

export interface IdentityProviderRecord extends IdentityProviderFields {
  id: IdentityProviderId;
  /** Null for the installation's. */
  tenantId: TenantId | null;
  createdAt: Instant;
  updatedAt: Instant;
}

/** Who answers for people elsewhere, for a tenant or for the installation. */
export class IdentityProviderRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @param providerId  the secret is sealed for it. @throws AppError `identity_provider.too_many` */
  create(
    whose: Whose,
    providerId: IdentityProviderId,
    fields: IdentityProviderFields,
    by: Actor,
  ): Promise<IdentityProviderRecord> {
    const at = this.clock.now();
    return runFor(this.scope, whose, async (tx) => {
      const tenantId = tenantColumn(whose);
      if ((await tx.identityProvider.count({ where: { tenantId } })) >= MOST_PROVIDERS) throw tooMany();
      const times = { createdAt: dateOf(at), updatedAt: dateOf(at), answersSince: dateOf(at) };
      const row = await tx.identityProvider.create({
        data: { ...fields, domains: [...fields.domains], ...times, id: providerId, tenantId },
      });
      const changes = made(told(fields));
      const action = 'identity_provider.created';
      await writeAudit(tx, { whose, actor: by, at, action, subjectId: providerId, changes });
      return providerOf(row);
    });
  }

  /** Latest first. */
  list(whose: Whose, ask: PageAsk): Promise<Page<IdentityProviderRecord>> {
    return runFor(this.scope, whose, async (tx) => {
      const where = { ...olderThan(ask), tenantId: tenantColumn(whose) };
      const rows = await tx.identityProvider.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: providerOf, key: (row) => row.id });
    });
  }

  get(whose: Whose, providerId: IdentityProviderId): Promise<IdentityProviderRecord | undefined> {
    return runFor(this.scope, whose, (tx) => find(tx, whose, providerId));
  }

  /**
   * Whoever came in by it comes in again where it is another one from now on, answers for others or is switched off.
   *
   * @throws AppError `resource.not_found`
   */
  patch(
    whose: Whose,
    providerId: IdentityProviderId,
    patch: IdentityProviderPatch,
    by: Actor,
  ): Promise<IdentityProviderRecord> {
    const at = this.clock.now();
    return runFor(this.scope, whose, async (tx) => {
      const before = await locked(tx, whose, providerId);
      const { domains, ...fields } = given(patch);
      const after = { ...before, ...fields, ...(domains && { domains: [...domains] }) };
      const isOther = Object.keys(differences(pick(before), pick(after))).length > 0;
      const isResealed = before.sealedSecret !== after.sealedSecret;
      const changes = {
        ...differences(told(before), told(after)),
        ...(isResealed && { secret: { from: 'another', to: after.sealedSecret === null ? null : 'set' } }),
      };
      if (Object.keys(changes).length === 0) return before;
      const row = await tx.identityProvider.update({
        where: { id: providerId },
        data: {
          ...fields,
          ...(domains && { domains: [...domains] }),
          ...(isOther && { answersSince: dateOf(at) }),
          updatedAt: dateOf(at),
        },
      });
      const action = 'identity_provider.changed';
      await writeAudit(tx, { whose, actor: by, at, action, subjectId: providerId, changes });
      return providerOf(row);
    });
  }

  /** The sessions that it answered for end. @throws AppError `resource.not_found` */
  remove(whose: Whose, providerId: IdentityProviderId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return runFor(this.scope, whose, async (tx) => {
      const { label, issuer } = await locked(tx, whose, providerId);
      await tx.identityProvider.delete({ where: { id: providerId } });
      const changes = { label: { from: label, to: null }, issuer: { from: issuer, to: null } };
      const action = 'identity_provider.deleted';
      await writeAudit(tx, { whose, actor: by, at, action, subjectId: providerId, changes });
    });
  }

  /** Operator level: those that answer for addresses of a domain. */
  ofDomain(domain: string): Promise<IdentityProviderRecord[]> {
    return this.scope.forOperator(async (tx) => {
      const where = { enabled: true, domains: { has: domain } };
      const rows = await tx.identityProvider.findMany({
        where,
        orderBy: { id: 'asc' },
        take: MOST_PROVIDERS,
      });
      return rows.map(providerOf);
    });
  }

  /** Operator level: one that is switched on, whoever's it is. */
  open(providerId: IdentityProviderId): Promise<IdentityProviderRecord | undefined> {
    return this.scope.forOperator(async (tx) => {
      const row = await tx.identityProvider.findFirst({ where: { id: providerId, enabled: true } });
      return row === null ? undefined : providerOf(row);
    });
  }

  /**
   * Operator level: lets somebody in whom a provider answers for, and makes them a member of its tenant where it may.
   *
   * @throws AppError 403 `oidc.not_member`
   */
  comeIn(provider: IdentityProviderRecord, newcomer: Newcomer): Promise<PersonRecord> {
    const at = this.clock.now();
    return this.scope.forOperator((tx) => comeIn(tx, provider, newcomer, at));
  }
}

async function find(
  tx: Tx,
  whose: Whose,
  providerId: IdentityProviderId,
): Promise<IdentityProviderRecord | undefined> {
  const where = { id: providerId, tenantId: tenantColumn(whose) };
  const row = await tx.identityProvider.findFirst({ where });
  return row === null ? undefined : providerOf(row);
}

async function locked(tx: Tx, whose: Whose, providerId: IdentityProviderId): Promise<IdentityProviderRecord> {
  await tx.$queryRaw`SELECT 1 FROM identity_provider WHERE id = ${providerId}::uuid FOR UPDATE`;
  const provider = await find(tx, whose, providerId);
  if (provider === undefined) throw notFound('identity provider');
  return provider;
}

function pick(fields: IdentityProviderFields): object {
  return Object.fromEntries(IDENTITY.map((name) => [name, fields[name]]));
}

/** What an audit entry tells; of the secret only whether there is one. */
function told(fields: IdentityProviderFields): Record<string, unknown> {
  const { label, issuer, clientId, sealedSecret, domains, role, enforced, enabled } = fields;
  return { label, issuer, clientId, hasSecret: sealedSecret !== null, domains, role, enforced, enabled };
}

function providerOf(row: IdentityProvider): IdentityProviderRecord {
  const { id, tenantId, label, issuer, clientId, sealedSecret, domains, role, enforced, enabled } = row;
  return {
    id: id as IdentityProviderId,
    tenantId: tenantId as TenantId | null,
    label,
    issuer,
    clientId,
    sealedSecret,
    domains,
    role: role as TenantRole | null,
    enforced,
    enabled,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}

function tooMany(): AppError {
  const message = `There are at most ${String(MOST_PROVIDERS)} identity providers: delete one that is not needed.`;
  return new AppError('conflict', 'identity_provider.too_many', message);
}
