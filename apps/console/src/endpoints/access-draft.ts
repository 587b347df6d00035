import type { EndpointAccessDto, EndpointAccessPutDto, EndpointAuthPutDto } from '../api/operations';

export const AUTH_KINDS = ['none', 'basic', 'bearer', 'oauth2', 'oauth2_code', 'certificate'] as const;
export type AuthKind = (typeof AUTH_KINDS)[number];

export interface AuthField {
  name: Exclude<keyof EndpointAuthPutDto, 'kind'>;
  shape: 'text' | 'secret' | 'lines' | 'pairs' | 'flag' | 'number' | 'choice';
  isNeeded: boolean;
}

const field = (name: AuthField['name'], shape: AuthField['shape'] = 'text', isNeeded = false): AuthField => ({
  name,
  shape,
  isNeeded,
});

const CLIENT = [field('clientId', 'text', true), field('clientSecret', 'secret', true)];

/** What each kind of credentials is made of. */
export const AUTH_FIELDS: Readonly<Record<AuthKind, readonly AuthField[]>> = {
  none: [],
  basic: [field('user', 'text', true), field('password', 'secret', true)],
  bearer: [field('token', 'secret', true)],
  oauth2: [
    field('tokenUrl', 'text', true),
    ...CLIENT,
    field('scope'),
    field('audience'),
    field('sendAs', 'choice'),
  ],
  oauth2_code: [
    field('authoriseUrl'),
    field('tokenUrl'),
    ...CLIENT,
    field('scope'),
    field('sendAs', 'choice'),
    field('pkce', 'flag'),
    field('authoriseParameters', 'pairs'),
    field('baseUrlFrom'),
    field('keepAliveDays', 'number'),
  ],
  certificate: [
    field('certificate', 'lines', true),
    field('privateKey', 'lines', true),
    field('serverAuthority', 'lines'),
  ],
};

export interface AccessDraft {
  kind: AuthKind;
  /** As they are typed, by the name of their field. */
  values: Readonly<Record<string, string>>;
  headers: readonly { name: string; value: string }[];
}

export const NO_ACCESS: AccessDraft = { kind: 'none', values: {}, headers: [] };

/** What is there, as it is to be given again: all but the secrets, which nobody is shown. */
export function accessDraftOf({ auth, headers }: EndpointAccessDto): AccessDraft {
  const known: Readonly<Record<string, unknown>> = { ...auth };
  const values = AUTH_FIELDS[auth.kind].flatMap(({ name, shape }): [string, string][] => {
    const text = textOf(known[name], shape);
    return text === undefined ? [] : [[name, text]];
  });
  return {
    kind: auth.kind,
    values: Object.fromEntries(values),
    headers: headers.map((name) => ({ name, value: '' })),
  };
}

/** Undefined for certificates, of which only what they say is known. */
function textOf(value: unknown, shape: AuthField['shape']): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (shape !== 'pairs' || typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value)
    .map(([name, of]) => `${name}=${String(of)}`)
    .join('\n');
}

export function isNoAccess({ kind, headers }: AccessDraft): boolean {
  return kind === 'none' && headers.every(({ name }) => name === '');
}

/** What is sent of it: only members that the kind has, and of these only what was filled in. */
export function accessBody({ kind, values, headers }: AccessDraft): EndpointAccessPutDto {
  const members = AUTH_FIELDS[kind].flatMap(({ name, shape }) => {
    const value = values[name] ?? '';
    return value === '' ? [] : [[name, read(value, shape)] as const];
  });
  const named = headers.filter(({ name }) => name.trim() !== '');
  return {
    auth: { kind, ...Object.fromEntries(members) },
    ...(named.length === 0
      ? {}
      : { headers: Object.fromEntries(named.map(({ name, value }) => [name.trim(), value])) }),
  };
}

function read(value: string, shape: AuthField['shape']): unknown {
  if (shape === 'flag') return value === 'true';
  if (shape === 'number') return Number(value);
  return shape === 'pairs' ? pairsIn(value) : value;
}

/** `name=value`, one a line. */
export function pairsIn(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}
