import { newCode, type ShownCredential } from '#platform';
import { isVisible } from '../http/is-visible.js';
import type { FieldError } from '../http/validation.pipe.js';

/** Vendors whose request APIs are served. */
export const FACADE_NAMES = ['voicenter', 'globalex', 'voipnow'] as const;
export type FacadeName = (typeof FACADE_NAMES)[number];

export const SECRET_KINDS = ['code', 'login', 'token', 'client'] as const;
/** `token` is shown as a code is; the vendor calls it so. */
export type SecretKind = (typeof SECRET_KINDS)[number];

/** What each vendor's clients show; the first where nobody says. */
export const KINDS_OF: Readonly<Record<FacadeName, readonly [SecretKind, ...SecretKind[]]>> = {
  voicenter: ['code'],
  globalex: ['login', 'token'],
  voipnow: ['client'],
};

const CLIENT_SECRET_BYTES = 32;
const NAME_BYTES = 4;
const LONGEST = 200;
/** The vendors' own are at least as long; a shorter one could be tried out. */
const LEAST: Readonly<Record<string, number>> = { code: 16, password: 8, secret: 16 };

/** The members that each kind is brought with; those in the second list may be left out. */
const MEMBERS: Readonly<Record<SecretKind, readonly [needed: readonly string[], others: readonly string[]]>> =
  {
    code: [['code'], []],
    token: [['code'], []],
    login: [['user', 'password'], ['organisation']],
    client: [['id', 'secret'], []],
  };

export function makeSecret(kind: SecretKind): ShownCredential {
  switch (kind) {
    case 'code':
    case 'token':
      return { kind: 'code', code: newCode() };
    case 'login':
      return { kind, user: newCode(NAME_BYTES), password: newCode(), organisation: newCode(NAME_BYTES) };
    case 'client':
      return { kind, id: newCode(), secret: newCode(CLIENT_SECRET_BYTES) };
  }
}

/** What a tenant brings along. Errors name the members and repeat none. */
export function readBrought(
  kind: SecretKind,
  given: Readonly<Record<string, unknown>>,
): { ok: true; secret: ShownCredential } | { ok: false; errors: FieldError[] } {
  const [needed, others] = MEMBERS[kind];
  const names = [...needed, ...others];
  const errors = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => ({ field: `bring.${name}`, message: `bring.${name} is nothing that a ${kind} has` }));
  const text = (name: string): string | null => {
    const value = given[name];
    if (value === undefined && others.includes(name)) return null;
    const least = LEAST[name] ?? 1;
    if (isVisible(value) && value.length >= least && value.length <= LONGEST && value.trim() === value)
      return value;
    const message = `bring.${name} must be a text of ${String(least)} to ${String(LONGEST)} characters without blanks at its ends`;
    errors.push({ field: `bring.${name}`, message });
    return null;
  };
  const [one = null, two = null, three = null] = names.map(text);
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, secret: secretOf(kind, one ?? '', two ?? '', three) };
}

function secretOf(kind: SecretKind, one: string, two: string, organisation: string | null): ShownCredential {
  switch (kind) {
    case 'code':
    case 'token':
      return { kind: 'code', code: one };
    case 'login':
      return { kind, user: one, password: two, organisation };
    case 'client':
      return { kind, id: one, secret: two };
  }
}

/** Enough to tell credentials apart, and nothing that is secret but the beginning of a code. */
export function openPartOf(secret: ShownCredential): string {
  switch (secret.kind) {
    case 'code':
      return `${secret.code.slice(0, 4)}…`;
    case 'login':
      return secret.organisation === null ? secret.user : `${secret.user}@${secret.organisation}`;
    case 'client':
      return secret.id;
  }
}
