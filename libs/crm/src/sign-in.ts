/** How a CRM's own page is reached on which people agree (OAuth 2 with a code), as far as that is alike for all tenants. */
export interface CrmSignIn {
  /** `{origin}` stands for that of the endpoint's URL, where each tenant has one. */
  authoriseUrl: string;
  tokenUrl: string;
  /** What we need there, with `{origin}` as above; null where the app's own settings say it. */
  scope: string | null;
  sendAs: 'basic' | 'body';
  /** Further parameters of the page. */
  authoriseParameters: Readonly<Record<string, string>>;
  /** Whether the CRM binds codes to the journey (RFC 7636). Those that do not know it leave it unread. */
  pkce: boolean;
  /** The member of the token's answer with the address of the API; null: the endpoint's URL says it. */
  baseUrlFrom: string | null;
}

const ORIGIN = '{origin}';

/** @param endpointUrl  of the tenant's own CRM */
export function signInAt(signIn: CrmSignIn, endpointUrl: string): CrmSignIn {
  const { origin } = new URL(endpointUrl);
  const at = (text: string) => text.replace(ORIGIN, origin);
  const { authoriseUrl, tokenUrl, scope } = signIn;
  return { ...signIn, authoriseUrl: at(authoriseUrl), tokenUrl: at(tokenUrl), scope: scope && at(scope) };
}
