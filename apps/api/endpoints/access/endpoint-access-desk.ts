import {
  readEndpointAccess,
  type Actor,
  type EndpointAccess,
  type EndpointAuth,
  type EndpointId,
  type TenantId,
} from '#domain';
import {
  sealedFor,
  type AccessChange,
  type EndpointAccessRepository,
  type EndpointPlaces,
  type EndpointRepository,
} from '#db';
import type { Clock, SecretBox, TargetPolicy } from '#platform';
import type { Ringer } from '#queues';
import { accessView } from './access-view.js';
import { expiryOf } from './certificate-auth.js';
import type { EndpointAccessDto, EndpointAccessPutDto } from './endpoint-access.dto.js';
import { found } from '../../http/found.js';
import { isMail, mailHasNone } from '../mail-rules.js';
import { readAccess } from './read-access.js';
import { requireHttps } from '../require-https.js';
import { withSignIn } from './with-sign-in.js';

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
    const endpoint = found(await this.parts.endpoints.get(tenant, id), 'endpoint');
    if (isMail(endpoint.format)) throw mailHasNone('headers and credentials of its own');
    const filled = { ...wish, auth: withSignIn(wish.auth, endpoint) };
    const access = readAccess(filled, this.parts.targets, this.parts.clock.now());
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
    const before = await this.kept(tenant, id);
    const text = access && JSON.stringify(access);
    const after = readEndpointAccess(text);
    const change = {
      sealed: text === null ? null : box.seal(text, sealedFor.endpointAccess(id)),
      expiresAt: expiryOf(after.auth),
      grants: grantsAfter(before.auth, after.auth),
      changes: { access: { from: accessView(before), to: accessView(after) } },
      mayGoTo: (places: EndpointPlaces) => {
        requireHttps(after, places);
      },
    };
    const replayId = await repository.set(tenant, id, change, by);
    // What waited for a breaker may go at once.
    ringer.ring('endpoint', [id]);
    if (replayId !== null) ringer.ring('replay', [replayId]);
  }

  private async kept(tenant: TenantId, id: EndpointId): Promise<EndpointAccess> {
    const { sealed } = await this.parts.access.get(tenant, id);
    return readEndpointAccess(
      sealed === null ? null : this.parts.box.open(sealed, sealedFor.endpointAccess(id)),
    );
  }
}

/** Grants are of a client at a server: with another one they are worth nothing, and its secrets are not for the other. */
function grantsAfter(before: EndpointAuth, after: EndpointAuth): AccessChange['grants'] {
  if (after.kind !== 'oauth2_code') return 'remove';
  const isSame =
    before.kind === 'oauth2_code' && before.tokenUrl === after.tokenUrl && before.clientId === after.clientId;
  return isSame ? 'keep' : 'void';
}
