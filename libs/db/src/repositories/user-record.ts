import {
  id,
  type AgentId,
  type Instant,
  type LinkId,
  type IdentityProviderId,
  type LinkKind,
  type Role,
  type SessionId,
  type SsoNeed,
  type TenantId,
  type UserId,
} from '#domain';
import type {
  AppUser as UserRow,
  Membership as MembershipRow,
  OneTimeLink as LinkRow,
  Session as SessionRow,
} from '../generated/client.js';
import { instantOf, instantOrNull } from './times.js';

/** Somebody who signs in. */
export interface UserRecord {
  id: UserId;
  /** In lower case. */
  email: string;
  name: string;
  createdAt: Instant;
  lastSignInAt: Instant | null;
}

/** What somebody is to a tenant, or without one to the installation. */
export interface MembershipRecord {
  userId: UserId;
  tenantId: TenantId | null;
  tenantName: string | null;
  /** The tenant lets members in only with a second factor. */
  requiresTotp: boolean;
  /** By what members come in; null: also by a password. */
  requiresSso: SsoNeed;
  role: Role;
  agentId: AgentId | null;
}

/** Somebody with all that they are. */
export interface PersonRecord extends UserRecord {
  hasPassword: boolean;
  /** Signing in wants a code too. */
  hasTotp: boolean;
  memberships: MembershipRecord[];
}

export const SESSION_METHODS = ['password', 'link', 'oidc'] as const;
/** How somebody signed in. */
export type SessionMethod = (typeof SESSION_METHODS)[number];

export interface SessionRecord {
  id: SessionId;
  userId: UserId;
  method: SessionMethod;
  /** A code was given when it was opened, or since. */
  secondFactor: boolean;
  createdAt: Instant;
  lastSeenAt: Instant;
  expiresAt: Instant;
  address: string | null;
  userAgent: string | null;
  /** Who answered for them; null for who came by a password or a link. */
  providerId: IdentityProviderId | null;
  /** Whose provider that is: the session is somebody to that tenant alone. Null for the installation's. */
  tenantId: TenantId | null;
}

/** A link that lets somebody in once. What it does not need is null. */
export interface LinkRecord {
  id: LinkId;
  kind: LinkKind;
  tenantId: TenantId | null;
  tenantName: string | null;
  email: string | null;
  role: Role | null;
  agentId: AgentId | null;
  userId: UserId | null;
  createdAt: Instant;
  expiresAt: Instant;
  usedAt: Instant | null;
}

/** A member as a tenant sees them. */
export interface MemberRecord extends UserRecord {
  role: Role;
  agentId: AgentId | null;
  /** Since when they are a member. */
  memberSince: Instant;
}

const ofTenant = { tenant: { select: { name: true, requiresTotp: true } } } as const;
const enforcing = { where: { enabled: true, enforced: true }, select: { id: true }, take: 1 } as const;
const ofMembership = {
  tenant: { select: { ...ofTenant.tenant.select, identityProviders: enforcing } },
} as const;
export const WITH_MEMBERSHIPS = {
  memberships: { include: ofMembership, orderBy: { id: 'asc' } },
} as const;
export const WITH_PROVIDER = {
  provider: { select: { tenantId: true, enabled: true, answersSince: true } },
} as const;
export const WITH_TENANT = ofTenant;

type WithTenant<Row> = Row & { tenant: { name: string; requiresTotp: boolean } | null };
type WithEnforcing<Row> = Row & {
  tenant: { name: string; requiresTotp: boolean; identityProviders: { id: string }[] } | null;
};

export function userOf(row: UserRow): UserRecord {
  return {
    id: id<UserId>(row.id),
    email: row.email,
    name: row.name,
    createdAt: instantOf(row.createdAt),
    lastSignInAt: instantOrNull(row.lastSignInAt),
  };
}

/** @param everywhere  whether the installation lets members of all tenants in only by single sign-on */
export function personOf(
  row: UserRow & { memberships: WithEnforcing<MembershipRow>[] },
  everywhere = false,
): PersonRecord {
  return {
    ...userOf(row),
    hasPassword: row.passwordHash !== null,
    hasTotp: row.totpSince !== null,
    memberships: row.memberships.map((membership) => membershipOf(membership, everywhere)),
  };
}

function membershipOf(row: WithEnforcing<MembershipRow>, everywhere: boolean): MembershipRecord {
  return {
    userId: id<UserId>(row.userId),
    tenantId: idOrNull<TenantId>(row.tenantId),
    tenantName: row.tenant?.name ?? null,
    requiresTotp: row.tenant?.requiresTotp ?? false,
    requiresSso: ssoNeedOf(row, everywhere),
    role: row.role as Role,
    agentId: idOrNull<AgentId>(row.agentId),
  };
}

/** Operators are asked for their password all the same: they are let in where a provider does not answer. */
function ssoNeedOf({ tenant }: WithEnforcing<MembershipRow>, everywhere: boolean): SsoNeed {
  if (tenant === null) return null;
  if (tenant.identityProviders.length > 0) return 'own';
  return everywhere ? 'any' : null;
}

export function memberOf(row: MembershipRow & { user: UserRow }): MemberRecord {
  return {
    ...userOf(row.user),
    role: row.role as Role,
    agentId: idOrNull<AgentId>(row.agentId),
    memberSince: instantOf(row.createdAt),
  };
}

export function sessionOf(row: SessionRow & { provider: { tenantId: string | null } | null }): SessionRecord {
  return {
    id: id<SessionId>(row.id),
    userId: id<UserId>(row.userId),
    method: row.method as SessionMethod,
    secondFactor: row.secondFactor,
    createdAt: instantOf(row.createdAt),
    lastSeenAt: instantOf(row.lastSeenAt),
    expiresAt: instantOf(row.expiresAt),
    address: row.address,
    userAgent: row.userAgent,
    providerId: idOrNull<IdentityProviderId>(row.providerId),
    tenantId: idOrNull<TenantId>(row.provider?.tenantId ?? null),
  };
}

export function linkOf(row: WithTenant<LinkRow>): LinkRecord {
  return {
    id: id<LinkId>(row.id),
    kind: row.kind as LinkKind,
    tenantId: idOrNull<TenantId>(row.tenantId),
    tenantName: row.tenant?.name ?? null,
    email: row.email,
    role: row.role as Role | null,
    agentId: idOrNull<AgentId>(row.agentId),
    userId: idOrNull<UserId>(row.userId),
    createdAt: instantOf(row.createdAt),
    expiresAt: instantOf(row.expiresAt),
    usedAt: instantOrNull(row.usedAt),
  };
}

function idOrNull<T extends AgentId | IdentityProviderId | TenantId | UserId>(text: string | null): T | null {
  return text === null ? null : id<T>(text);
}
