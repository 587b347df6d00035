import { createHash } from 'node:crypto';
import * as oidc from 'openid-client';
import { AppError, type ProviderClaims } from '#domain';
import { sealedFor, type IdentityProviderRecord } from '#db';
import type { Clock, SecretBox } from '#platform';
import { ANSWER_MS, guardedFetch, providerAway, type GuardedFetchParts } from './guarded-fetch.js';

const SCOPE = 'openid email profile';
/** What a provider says of itself changes when it is moved, and its keys are asked for again by themselves. */
const KEEP_MS = 10 * 60_000;
const KEEP_MOST = 1_000;
/** Issuers without TLS are taken for this machine alone, see `IdentityProviderDesk`. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- it is marked so to stand out
const ON_THIS_MACHINE = [oidc.allowInsecureRequests];

export interface OidcClientParts extends GuardedFetchParts {
  box: Pick<SecretBox, 'open'>;
  clock: Pick<Clock, 'now'>;
}

/** What one signing in is made of. From the browser's token come what only that browser may show, so none of it is kept here. */
export interface OidcTrip {
  redirectUri: string;
  state: string;
  /** Of the browser's cookie. */
  token: string;
}

interface Known {
  until: number;
  config: Promise<oidc.Configuration>;
}

/** Talks to identity providers: code flow with PKCE, state and nonce (OpenID Connect Core, RFC 7636). */
export class OidcClient {
  private readonly known = new Map<string, Known>();
  private readonly fetch: oidc.CustomFetch;

  constructor(private readonly parts: OidcClientParts) {
    this.fetch = guardedFetch(parts);
  }

  /** What the provider says of itself, asked now. @throws AppError 503 `oidc.provider_away`, 400 `oidc.provider_wrong` */
  async look(provider: IdentityProviderRecord): Promise<oidc.ServerMetadata> {
    return (await this.discover(provider)).serverMetadata();
  }

  /** Where the browser is sent. @throws AppError as `look` */
  async leave(provider: IdentityProviderRecord, { redirectUri, state, token }: OidcTrip): Promise<string> {
    const config = await this.config(provider);
    const challenge = await oidc.calculatePKCECodeChallenge(derived('pkce', token));
    return oidc.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: SCOPE,
      state,
      nonce: derived('nonce', token),
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }).href;
  }

  /**
   * What the provider says of who came back.
   *
   * @param search  the query that it sent them with
   * @throws AppError as `look`; 401 `oidc.refused` where it said no, `oidc.answer_invalid` where its answer proves nothing
   */
  async comeBack(
    provider: IdentityProviderRecord,
    search: string,
    { redirectUri, state, token }: OidcTrip,
  ): Promise<ProviderClaims> {
    const config = await this.config(provider);
    try {
      const tokens = await oidc.authorizationCodeGrant(config, new URL(search, redirectUri), {
        pkceCodeVerifier: derived('pkce', token),
        expectedNonce: derived('nonce', token),
        expectedState: state,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw answerInvalid('It has no ID token.');
      if (claims['email'] !== undefined) return counted(claims);
      // Many tell the address only there.
      const more = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
      return counted({ ...more, amr: claims['amr'] });
    } catch (error) {
      throw problemOf(error);
    }
  }

  private config(provider: IdentityProviderRecord): Promise<oidc.Configuration> {
    const now = this.parts.clock.now();
    const name = `${provider.id} ${String(provider.updatedAt)}`;
    const kept = this.known.get(name);
    if (kept !== undefined && kept.until > now) return kept.config;
    if (this.known.size >= KEEP_MOST) this.known.clear();
    const config = this.discover(provider);
    this.known.set(name, { until: now + KEEP_MS, config });
    // One that is away is asked again by the next who comes.
    config.catch(() => this.known.delete(name));
    return config;
  }

  private async discover(provider: IdentityProviderRecord): Promise<oidc.Configuration> {
    const { id, issuer, clientId, sealedSecret } = provider;
    const secret =
      sealedSecret === null ? null : this.parts.box.open(sealedSecret, sealedFor.identityProvider(id));
    const server = new URL(issuer);
    try {
      return await oidc.discovery(
        server,
        clientId,
        {},
        secret === null ? oidc.None() : authentication(secret),
        {
          [oidc.customFetch]: this.fetch,
          timeout: ANSWER_MS / 1_000,
          execute: [oidc.enableNonRepudiationChecks, ...(server.protocol === 'http:' ? ON_THIS_MACHINE : [])],
        },
      );
    } catch (error) {
      const problem = problemOf(error);
      throw problem.code === 'oidc.answer_invalid' ? providerWrong(problem) : problem;
    }
  }
}

/** What counts here. */
function counted({ email, email_verified, xms_edov, name, amr }: Record<string, unknown>): ProviderClaims {
  return { email, email_verified, xms_edov, name, amr };
}

/** By the header where a provider knows that, which all have to; else in the body (RFC 6749, section 2.3.1). */
function authentication(secret: string): oidc.ClientAuth {
  const basic = oidc.ClientSecretBasic(secret);
  const post = oidc.ClientSecretPost(secret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported;
    const knowsBasic = methods === undefined || methods.includes('client_secret_basic');
    (knowsBasic ? basic : post)(server, ...rest);
  };
}

/** 256 bits for one purpose, that nobody makes without the token. */
function derived(purpose: 'pkce' | 'nonce', token: string): string {
  return createHash('sha256').update(`${purpose} ${token}`).digest('base64url');
}

/** What went wrong, in our words; of theirs only those that name no secret. */
function problemOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { cause, code } = error as { cause?: unknown; code?: unknown };
  if (cause instanceof AppError) return cause;
  if (error instanceof oidc.AuthorizationResponseError) {
    const message = `The identity provider did not let you in (${plain(error.error)}): ask whoever runs it, or try again.`;
    return new AppError('rejected', 'oidc.refused', message, { status: 401 });
  }
  if (error instanceof oidc.ResponseBodyError) return answerInvalid(`It says ${plain(error.error)}.`, error);
  if (code === 'OAUTH_TIMEOUT' || (error as Error).name === 'TimeoutError') {
    return providerAway('It did not answer in time.', error);
  }
  return answerInvalid(`${plain((error as Error).message)}.`, error);
}

function answerInvalid(why: string, cause?: unknown): AppError {
  const message = `The answer of the identity provider proves nothing. ${why} Begin again, and tell an administrator if it stays so.`;
  return new AppError('rejected', 'oidc.answer_invalid', message, { status: 401, cause });
}

function providerWrong(problem: AppError): AppError {
  const why = problem.cause instanceof Error ? plain(problem.cause.message) : 'it says nothing that fits';
  const message = `The identity provider cannot be used: ${why}. Compare the issuer with what stands in its own settings.`;
  return new AppError('rejected', 'oidc.provider_wrong', message, { cause: problem });
}

/** Texts from outside, as part of a sentence. */
function plain(text: string): string {
  return text
    .replaceAll(/[^\w .,:;'"/()-]/g, '')
    .slice(0, 200)
    .replace(/\.$/, '');
}
