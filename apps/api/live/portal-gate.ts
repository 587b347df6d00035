import { AppError, id, notFound, type PortalId } from '#domain';
import type { PortalRecord, PortalRepository } from '#db';
import { sourceAddress, sourceKey } from '#platform';
import type { PortalDirectory } from '../access/portal-directory.js';
import type { LiveGate, LiveIdentity, LiveRequest } from './live-identity.js';

/** What a name of a foundation begins with that is a portal. */
export const PORTAL_NAME = 'portal:';

export interface PortalGateParts {
  directory: Pick<PortalDirectory, 'pass'>;
  portals: Pick<PortalRepository, 'standing'>;
  /** Proxies of our own in front: see `sourceAddress`. */
  hops: number;
}

/** Lets in portals of calls, which hear all, and of an agent, which hear what is that agent's. They stay until the portal ends. */
export class PortalGate implements LiveGate {
  constructor(private readonly parts: PortalGateParts) {}

  /** @throws AppError `portal.*`, `resource.not_found` for another tenant */
  async identify({ token = '', tenant: wanted, headers, peer }: LiveRequest): Promise<LiveIdentity> {
    const { directory, hops } = this.parts;
    const { portal } = await directory.pass(
      token,
      sourceKey(sourceAddress(headers['x-forwarded-for'], peer, hops)),
    );
    const { tenantId: tenant } = portal;
    if (wanted !== undefined && wanted.toLowerCase() !== tenant) throw notFound('tenant');
    return { tenant, standsOn: PORTAL_NAME + portal.id, agents: hears(portal) };
  }

  async fallen(standsOn: readonly string[]): Promise<string[]> {
    const idOf = (name: string) => id<PortalId>(name.slice(PORTAL_NAME.length));
    const standing = await this.parts.portals.standing(standsOn.map(idOf));
    return standsOn.filter((name) => !standing.has(idOf(name)));
  }
}

function hears({ areas, agentId }: PortalRecord): LiveIdentity['agents'] {
  if (areas.includes('calls')) return 'all';
  if (agentId !== null) return [agentId];
  const message = `This portal is for ${areas.join(', ')}, and hears of no calls.`;
  throw new AppError('rejected', 'portal.not_for_this', message, { status: 403, details: { areas } });
}
