import type { ConnectorDto, EndpointAccessPutDto, EndpointAuthPutDto } from '../api/operations';

/** How an endpoint may sign in, as a form tells them apart. */
export const SIGN_INS = ['oauth2_code', 'oauth2', 'bearer', 'header', 'basic', 'none'] as const;
export type SignIn = (typeof SIGN_INS)[number];

/** What people fill in; what does not belong to the kind is left unread. */
export interface AccessDraft {
  kind: SignIn;
  user: string;
  password: string;
  token: string;
  header: string;
  key: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  tokenUrl: string;
  authoriseUrl: string;
}

type Told = Pick<ConnectorDto, 'credentials' | 'signIn'>;

/** The ways that a connector takes, the best first: for OAuth 2 its page comes first where it has one. */
export function signInsOf({ credentials, signIn }: Told): SignIn[] {
  return credentials.flatMap(({ kind }): SignIn[] => {
    if (kind !== 'oauth2') return [kind];
    return signIn === null ? ['oauth2', 'oauth2_code'] : ['oauth2_code', 'oauth2'];
  });
}

/** In the CRM's words, where the credentials of a kind are found. */
export function howOf({ credentials }: Told, kind: SignIn): string | undefined {
  const told = kind === 'oauth2_code' ? 'oauth2' : kind;
  return credentials.find((one) => one.kind === told)?.how;
}

/** A header's name as descriptions of credentials begin: `X-Api-Key: the key of ...`. */
const NAMED = /^([A-Za-z][\w-]*):/;

export function emptyAccess(connector: Told): AccessDraft {
  const kind = signInsOf(connector)[0] ?? 'none';
  return {
    kind,
    header: NAMED.exec(howOf(connector, 'header') ?? '')?.[1] ?? '',
    ...{ user: '', password: '', token: '', key: '', clientId: '', clientSecret: '', scope: '' },
    ...{ tokenUrl: '', authoriseUrl: '' },
  };
}

/** Members without which it cannot be sent. */
export function missingIn(draft: AccessDraft, { signIn }: Told): (keyof AccessDraft)[] {
  const needed: Readonly<Record<SignIn, (keyof AccessDraft)[]>> = {
    none: [],
    basic: ['user'],
    bearer: ['token'],
    header: ['header', 'key'],
    oauth2: ['tokenUrl', 'clientId', 'clientSecret'],
    oauth2_code: [
      'clientId',
      'clientSecret',
      ...(signIn === null ? (['authoriseUrl', 'tokenUrl'] as const) : []),
    ],
  };
  return needed[draft.kind].filter((name) => draft[name].trim() === '');
}

/** Credentials as the API takes them. */
export function accessOf(draft: AccessDraft): EndpointAccessPutDto {
  if (draft.kind === 'header') {
    return { auth: { kind: 'none' }, headers: { [draft.header.trim()]: draft.key } };
  }
  return { auth: authOf(draft) };
}

function authOf(draft: AccessDraft): EndpointAuthPutDto {
  const { clientId, clientSecret, scope, tokenUrl, authoriseUrl } = draft;
  const client = {
    ...{ clientId: clientId.trim(), clientSecret },
    ...(scope.trim() === '' ? {} : { scope: scope.trim() }),
    ...(tokenUrl.trim() === '' ? {} : { tokenUrl: tokenUrl.trim() }),
  };
  switch (draft.kind) {
    case 'basic':
      return { kind: 'basic', user: draft.user, password: draft.password };
    case 'bearer':
      return { kind: 'bearer', token: draft.token.trim() };
    case 'oauth2':
      return { kind: 'oauth2', ...client };
    case 'oauth2_code': {
      const page = authoriseUrl.trim();
      return { kind: 'oauth2_code', ...client, ...(page === '' ? {} : { authoriseUrl: page }) };
    }
    case 'header':
    case 'none':
      return { kind: 'none' };
  }
}
