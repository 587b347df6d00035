import {
  id,
  type AgentId,
  type Instant,
  type LinkId,
  type LinkKind,
  type Role,
  type SessionId,
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

export const SESSION_METHODS = ['password', 'link'] as const;
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
export const WITH_MEMBERSHIPS = { memberships: { include: ofTenant, orderBy: { id: 'asc' } } } as const;
export const WITH_TENANT = ofTenant;

type WithTenant<Row> = Row & { tenant: { name: string; requiresTotp: boolean } | null };

export function userOf(row: UserRow): UserRecord {
  return {
    id: id<UserId>(row.id),
    email: row.email,
    name: row.name,
    createdAt: instantOf(row.createdAt),
    lastSignInAt: instantOrNull(row.lastSignInAt),
  };
}

export function personOf(row: UserRow & { memberships: WithTenant<MembershipRow>[] }): PersonRecord {
  return {
    ...userOf(row),
    hasPassword: row.passwordHash !== null,
    hasTotp: row.totpSince !== null,
    memberships: row.memberships.map(membershipOf),
  };
}

function membershipOf(row: WithTenant<MembershipRow>): MembershipRecord {
  return {
    userId: id<UserId>(row.userId),
    tenantId: idOrNull<TenantId>(row.tenantId),
    tenantName: row.tenant?.name ?? null,
    requiresTotp: row.tenant?.requiresTotp ?? false,
    role: row.role as Role,
    agentId: idOrNull<AgentId>(row.agentId),
  };
}

export function memberOf(row: MembershipRow & { user: UserRow }): MemberRecord {
  return {
    ...userOf(row.user),
    role: row.role as Role,
    agentId: idOrNull<AgentId>(row.agentId),
    memberSince: instantOf(row.createdAt),
  };
}

export function sessionOf(row: SessionRow): SessionRecord {
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

function idOrNull<T extends AgentId | TenantId | UserId>(text: string | null): T | null {
  return text === null ? null : id<T>(text);
}
