import { AppError, type IdentityProviderId } from '#domain';
import {
  OPERATOR,
  sealedFor,
  type IdentityProviderFields,
  type IdentityProviderRecord,
  type IdentityProviderRepository,
  type Whose,
} from '#db';
import { checkTargetUrl, newId, type SecretBox, type TargetPolicy } from '#platform';
import { whoseOf, type Caller } from '../access/caller.js';
import type { SessionDirectory } from '../access/session-directory.js';
import { whoseAsked } from '../access/whose-asked.js';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type {
  IdentityProviderDto,
  IdentityProviderPageDto,
  IdentityProviderPatchDto,
  IdentityProviderQueryDto,
  IdentityProviderTestDto,
  NewIdentityProviderDto,
} from './identity-provider.dto.js';
import type { OidcClient } from './oidc-client.js';

export interface IdentityProviderDeskParts {
  providers: IdentityProviderRepository;
  client: Pick<OidcClient, 'look'>;
  directory: Pick<SessionDirectory, 'forgetProvider'>;
  box: Pick<SecretBox, 'seal'>;
  targets: TargetPolicy;
  redirectUri: () => string;
}

const HERE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Who answers for people elsewhere: for a tenant's, or for all by the installation's. */
export class IdentityProviderDesk {
  constructor(private readonly parts: IdentityProviderDeskParts) {}

  async create(caller: Caller, draft: NewIdentityProviderDto): Promise<IdentityProviderDto> {
    const whose = whoseAsked(caller, draft.operator ?? false);
    const id = newId<IdentityProviderId>();
    const { label, clientId, domains, role = null, enforced = false, enabled = true } = draft;
    assertRole(whose, role);
    const fields: IdentityProviderFields = {
      label,
      issuer: this.checkedIssuer(draft.issuer),
      clientId,
      sealedSecret: this.sealed(id, draft.clientSecret ?? null),
      domains,
      role,
      enforced,
      enabled,
    };
    return this.view(await this.parts.providers.create(whose, id, fields, caller.actor));
  }

  async list(caller: Caller, query: IdentityProviderQueryDto): Promise<IdentityProviderPageDto> {
    const whose = whoseAsked(caller, query.operator ?? false);
    const page = await this.parts.providers.list(whose, pageAsk(query));
    return pageAnswer(page, (provider) => this.view(provider));
  }

  async get(caller: Caller, id: IdentityProviderId): Promise<IdentityProviderDto> {
    return this.view(await this.found(caller, id));
  }

  /** A secret goes only to whom it was given for, so another issuer or client needs it anew. */
  async patch(
    caller: Caller,
    id: IdentityProviderId,
    { clientSecret, issuer, ...rest }: IdentityProviderPatchDto,
  ): Promise<IdentityProviderDto> {
    const whose = whoseOf(caller);
    assertRole(whose, rest.role ?? null);
    if (rest.domains?.length === 0)
      throw invalidRequest([{ field: 'domains', message: 'domains must name one' }]);
    const before = await this.found(caller, id);
    const checked = issuer === undefined ? undefined : this.checkedIssuer(issuer);
    const isOther =
      (checked ?? before.issuer) !== before.issuer || (rest.clientId ?? before.clientId) !== before.clientId;
    if (isOther && before.sealedSecret !== null && clientSecret === undefined) {
      const message = 'clientSecret is needed once more with another issuer or clientId';
      throw invalidRequest([{ field: 'clientSecret', message }]);
    }
    const fields = {
      ...rest,
      issuer: checked,
      sealedSecret: clientSecret === undefined ? undefined : this.sealed(id, clientSecret),
    };
    const provider = await this.parts.providers.patch(whose, id, fields, caller.actor);
    this.parts.directory.forgetProvider(id);
    return this.view(provider);
  }

  async remove(caller: Caller, id: IdentityProviderId): Promise<void> {
    await this.parts.providers.remove(whoseOf(caller), id, caller.actor);
    this.parts.directory.forgetProvider(id);
  }

  /** Asks the provider what it is, now, and says in words what is wrong. */
  async test(caller: Caller, id: IdentityProviderId): Promise<IdentityProviderTestDto> {
    const provider = await this.found(caller, id);
    try {
      const { authorization_endpoint, token_endpoint } = await this.parts.client.look(provider);
      const endpoints = {
        authorizationEndpoint: authorization_endpoint ?? null,
        tokenEndpoint: token_endpoint ?? null,
      };
      const missing = Object.entries(endpoints).find(([, url]) => url === null);
      const problem = missing === undefined ? null : `It does not say its ${missing[0]}.`;
      return { ok: problem === null, code: problem && 'oidc.provider_wrong', problem, ...endpoints };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const nothing = { authorizationEndpoint: null, tokenEndpoint: null };
      return { ok: false, code: error.code, problem: error.message, ...nothing };
    }
  }

  private async found(caller: Caller, id: IdentityProviderId): Promise<IdentityProviderRecord> {
    return found(await this.parts.providers.get(whoseOf(caller), id), 'identity provider');
  }

  /** @throws AppError `request.invalid` */
  private checkedIssuer(text: string): string {
    const verdict = checkTargetUrl(text, this.parts.targets);
    if (!verdict.ok) throw invalidRequest([{ field: 'issuer', message: verdict.reason }]);
    const { url } = verdict;
    const isSecure = url.protocol === 'https:' || HERE.has(url.hostname);
    if (!isSecure || url.search !== '' || url.hash !== '') {
      const message = 'issuer must begin with https:// and have neither query nor fragment';
      throw invalidRequest([{ field: 'issuer', message }]);
    }
    // As it was given: what the provider calls itself is compared with it to the letter.
    return text;
  }

  private sealed(id: IdentityProviderId, secret: string | null): string | null {
    return secret === null ? null : this.parts.box.seal(secret, sealedFor.identityProvider(id));
  }

  private view(provider: IdentityProviderRecord): IdentityProviderDto {
    const { id, tenantId, label, issuer, clientId, sealedSecret, domains, role, enforced, enabled } =
      provider;
    return {
      id,
      tenantId,
      label,
      issuer,
      clientId,
      hasSecret: sealedSecret !== null,
      domains,
      role,
      enforced,
      enabled,
      redirectUri: this.parts.redirectUri(),
      createdAt: timeText(provider.createdAt),
      updatedAt: timeText(provider.updatedAt),
    };
  }
}

/** @throws AppError `request.invalid` */
function assertRole(whose: Whose, role: string | null): void {
  if (whose !== OPERATOR || role === null) return;
  const message = 'role is for providers of tenants: the installation’s lets in only who is somebody already';
  throw invalidRequest([{ field: 'role', message }]);
}
