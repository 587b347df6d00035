import {
  AppError,
  domainOf,
  instant,
  judgeIdentity,
  notFound,
  ownPath,
  SIGN_IN_ATTEMPT_MS,
  type Identity,
  type IdentityProviderId,
} from '#domain';
import type { IdentityProviderRecord, IdentityProviderRepository, SignInAttemptRepository } from '#db';
import { hashToken, newToken, type Clock, type Log } from '#platform';
import { invalidRequest } from '../http/validation.pipe.js';
import type { Browser, OpenSession } from '../sign-in/open-session.js';
import type { SignInThrottle } from '../sign-in/sign-in-throttle.js';
import type { OidcClient } from './oidc-client.js';
import type { KnownProviderListDto, OidcBeginDto } from './oidc.dto.js';

/** Where providers send people back to. It stands in their settings, so it never changes. */
export const CALLBACK_PATH = '/sign-in/oidc/callback';

export interface OidcDeskParts {
  providers: Pick<IdentityProviderRepository, 'ofDomain' | 'open' | 'comeIn'>;
  attempts: SignInAttemptRepository;
  client: OidcClient;
  open: OpenSession;
  throttle: Pick<SignInThrottle, 'countAddress' | 'forgiveAddress'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'info' | 'warn'>;
  /** What links begin with, without a slash at the end. */
  pagesUrl: () => string;
}

export interface Departure {
  /** Where the browser goes. */
  url: string;
  /** For the cookie that says it is the same browser that comes back. */
  token: string;
}

/** What a browser that comes back shows. */
export interface Return {
  /** With its question mark. */
  search: string;
  /** Of its cookie. */
  token: string | undefined;
  browser: Browser;
  /** See `sourceKey`. */
  source: string;
}

/** Signing in by somebody who answers for people elsewhere. */
export class OidcDesk {
  constructor(private readonly parts: OidcDeskParts) {}

  /** By the domain of an address alone: whether there is such a person makes no difference. */
  async providers(email: string): Promise<KnownProviderListDto> {
    const found = await this.ofEmail(email);
    return { data: found.map(({ id, label }) => ({ id, label })) };
  }

  /**
   * @param source  see `sourceKey`
   * @throws AppError 404 `oidc.no_provider`, 409 `oidc.several`, 400 `request.invalid`, 429 `sign_in.too_many`; as `OidcClient`
   */
  async begin(order: OidcBeginDto, source: string): Promise<Departure> {
    await this.parts.throttle.countAddress(source);
    const returnTo = ownPath(order.returnTo ?? '/sign-in');
    if (returnTo === null) {
      throw invalidRequest([
        { field: 'returnTo', message: 'returnTo must be a path of ours, such as /sign-in' },
      ]);
    }
    const provider = await this.chosen(order);
    const token = newToken('swb');
    const state = newToken('swt');
    const trip = { redirectUri: this.redirectUri(), state, token };
    const url = await this.parts.client.leave(provider, trip);
    await this.parts.attempts.begin({
      stateHash: hashToken(state),
      browserHash: hashToken(token),
      providerId: provider.id,
      returnTo,
      expiresAt: instant(this.parts.clock.now() + SIGN_IN_ATTEMPT_MS),
    });
    return { url, token };
  }

  /**
   * Signs in who comes back from a provider.
   *
   * @returns the token of the session, and where the browser goes on
   * @throws AppError 401 `oidc.*`, 403 `oidc.not_member`, 503 `oidc.provider_away`, 429 `sign_in.too_many`
   */
  async finish({ search, token, browser, source }: Return): Promise<Departure> {
    const { throttle, attempts, providers, client, open, log, pagesUrl } = this.parts;
    const state = new URLSearchParams(search).get('state');
    if (state === null || token === undefined) throw attemptUnknown();
    const attempt = await attempts.finish(hashToken(state), hashToken(token));
    if (attempt === undefined) {
      await throttle.countAddress(source);
      throw attemptUnknown();
    }
    const provider = await providers.open(attempt.providerId);
    if (provider === undefined) throw noProvider();
    const trip = { redirectUri: this.redirectUri(), state, token };
    const identity = judgeIdentity(await client.comeBack(provider, search, trip), provider.domains);
    if (!identity.ok) {
      log.warn({ identityProviderId: provider.id, code: identity.code }, 'oidc.identity_refused');
      throw identityRefused(identity, provider);
    }
    const person = await providers.comeIn(provider, identity);
    const { secondFactor } = identity;
    const opened = await open.byProvider(person, { providerId: provider.id, secondFactor }, browser);
    await throttle.forgiveAddress(source);
    return { url: pagesUrl() + attempt.returnTo, token: opened.token };
  }

  redirectUri(): string {
    return this.parts.pagesUrl() + CALLBACK_PATH;
  }

  private async chosen({ providerId, email }: OidcBeginDto): Promise<IdentityProviderRecord> {
    if ((providerId === undefined) === (email === undefined)) {
      throw invalidRequest([{ field: 'providerId', message: 'either providerId or email is needed' }]);
    }
    if (providerId !== undefined) {
      const provider = await this.parts.providers.open(providerId.toLowerCase() as IdentityProviderId);
      if (provider === undefined) throw notFound('identity provider');
      return provider;
    }
    const [first, ...others] = await this.ofEmail(email ?? '');
    if (first === undefined) throw noProvider();
    if (others.length > 0) throw several();
    return first;
  }

  private async ofEmail(email: string): Promise<IdentityProviderRecord[]> {
    const domain = domainOf(email);
    return domain === null ? [] : this.parts.providers.ofDomain(domain);
  }
}

const WHY: Readonly<Record<Extract<Identity, { ok: false }>['code'], string>> = {
  'oidc.no_email': 'does not say your e-mail address, or one that cannot be written to',
  'oidc.email_unverified': 'does not say that your e-mail address is verified',
  'oidc.foreign_domain': 'may not answer for the domain of your e-mail address here',
};

function identityRefused(
  { code }: Extract<Identity, { ok: false }>,
  { label }: IdentityProviderRecord,
): AppError {
  const message = `The identity provider "${label}" ${WHY[code]}: ask an administrator to set it up so.`;
  return new AppError('rejected', code, message, { status: 403 });
}

function attemptUnknown(): AppError {
  const message =
    'This signing in was finished already, took longer than ten minutes, or was begun in another browser: begin again.';
  return new AppError('rejected', 'oidc.attempt_unknown', message, { status: 401 });
}

function noProvider(): AppError {
  const message = 'No identity provider answers for this e-mail address: sign in with a password.';
  return new AppError('rejected', 'oidc.no_provider', message, { status: 404 });
}

function several(): AppError {
  const message =
    'Several identity providers answer for this e-mail address: say which by providerId, see GET /v1/sign-in/providers.';
  return new AppError('conflict', 'oidc.several', message);
}
