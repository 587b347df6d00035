import type { FastifyRequest } from 'fastify';
import type { TenantId } from '#domain';
import type { PhoneRepository } from '#db';
import type { Identify } from '../access/identify.js';
import { originOfSocket } from './socket-address.js';

export interface PhoneSocketsParts {
  phones: Pick<PhoneRepository, 'sockets'>;
  identify: Pick<Identify, 'caller'>;
}

/** The WebSockets of PBXs that a page of ours may open, as its policy names them: only those of who looks at it. */
export class PhoneSockets {
  constructor(private readonly parts: PhoneSocketsParts) {}

  /** Of the tenants whose agent the sender is; none for who has not signed in. */
  async ofRequest({ headers, socket, method }: FastifyRequest): Promise<readonly string[]> {
    try {
      const asking = { method, headers, remoteAddress: socket.remoteAddress };
      const { person } = await this.parts.identify.caller(asking);
      const memberships = person?.signedIn.person.memberships ?? [];
      const tenants = memberships.flatMap(({ tenantId, agentId }) =>
        tenantId === null || agentId === null ? [] : [tenantId],
      );
      const all = await Promise.all(tenants.map((tenant) => this.ofTenant(tenant)));
      return [...new Set(all.flat())];
    } catch {
      // A page is shown to anybody; the phone in it asks by itself, and is told what is wrong.
      return [];
    }
  }

  async ofTenant(tenant: TenantId): Promise<readonly string[]> {
    const addresses = await this.parts.phones.sockets(tenant);
    return [...new Set(addresses.flatMap((address) => originOfSocket(address) ?? []))];
  }
}
