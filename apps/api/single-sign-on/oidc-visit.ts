import { SIGN_IN_ATTEMPT_MS } from '#domain';
import type { Env } from '#platform';
import { cookieRules, OurCookie } from '../access/session-cookie.js';

const SECONDS = SIGN_IN_ATTEMPT_MS / 1_000;

/** The cookie by which a browser that comes back from a provider is known to be the one that left. */
export class OidcVisit {
  private readonly cookie: OurCookie;

  constructor(env: Pick<Env, 'API_PUBLIC_URL' | 'PUBLIC_URL'>) {
    this.cookie = new OurCookie('switchhook-oidc', cookieRules(env));
  }

  /** The value of Set-Cookie. */
  leave(token: string): string {
    return this.cookie.set(token, SECONDS);
  }

  /** The value of Set-Cookie that takes it away. */
  back(): string {
    return this.cookie.clear();
  }

  /** @param header  Cookie, as the browser sent it */
  read(header: string | undefined): string | undefined {
    return this.cookie.read(header);
  }
}
