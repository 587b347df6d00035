import type { IncomingHttpHeaders } from 'node:http';
import { AppError, id, isUuid, notFound, type AgentId, type ApiKeyId, type TenantId } from '#domain';
import type { ApiKeyRepository } from '#db';
import { sourceAddress, sourceKey, type Clock } from '#platform';
import { tenantRequired } from '../access/caller.js';
import { judgeKey, keyMissing } from '../access/judge-key.js';
import type { KeyDirectory } from '../access/key-directory.js';
import { allows } from '../access/scopes.js';

/** What somebody who connects shows. */
export interface LiveRequest {
  /** As the client's `auth` has it, or its query where its protocol knows no `auth`. */
  token: string | undefined;
  /** The tenant that an operator acts for. */
  tenant: string | undefined;
  /** Of the request that became the connection: cookies and the origin are in them. */
  headers: IncomingHttpHeaders;
  /** The other end of the connection. */
  peer: string | undefined;
}

/** Who listens, and to what they may. */
export interface LiveIdentity {
  tenant: TenantId;
  /** What it stands on, such as a key's id: connections end when that does. */
  standsOn: string;
  /** Whose popups and state it may hear; `all` hears everything of the tenant. */
  agents: 'all' | readonly AgentId[];
}

/** Who may listen. The one place that knows API keys; sessions of people come in here as well. */
export interface LiveGate {
  /** @throws AppError which is told to the client as `connect_error` */
  identify(request: LiveRequest): Promise<LiveIdentity>;
  /** @returns those that stand no more */
  fallen(standsOn: readonly string[]): Promise<string[]>;
}

export interface KeyGateParts {
  directory: Pick<KeyDirectory, 'key' | 'used' | 'tenantExists'>;
  keys: Pick<ApiKeyRepository, 'standing'>;
  clock: Pick<Clock, 'now'>;
  /** Proxies of our own in front: see `sourceAddress`. */
  hops: number;
}

/** Lets in whoever has an API key that may read. */
export class KeyGate implements LiveGate {
  constructor(private readonly parts: KeyGateParts) {}

  /** @throws AppError `key.*`, `scope.missing`, `tenant.*`, `resource.not_found` */
  async identify({ token, tenant, headers, peer }: LiveRequest): Promise<LiveIdentity> {
    if (token === undefined || token === '') throw keyMissing();
    const { directory, clock, hops } = this.parts;
    const source = sourceKey(sourceAddress(headers['x-forwarded-for'], peer, hops));
    const key = await directory.key(token, source);
    const problem = judgeKey(key, clock.now());
    if (problem || !key) throw problem ?? keyMissing();
    if (!allows(key.scopes, 'read')) {
      throw new AppError('rejected', 'scope.missing', 'This API key lacks the scope "read".', {
        status: 403,
      });
    }
    directory.used(key);
    return { tenant: await this.tenantOf(key.tenantId, tenant), standsOn: key.id, agents: 'all' };
  }

  async fallen(standsOn: readonly string[]): Promise<string[]> {
    const standing = await this.parts.keys.standing(standsOn.map((one) => id<ApiKeyId>(one)));
    return standsOn.filter((one) => !standing.has(id<ApiKeyId>(one)));
  }

  private async tenantOf(own: TenantId | null, wanted: string | undefined): Promise<TenantId> {
    if (wanted === undefined) {
      if (own === null) throw tenantRequired();
      return own;
    }
    const tenant = wanted.toLowerCase() as TenantId;
    if (own === tenant) return own;
    if (own !== null) {
      throw new AppError('rejected', 'tenant.forbidden', 'This API key belongs to another tenant.', {
        status: 403,
      });
    }
    if (!isUuid(tenant) || !(await this.parts.directory.tenantExists(tenant))) throw notFound('tenant');
    return tenant;
  }
}
