import type { IncomingHttpHeaders } from 'node:http';
import { AppError, isUuid, notFound, RIGHTS_OF, satisfiesSso, type Role, type TenantId } from '#domain';
import type { ApiKeyRecord, MembershipRecord, PersonRecord } from '#db';
import { sourceAddress, sourceKey, type Clock, type Env } from '#platform';
import type { Caller } from './caller.js';
import { judgeKey, keyMissing } from './judge-key.js';
import { judgeChange, judgeHandshake } from './judge-origin.js';
import type { KeyDirectory } from './key-directory.js';
import { cookieRules, sessionCookie, type OurCookie } from './session-cookie.js';
import { PortalDirectory } from './portal-directory.js';
import type { SessionDirectory } from './session-directory.js';

/** The header by which those who may act for several tenants say for which one. */
export const TENANT_HEADER = 'switchhook-tenant';

const BEARER = /^Bearer +(\S{1,200})$/i;
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What is looked at of a request, or of the handshake of a socket. */
export interface Asking {
  /** `HANDSHAKE` for a socket. */
  method: string;
  headers: IncomingHttpHeaders;
  remoteAddress: string | undefined;
  /** For which tenant, where the header cannot say it; a browser's socket can send none. */
  tenant?: string | undefined;
}

export interface IdentifyParts {
  keys: Pick<KeyDirectory, 'key' | 'tenantExists' | 'used'>;
  sessions: Pick<SessionDirectory, 'signedIn'>;
  portals: Pick<PortalDirectory, 'pass'>;
  clock: Pick<Clock, 'now'>;
  env: Pick<Env, 'INGRESS_TRUST_PROXY' | 'PUBLIC_URL' | 'API_PUBLIC_URL'>;
}

/** Who is it? Finds the key or the session of a request, and the tenant that it is about. Knows nothing of Nest. */
export class Identify {
  private readonly cookie: OurCookie;

  constructor(private readonly parts: IdentifyParts) {
    this.cookie = sessionCookie(cookieRules(parts.env));
  }

  /**
   * A request with `Authorization` is a machine's or a portal's, and its cookie is never looked at.
   *
   * @throws AppError 401 `key.*`, `session.ended` or `portal.ended`, 429 for who sends one wrong token after the other, 403 `tenant.forbidden` or
   *   `session.cross_site`, 404 for a tenant that there is not or that is not theirs
   */
  async caller(asking: Asking): Promise<Caller> {
    const { authorization, cookie } = asking.headers;
    if (authorization !== undefined) return this.byKey(asking, BEARER.exec(authorization)?.[1]);
    const token = this.cookie.read(cookie);
    return token === undefined ? this.byKey(asking, undefined) : this.bySession(asking, token);
  }

  /** Where a request comes from, as it is counted. */
  sourceOf({ headers, remoteAddress }: Pick<Asking, 'headers' | 'remoteAddress'>): string {
    return sourceKey(this.addressOf({ headers, remoteAddress }));
  }

  addressOf({ headers, remoteAddress }: Pick<Asking, 'headers' | 'remoteAddress'>): string | null {
    return sourceAddress(headers['x-forwarded-for'], remoteAddress, this.parts.env.INGRESS_TRUST_PROXY);
  }

  /** @throws AppError 403 `session.cross_site` unless a page of ours asks for a change */
  assertOurPage(headers: IncomingHttpHeaders): void {
    const problem = judgeChange(headers, this.publicUrl());
    if (problem) throw problem;
  }

  private async byKey(asking: Asking, token: string | undefined): Promise<Caller> {
    if (token === undefined) throw keyMissing();
    if (PortalDirectory.isMeant(token)) return this.byPortal(asking, token);
    const key = await this.parts.keys.key(token, this.sourceOf(asking));
    const problem = judgeKey(key, this.parts.clock.now());
    if (problem || !key) throw problem ?? keyMissing();
    this.parts.keys.used(key);
    return {
      actor: { kind: 'key', id: key.id },
      scopes: key.scopes,
      operator: key.tenantId === null,
      tenant: await this.tenantOfKey(key, wantedTenant(asking)),
      person: null,
    };
  }

  /** A portal is for one tenant. It has no scope: nothing is told to it that is told to some keys only. */
  private async byPortal(asking: Asking, token: string): Promise<Caller> {
    const pass = await this.parts.portals.pass(token, this.sourceOf(asking));
    const { id, tenantId: tenant } = pass.portal;
    const wanted = wantedTenant(asking);
    if (wanted !== null && wanted !== tenant) throw notFound('tenant');
    return { actor: { kind: 'portal', id }, scopes: [], operator: false, tenant, person: null, portal: pass };
  }

  private async bySession(asking: Asking, token: string): Promise<Caller> {
    const isHandshake = asking.method === 'HANDSHAKE';
    if (isHandshake || !SAFE.has(asking.method)) {
      const judge = isHandshake ? judgeHandshake : judgeChange;
      const problem = judge(asking.headers, this.publicUrl());
      if (problem) throw problem;
    }
    const signedIn = await this.parts.sessions.signedIn(token, this.sourceOf(asking));
    const { person, session } = signedIn;
    const { tenant, role, member } = await this.standingOf(person, wantedTenant(asking));
    return {
      actor: { kind: 'user', id: person.id },
      scopes: scopesOf(role),
      operator: role === 'operator',
      tenant,
      person: {
        signedIn,
        role,
        needsTotp: member !== undefined && member.requiresTotp && !session.secondFactor,
        needsSso: member !== undefined && !satisfiesSso(member.requiresSso, tenant, session),
      },
    };
  }

  /** Operators act for whom they say, others for whom they belong to: who belongs to one tenant need not say which. */
  private async standingOf(
    { memberships }: PersonRecord,
    wanted: TenantId | null,
  ): Promise<{ tenant: TenantId | null; role: Role | null; member?: MembershipRecord }> {
    if (memberships.some(({ role }) => role === 'operator')) {
      if (wanted !== null) await this.assertTenant(wanted);
      return { tenant: wanted, role: 'operator' };
    }
    if (wanted === null && memberships.length > 1) return { tenant: null, role: null };
    const meant = wanted === null ? memberships[0] : memberships.find(({ tenantId }) => tenantId === wanted);
    if (meant) {
      const { tenantId: tenant, role } = meant;
      return { tenant, role, member: meant };
    }
    if (wanted !== null) throw notFound('tenant');
    return { tenant: null, role: null };
  }

  private async tenantOfKey(key: ApiKeyRecord, wanted: TenantId | null): Promise<TenantId | null> {
    if (wanted === null) return key.tenantId;
    if (key.tenantId !== null) {
      if (wanted === key.tenantId) return key.tenantId;
      throw new AppError('rejected', 'tenant.forbidden', 'This API key belongs to another tenant.', {
        status: 403,
      });
    }
    await this.assertTenant(wanted);
    return wanted;
  }

  private async assertTenant(wanted: TenantId): Promise<void> {
    if (!isUuid(wanted) || !(await this.parts.keys.tenantExists(wanted))) throw notFound('tenant');
  }

  private publicUrl(): string | undefined {
    return this.parts.env.API_PUBLIC_URL ?? this.parts.env.PUBLIC_URL;
  }
}

/** In lower case; whether it is an id at all is for whoever looks it up. */
function wantedTenant({ headers, tenant }: Asking): TenantId | null {
  const wanted = tenant ?? headers[TENANT_HEADER];
  return wanted === undefined ? null : (String(wanted).toLowerCase() as TenantId);
}

/** For what asks for a scope inside an operation. */
function scopesOf(role: Role | null): readonly string[] {
  if (role === null) return [];
  const rights = RIGHTS_OF[role];
  if (rights.includes('manage')) return ['admin'];
  return rights.includes('handle') ? ['write'] : [];
}
