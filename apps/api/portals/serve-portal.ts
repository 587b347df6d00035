import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { isUuid, type TenantId } from '#domain';
import type { PortalRepository } from '#db';
import type { Clock } from '#platform';
import { PORTAL_PAGE, PORTAL_SCRIPT, PORTAL_SCRIPT_PATH, portalPolicy, portalText } from './portal-page.js';

const KEEP_MS = 10_000;
/** Tenants remembered at most. */
const KEEP_MOST = 5_000;

export interface ServePortalParts {
  portals: Pick<PortalRepository, 'origins'>;
  clock: Pick<Clock, 'now'>;
}

/** Serves the page of portals. It holds no data; whose page may have it in a frame is all that depends on the tenant. */
export function servePortal(fastify: Pick<FastifyInstance, 'get'>, parts: ServePortalParts): void {
  const framers = new Framers(parts);
  fastify.get(PORTAL_PAGE, async (request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    const { t: tenant } = request.query as { t?: unknown };
    return reply
      .type('text/html; charset=utf-8')
      .headers({
        'content-security-policy': portalPolicy(nonce, await framers.of(tenant)),
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      .send(portalText(nonce));
  });
  fastify.get(PORTAL_SCRIPT_PATH, (_, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(PORTAL_SCRIPT),
  );
}

/** Which pages may show the portals of a tenant. Anybody may ask, so the answer is kept for a moment. */
class Framers {
  private readonly known = new Map<string, { until: number; origins: readonly string[] }>();

  constructor(private readonly parts: ServePortalParts) {}

  async of(tenant: unknown): Promise<readonly string[]> {
    if (typeof tenant !== 'string' || !isUuid(tenant)) return [];
    const now = this.parts.clock.now();
    const kept = this.known.get(tenant);
    if (kept !== undefined && kept.until > now) return kept.origins;
    const origins = await this.parts.portals.origins(tenant as TenantId);
    if (this.known.size >= KEEP_MOST) this.known.clear();
    this.known.set(tenant, { until: now + KEEP_MS, origins });
    return origins;
  }
}
