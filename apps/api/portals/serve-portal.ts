import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { isUuid, type TenantId } from '#domain';
import type { PortalRepository } from '#db';
import type { Clock } from '#platform';
import { CONSOLE_PERMISSIONS, consolePolicy } from '../console/console-policy.js';
import type { PhoneSockets } from '../phones/phone-sockets.js';
import { PORTAL_PAGE, PORTAL_SCRIPT, PORTAL_SCRIPT_PATH, portalPolicy, portalText } from './portal-page.js';

const KEEP_MS = 10_000;
/** For how long a tenant has no agent's portal: one that is made meanwhile wants its phone's WebSocket. */
const KEEP_NONE_MS = 1_000;
/** Tenants remembered at most. */
const KEEP_MOST = 5_000;

export interface ServePortalParts {
  portals: Pick<PortalRepository, 'origins' | 'hasAgents'>;
  /** WebSockets of a tenant's phones. */
  sockets: Pick<PhoneSockets, 'ofTenant'>;
  clock: Pick<Clock, 'now'>;
  /** Of the console, with `%NONCE%` wherever one belongs; without it there is a plain page, which only says what it is for. */
  page?: string | undefined;
}

const NONCE = /%NONCE%/g;

/** Serves the page of portals. It holds no data; whose page may have it in a frame is all that depends on the tenant. */
export function servePortal(fastify: Pick<FastifyInstance, 'get'>, parts: ServePortalParts): void {
  const framers = new Framers(parts);
  const { page } = parts;
  fastify.get(PORTAL_PAGE, async (request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    const { t: tenant } = request.query as { t?: unknown };
    const known = await framers.of(tenant);
    return reply
      .type('text/html; charset=utf-8')
      .headers({
        'content-security-policy': policyOf(nonce, known, page !== undefined),
        'permissions-policy': CONSOLE_PERMISSIONS,
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      .send(page === undefined ? portalText(nonce) : page.replace(NONCE, nonce));
  });
  fastify.get(PORTAL_SCRIPT_PATH, (_, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(PORTAL_SCRIPT),
  );
}

function policyOf(nonce: string, { origins, sockets }: KnownOfTenant, isConsole: boolean): string {
  if (!isConsole) return portalPolicy(nonce, origins);
  // The picture of its look is of whoever shows the portal.
  return consolePolicy(nonce, { framers: origins, pictures: ['https:'], sockets });
}

interface KnownOfTenant {
  /** Pages that may show its portals. */
  origins: readonly string[];
  /** That the phone of an agent in one may open. Anybody may ask for the page, so none are told where no agent has a portal. */
  sockets: readonly string[];
}

/** Which pages may show the portals of a tenant. Anybody may ask, so the answer is kept for a moment. */
class Framers {
  private readonly known = new Map<string, KnownOfTenant & { until: number }>();

  constructor(private readonly parts: ServePortalParts) {}

  async of(tenant: unknown): Promise<KnownOfTenant> {
    if (typeof tenant !== 'string' || !isUuid(tenant)) return { origins: [], sockets: [] };
    const now = this.parts.clock.now();
    const kept = this.known.get(tenant);
    if (kept !== undefined && kept.until > now) return kept;
    const origins = await this.parts.portals.origins(tenant as TenantId);
    const hasAgents = await this.parts.portals.hasAgents(tenant as TenantId);
    const sockets = hasAgents ? await this.parts.sockets.ofTenant(tenant as TenantId) : [];
    if (this.known.size >= KEEP_MOST) this.known.clear();
    this.known.set(tenant, { until: now + (hasAgents ? KEEP_MS : KEEP_NONE_MS), origins, sockets });
    return { origins, sockets };
  }
}
