import {
  KEEP_ALIVE_DAYS,
  OWN_AUTHORISE_PARAMETERS,
  maySetHeader,
  type EndpointAccess,
  type EndpointAuth,
  type Instant,
  type OAuthClient,
  type OAuthCodeClient,
} from '#domain';
import { checkTargetUrl, type TargetPolicy } from '#platform';
import { invalidRequest, type FieldError } from '../../http/validation.pipe.js';
import { certificateAuth } from './certificate-auth.js';
import type { EndpointAccessPutDto, EndpointAuthPutDto } from './endpoint-access.dto.js';

const MOST_HEADERS = 20;
const LONGEST_VALUE = 1024;
const PARAMETER = /^[\w.-]{1,100}$/;
/** Neither a line break, which would end the header, nor what HTTP cannot carry. */
const PRINTABLE = /^[\x20-\x7e]+$/;

/** These credentials are no header. */
const LEAVES_HEADERS: ReadonlySet<EndpointAuth['kind']> = new Set(['none', 'certificate']);

type Member = Exclude<keyof EndpointAuthPutDto, 'kind'>;
/** The members of each kind; those that are no `may` are needed, and all others must be left out. */
const MEMBERS: Readonly<Record<EndpointAuth['kind'], Readonly<Partial<Record<Member, 'must' | 'may'>>>>> = {
  none: {},
  basic: { user: 'must', password: 'must' },
  bearer: { token: 'must' },
  oauth2: {
    tokenUrl: 'must',
    clientId: 'must',
    clientSecret: 'must',
    scope: 'may',
    audience: 'may',
    sendAs: 'may',
  },
  oauth2_code: {
    authoriseUrl: 'must',
    tokenUrl: 'must',
    clientId: 'must',
    clientSecret: 'must',
    scope: 'may',
    sendAs: 'may',
    authoriseParameters: 'may',
    pkce: 'may',
    baseUrlFrom: 'may',
    keepAliveDays: 'may',
  },
  certificate: { certificate: 'must', privateKey: 'must', serverAuthority: 'may' },
};
const ALL = [
  'user',
  'password',
  'token',
  'authoriseUrl',
  'tokenUrl',
  'clientId',
  'clientSecret',
  'scope',
  'audience',
  'sendAs',
  'authoriseParameters',
  'pkce',
  'baseUrlFrom',
  'keepAliveDays',
  'certificate',
  'privateKey',
  'serverAuthority',
] as const satisfies readonly Member[];

/**
 * What an endpoint's requests are to carry.
 *
 * @param targets  the token endpoint has to be one of these
 * @param now  a certificate has to be valid then
 * @throws AppError `request.invalid` with every member that is wrong; no message repeats a secret
 */
export function readAccess(
  { headers = {}, auth }: EndpointAccessPutDto,
  targets: TargetPolicy,
  now: Instant,
): EndpointAccess {
  const errors = [
    ...headerErrors(headers, auth.kind),
    ...memberErrors(auth),
    ...urlErrors(auth, targets),
    ...parameterErrors(auth),
  ];
  if (errors.length > 0) throw invalidRequest(errors);
  const named = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value as string] as const,
  );
  return { headers: Object.fromEntries(named), auth: authOf(auth, now) };
}

function headerErrors(headers: Record<string, unknown>, kind: EndpointAuth['kind']): FieldError[] {
  const entries = Object.entries(headers);
  if (entries.length > MOST_HEADERS) {
    return [{ field: 'headers', message: `headers must be at most ${MOST_HEADERS}` }];
  }
  const seen = new Set<string>();
  return entries.flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    const message = headerProblem(lower, value, kind) ?? (seen.has(lower) ? 'is there twice' : null);
    seen.add(lower);
    return message === null ? [] : [{ field: `headers.${name}`, message: `headers.${name} ${message}` }];
  });
}

function headerProblem(name: string, value: unknown, kind: EndpointAuth['kind']): string | null {
  if (!maySetHeader(name)) return 'cannot be set here';
  if (name === 'authorization' && !LEAVES_HEADERS.has(kind)) return 'is made of the credentials';
  if (typeof value === 'string' && value.length <= LONGEST_VALUE && PRINTABLE.test(value)) return null;
  return `must be printable ASCII text of 1 to ${LONGEST_VALUE} characters`;
}

function memberErrors(auth: EndpointAuthPutDto): FieldError[] {
  const { kind } = auth;
  return ALL.flatMap((member): FieldError[] => {
    const need = MEMBERS[kind][member];
    const isGiven = auth[member] !== undefined;
    if (need === 'may' || isGiven === (need === 'must')) return [];
    const what = isGiven ? 'must be left out' : 'is needed';
    return [{ field: `auth.${member}`, message: `${member} ${what} for the kind ${kind}` }];
  });
}

function urlErrors(auth: EndpointAuthPutDto, targets: TargetPolicy): FieldError[] {
  return (['authoriseUrl', 'tokenUrl'] as const).flatMap((member): FieldError[] => {
    const url = auth[member];
    if (MEMBERS[auth.kind][member] === undefined || url === undefined) return [];
    const verdict = checkTargetUrl(url, targets);
    return verdict.ok ? [] : [{ field: `auth.${member}`, message: verdict.reason }];
  });
}

function parameterErrors({ authoriseParameters = {} }: EndpointAuthPutDto): FieldError[] {
  const entries = Object.entries(authoriseParameters);
  const field = 'auth.authoriseParameters';
  if (entries.length > MOST_HEADERS) {
    return [{ field, message: `authoriseParameters must be at most ${MOST_HEADERS}` }];
  }
  return entries.flatMap(([name, value]): FieldError[] => {
    const isText = typeof value === 'string' && value.length <= LONGEST_VALUE && PRINTABLE.test(value);
    if (isText && PARAMETER.test(name) && !OWN_AUTHORISE_PARAMETERS.has(name)) return [];
    const what = OWN_AUTHORISE_PARAMETERS.has(name)
      ? 'cannot be set here'
      : 'must be a word with printable ASCII text';
    return [{ field: `${field}.${name}`, message: `authoriseParameters.${name} ${what}` }];
  });
}

/** Of members that were checked. @throws AppError `request.invalid` when a certificate is of no use */
function authOf(auth: EndpointAuthPutDto, now: Instant): EndpointAuth {
  const { user = '', password = '', token = '' } = auth;
  switch (auth.kind) {
    case 'none':
      return { kind: 'none' };
    case 'basic':
      return { kind: 'basic', user, password };
    case 'bearer':
      return { kind: 'bearer', token };
    case 'oauth2':
      return clientOf(auth);
    case 'oauth2_code':
      return codeClientOf(auth);
    case 'certificate':
      return certificateAuth(auth, now);
  }
}

function clientOf(auth: EndpointAuthPutDto): OAuthClient {
  const { tokenUrl = '', clientId = '', clientSecret = '' } = auth;
  const { scope = null, audience = null, sendAs = 'basic' } = auth;
  return {
    kind: 'oauth2',
    tokenUrl: new URL(tokenUrl).href,
    clientId,
    clientSecret,
    scope,
    audience,
    sendAs,
  };
}

function codeClientOf(auth: EndpointAuthPutDto): OAuthCodeClient {
  const { authoriseUrl = '', tokenUrl = '', clientId = '', clientSecret = '', scope = null } = auth;
  const { sendAs = 'basic', authoriseParameters = {}, pkce = true, baseUrlFrom = null } = auth;
  const { keepAliveDays = KEEP_ALIVE_DAYS } = auth;
  return {
    kind: 'oauth2_code',
    authoriseUrl: new URL(authoriseUrl).href,
    tokenUrl: new URL(tokenUrl).href,
    clientId,
    clientSecret,
    scope,
    sendAs,
    // Checked: all of them are texts.
    authoriseParameters: authoriseParameters as Record<string, string>,
    pkce,
    baseUrlFrom,
    keepAliveDays,
  };
}
