import { readEndpointAccess, type Actor, type EndpointAccess, type EndpointId, type TenantId } from '#domain';
import { sealedFor, type EndpointAccessRepository, type EndpointPlaces, type EndpointRepository } from '#db';
import type { Clock, SecretBox, TargetPolicy } from '#platform';
import type { Ringer } from '#queues';
import { authorityViews, certificateView, expiryOf } from './certificate-auth.js';
import type { EndpointAccessDto, EndpointAccessPutDto } from './endpoint-access.dto.js';
import { found } from '../../http/found.js';
import { isMail, mailHasNone } from '../mail-rules.js';
import { readAccess } from './read-access.js';
import { requireHttps } from '../require-https.js';

export interface EndpointAccessDeskParts {
  access: Pick<EndpointAccessRepository, 'get' | 'set'>;
  endpoints: Pick<EndpointRepository, 'get'>;
  ringer: Pick<Ringer, 'ring'>;
  box: Pick<SecretBox, 'seal' | 'open'>;
  clock: Pick<Clock, 'now'>;
  targets: TargetPolicy;
}

/** What an endpoint's requests carry besides ours: set whole, shown without its secrets. */
export class EndpointAccessDesk {
  constructor(private readonly parts: EndpointAccessDeskParts) {}

  async get(tenant: TenantId, id: EndpointId): Promise<EndpointAccessDto> {
    return accessView(await this.kept(tenant, id));
  }

  /** @throws AppError `request.invalid`, `resource.not_found`, `endpoint.is_mail` */
  async put(
    tenant: TenantId,
    id: EndpointId,
    wish: EndpointAccessPutDto,
    by: Actor,
  ): Promise<EndpointAccessDto> {
    const { format } = found(await this.parts.endpoints.get(tenant, id), 'endpoint');
    if (isMail(format)) throw mailHasNone('headers and credentials of its own');
    const access = readAccess(wish, this.parts.targets, this.parts.clock.now());
    const isNone = access.auth.kind === 'none' && Object.keys(access.headers).length === 0;
    await this.set(tenant, id, isNone ? null : access, by);
    return accessView(access);
  }

  /** @throws AppError `resource.not_found` */
  async remove(tenant: TenantId, id: EndpointId, by: Actor): Promise<void> {
    await this.set(tenant, id, null, by);
  }

  private async set(
    tenant: TenantId,
    id: EndpointId,
    access: EndpointAccess | null,
    by: Actor,
  ): Promise<void> {
    const { access: repository, box, ringer } = this.parts;
    const before = accessView(await this.kept(tenant, id));
    const text = access && JSON.stringify(access);
    const after = readEndpointAccess(text);
    const change = {
      sealed: text === null ? null : box.seal(text, sealedFor.endpointAccess(id)),
      expiresAt: expiryOf(after.auth),
      changes: { access: { from: before, to: accessView(after) } },
      mayGoTo: (places: EndpointPlaces) => {
        requireHttps(after, places);
      },
    };
    await repository.set(tenant, id, change, by);
    // What waited for a breaker may go at once.
    ringer.ring('endpoint', [id]);
  }

  private async kept(tenant: TenantId, id: EndpointId): Promise<EndpointAccess> {
    const sealed = await this.parts.access.get(tenant, id);
    return readEndpointAccess(
      sealed === null ? null : this.parts.box.open(sealed, sealedFor.endpointAccess(id)),
    );
  }
}

function accessView({ headers, auth }: EndpointAccess): EndpointAccessDto {
  const client = auth.kind === 'oauth2' ? auth : null;
  const certified = auth.kind === 'certificate' ? auth : null;
  return {
    headers: Object.keys(headers),
    auth: {
      kind: auth.kind,
      user: auth.kind === 'basic' ? auth.user : null,
      tokenUrl: client?.tokenUrl ?? null,
      clientId: client?.clientId ?? null,
      scope: client?.scope ?? null,
      audience: client?.audience ?? null,
      sendAs: client?.sendAs ?? null,
      certificate: certified && certificateView(certified),
      serverAuthority: certified && authorityViews(certified),
    },
  };
}
