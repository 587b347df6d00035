import { AppError, hasRight, rolesWith, type Right } from '#domain';
import { tenantRequired, type Caller } from './caller.js';

type Person = NonNullable<Caller['person']>;

export interface RoleRoute {
  /** Undefined: for nobody who signs in. */
  right: Right | undefined;
  audience: 'tenant' | 'operator' | 'either';
}

/** @returns why somebody who signed in may not use a route, or undefined when they may */
export function judgeRole(person: Person, { right, audience }: RoleRoute): AppError | undefined {
  const { role, signedIn } = person;
  // What is one's own in a tenant is the tenant's too, which says how its members come in.
  if (right === 'own') return audience === 'tenant' && role !== null ? judgeSignIn(person) : undefined;
  // Who belongs to several tenants has a role as soon as they say for which.
  if (role === null) return signedIn.person.memberships.length > 0 ? tenantRequired() : belongsNowhere();
  const refusal = judgeSignIn(person);
  if (refusal) return refusal;
  if (right !== undefined && hasRight(role, right)) return undefined;
  const roles = right === undefined ? [] : rolesWith(right);
  const message = `Your role "${role}" may not do this; ${roles.join(', ') || 'only an API key'} may.`;
  return new AppError('rejected', 'role.missing', message, { status: 403, details: { roles } });
}

/** Whether they came in as the tenant wants it. */
export function judgeSignIn({ needsSso, needsTotp, signedIn }: Person): AppError | undefined {
  if (needsSso) return ssoRequired();
  return needsTotp ? totpRequired(signedIn.session.providerId !== null) : undefined;
}

export function ssoRequired(): AppError {
  const message =
    'Members come in by single sign-on alone: begin at POST /v1/sign-in/oidc, or on the page /sign-in.';
  return new AppError('rejected', 'sso.required', message, { status: 403 });
}

function belongsNowhere(): AppError {
  const message = 'You belong to no tenant any more: ask an administrator to invite you.';
  return new AppError('rejected', 'role.missing', message, { status: 403, details: { roles: [] } });
}

function totpRequired(isByProvider: boolean): AppError {
  const message = isByProvider
    ? 'This tenant lets people in only with a second factor, and the identity provider did not say that you showed one (`mfa` in `amr`).'
    : 'This tenant lets people in only with a second factor: switch yours on, at PUT /v1/session/totp.';
  return new AppError('rejected', 'totp.required', message, { status: 403 });
}
