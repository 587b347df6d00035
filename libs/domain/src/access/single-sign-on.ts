import { emailKey } from './email-key.js';
import { isMailAddress } from '../endpoint/mail-target.js';
import { readUrl } from '../read-url.js';
import { tidyLine } from '../tidy-text.js';

/** Whoever goes to a provider has to be back by then. */
export const SIGN_IN_ATTEMPT_MS = 10 * 60 * 1_000;
const LONGEST_NAME = 200;

/** Who lets somebody in: the tenant's own provider alone, any provider, or also a password (null). */
export type SsoNeed = 'own' | 'any' | null;

/** What a session stands on. `tenantId` is that of the provider, null for the installation's and for passwords. */
export interface SsoStanding<Tenant> {
  providerId: string | null;
  tenantId: Tenant | null;
}

/** Whether a session opens a tenant that lets people in as `need` says. */
export function satisfiesSso<Tenant>(
  need: SsoNeed,
  tenant: Tenant | null,
  session: SsoStanding<Tenant>,
): boolean {
  if (need === null) return true;
  if (session.providerId === null) return false;
  return need === 'any' || (tenant !== null && session.tenantId === tenant);
}

/** What a provider says of somebody, as far as it counts here. From outside: anything may be anything. */
export interface ProviderClaims {
  email?: unknown;
  email_verified?: unknown;
  /** Microsoft Entra: whether the owner of the domain was checked; it has no `email_verified`. */
  xms_edov?: unknown;
  name?: unknown;
  /** RFC 8176: how they showed who they are. */
  amr?: unknown;
}

export type Identity =
  | { ok: true; email: string; name: string; secondFactor: boolean }
  | { ok: false; code: 'oidc.no_email' | 'oidc.email_unverified' | 'oidc.foreign_domain' };

/**
 * Who somebody is by what a provider says: their address counts when it is verified, and of a domain that the provider answers for.
 *
 * @param domains  in lower case
 */
export function judgeIdentity(claims: ProviderClaims, domains: readonly string[]): Identity {
  const said = typeof claims.email === 'string' ? claims.email.trim() : '';
  // Looked at before it is made small: some letters of other alphabets become those of ours then.
  if (!isMailAddress(said)) return { ok: false, code: 'oidc.no_email' };
  const email = emailKey(said);
  if (!isTrue(claims.email_verified) && !isTrue(claims.xms_edov)) {
    return { ok: false, code: 'oidc.email_unverified' };
  }
  const domain = domainOf(email);
  if (domain === null || !domains.includes(domain)) return { ok: false, code: 'oidc.foreign_domain' };
  const name = typeof claims.name === 'string' ? tidyLine(claims.name.slice(0, LONGEST_NAME)) : '';
  return { ok: true, email, name: name === '' ? email : name, secondFactor: isMultiple(claims.amr) };
}

/** What comes after the last @, as domains of providers are kept; null where there is none. */
export function domainOf(email: string): string | null {
  const key = emailKey(email);
  const at = key.lastIndexOf('@');
  return at < 1 || at === key.length - 1 ? null : key.slice(at + 1);
}

/**
 * Where a page of ours goes on, as path, query and fragment; null for what is not ours. Read as browsers read it: they take
 * backslashes for slashes and leave out line ends.
 */
export function ownPath(text: string): string | null {
  if (!text.startsWith('/')) return null;
  const url = readUrl(`https://own.invalid${text}`);
  if (url === null || url.pathname.startsWith('//')) return null;
  return url.pathname + url.search + url.hash;
}

/** Some providers write it as text. */
function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === 'true' || value === '1';
}

function isMultiple(amr: unknown): boolean {
  return Array.isArray(amr) && amr.includes('mfa');
}
