import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, isUuid, notFound, type TenantId } from '#domain';
import type { ApiKeyRecord } from '#db';
import { CLOCK, ENV, sourceAddress, sourceKey, type Clock, type Env } from '#platform';
import { setCaller } from './caller.js';
import { judgeKey, keyMissing } from './judge-key.js';
import { KeyDirectory } from './key-directory.js';

/** The header by which an operator key says for which tenant it acts. */
export const TENANT_HEADER = 'switchhook-tenant';

const BEARER = /^Bearer +(\S{1,200})$/i;

/** Who is it? Finds the key of a request and the tenant that it acts for. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    @Inject(KeyDirectory) private readonly directory: KeyDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** @throws AppError 401 `key.*`, 429 `key.too_many_wrong`, 403 `tenant.forbidden`, 404 for an unknown tenant */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    // What the API answers belongs to one caller, and some of it is shown once.
    void reply.header('cache-control', 'no-store');
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const key = token === undefined ? undefined : await this.directory.key(token, this.sourceOf(request));
    const problem = token === undefined ? keyMissing() : judgeKey(key, this.clock.now());
    if (problem || !key) {
      void reply.header('www-authenticate', 'Bearer');
      throw problem ?? keyMissing();
    }
    this.directory.used(key);
    setCaller(request, {
      actor: { kind: 'key', id: key.id },
      scopes: key.scopes,
      operator: key.tenantId === null,
      tenant: await this.tenantOf(key, request.headers[TENANT_HEADER]),
    });
    return true;
  }

  private sourceOf({ headers, socket }: FastifyRequest): string {
    const hops = this.env.INGRESS_TRUST_PROXY;
    return sourceKey(sourceAddress(headers['x-forwarded-for'], socket.remoteAddress, hops));
  }

  private async tenantOf(key: ApiKeyRecord, header: string | string[] | undefined): Promise<TenantId | null> {
    if (header === undefined) return key.tenantId;
    const wanted = String(header).toLowerCase();
    if (key.tenantId !== null) {
      if (wanted === key.tenantId) return key.tenantId;
      throw new AppError('rejected', 'tenant.forbidden', 'This API key belongs to another tenant.', {
        status: 403,
      });
    }
    const tenant = wanted as TenantId;
    if (!isUuid(wanted) || !(await this.directory.tenantExists(tenant))) throw notFound('tenant');
    return tenant;
  }
}
