import { generateKeyPairSync } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';

interface Provider {
  Grant: new (of: { accountId: string; clientId: string }) => {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  };
  callback(): RequestListener;
  interactionDetails(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<{ params: Record<string, string | undefined> }>;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
}
interface Context {
  oidc: {
    provider: Provider;
    client: { clientId: string };
    session: { accountId: string };
  };
}
type ProviderClass = new (issuer: string, configuration: object) => Provider;

export const CLIENT = { id: 'switchhook', secret: 'a-secret-of-the-tests-and-of-nothing-else' };
/** Whoever comes under this name is turned away. */
export const TURNED_AWAY = 'turned-away';
/** Whoever's name begins so shows a second factor. */
export const WITH_MFA = 'with-mfa';

/** What a provider says of somebody. */
export type TestClaims = Record<string, unknown>;

/** An OpenID provider of somebody else's making (node-oidc-provider), on this machine. */
export class TestIdentityProvider {
  /** By the name that they come under. */
  readonly people = new Map<string, TestClaims>();

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  /** @param redirectUri  where it may send people back to */
  static async open(redirectUri: string): Promise<TestIdentityProvider> {
    const server = createServer();
    await new Promise<void>((listen) => server.listen(0, '127.0.0.1', listen));
    const { port } = server.address() as AddressInfo;
    const own = new TestIdentityProvider(server, `http://127.0.0.1:${String(port)}`);
    // It comes without types.
    const module = 'oidc-provider';
    // It warns of what is right in tests: people that are kept in memory.
    const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { default: Provider } = (await import(module)) as { default: ProviderClass };
    const provider = new Provider(own.issuer, own.configuration(redirectUri));
    warned.mockRestore();
    const callback = provider.callback();
    server.on('request', (request, response) => {
      if (request.url?.startsWith('/interaction/')) void letIn(provider, request, response);
      else callback(request, response);
    });
    return own;
  }

  /**
   * Follows a browser that was sent here until it is sent back.
   *
   * @param login  the name under which somebody comes
   * @returns the address that it is sent back to
   */
  async answer(url: string, login: string): Promise<string> {
    const cookies = new Map<string, string>();
    let at = `${url}&login_hint=${encodeURIComponent(login)}`;
    while (at.startsWith(this.issuer)) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`The provider answered ${String(answer.status)} at ${at}`);
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const end = pair.indexOf('=');
        cookies.set(pair.slice(0, end), pair.slice(end + 1));
      }
      at = new URL(location, at).href;
    }
    return at;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private configuration(redirectUri: string): object {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const [AccessToken, AuthorizationCode, Grant, IdToken, Interaction, RefreshToken, Session] =
      Array<number>(7).fill(300);
    return {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [redirectUri],
          response_types: ['code'],
          grant_types: ['authorization_code', 'refresh_token'],
        },
      ],
      claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
      cookies: { keys: ['tests'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] },
      ttl: { AccessToken, AuthorizationCode, Grant, IdToken, Interaction, RefreshToken, Session },
      // Each is good once: one that comes again ends all that was agreed to.
      issueRefreshToken: () => true,
      rotateRefreshToken: true,
      pkce: { required: () => true },
      findAccount: (_: unknown, login: string) => ({
        accountId: login,
        claims: () => ({ sub: login, ...this.people.get(login) }),
      }),
      loadExistingGrant: agreed,
    };
  }
}

/** Whoever comes is who they say. */
async function letIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const accountId = params['login_hint'] ?? '';
  const amr = accountId.startsWith(WITH_MFA) ? ['pwd', 'mfa'] : ['pwd'];
  const result = accountId === TURNED_AWAY ? { error: 'access_denied' } : { login: { accountId, amr } };
  await provider.interactionFinished(request, response, result);
}

/** Nobody is asked what may be told of them. */
async function agreed({ oidc: { provider, client, session } }: Context): Promise<object> {
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope('openid email profile');
  await grant.save();
  return grant;
}
