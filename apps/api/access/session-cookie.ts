import { SESSION_MOST_MS } from '#domain';
import type { Env } from '#platform';

/** Browsers take a cookie with this prefix only over TLS, for this host alone and all of its paths (RFC 6265bis). */
const SECURE_PREFIX = '__Host-';
const TOKEN = /^[A-Za-z0-9_.-]{1,4000}$/;

/** How cookies are told and read, by where people reach the API: Secure everywhere but on the developer's own machine. */
export interface CookieRules {
  secure: boolean;
}

export function cookieRules(env: Pick<Env, 'API_PUBLIC_URL' | 'PUBLIC_URL'>): CookieRules {
  const url = env.API_PUBLIC_URL ?? env.PUBLIC_URL;
  if (url === undefined) return { secure: false };
  const { protocol, hostname } = new URL(url);
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  return { secure: protocol === 'https:' || !isHere };
}

/** One cookie of ours: what it is called, how it is set, taken away and read. */
export class OurCookie {
  readonly name: string;

  constructor(
    plainName: string,
    private readonly rules: CookieRules,
  ) {
    this.name = rules.secure ? SECURE_PREFIX + plainName : plainName;
  }

  /** The value of Set-Cookie. */
  set(token: string, seconds: number): string {
    return [
      `${this.name}=${token}`,
      'Path=/',
      `Max-Age=${String(seconds)}`,
      'HttpOnly',
      'SameSite=Lax',
      ...(this.rules.secure ? ['Secure'] : []),
    ].join('; ');
  }

  /** The value of Set-Cookie that takes it away. */
  clear(): string {
    return this.set('', 0);
  }

  /** @param header  Cookie, as the browser sent it */
  read(header: string | undefined): string | undefined {
    for (const pair of header?.split(';') ?? []) {
      const at = pair.indexOf('=');
      if (at < 0 || pair.slice(0, at).trim() !== this.name) continue;
      const value = pair.slice(at + 1).trim();
      return TOKEN.test(value) ? value : undefined;
    }
    return undefined;
  }
}

export const SESSION_COOKIE_SECONDS = SESSION_MOST_MS / 1_000;

export function sessionCookie(rules: CookieRules): OurCookie {
  return new OurCookie('switchhook', rules);
}
