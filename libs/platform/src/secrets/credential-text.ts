/** What software shows of itself where it asks by a vendor's request API. */
export type ShownCredential =
  /** A code, or a token of an organisation. */
  | { kind: 'code'; code: string }
  | { kind: 'login'; user: string; password: string; organisation: string | null }
  /** A client of OAuth. */
  | { kind: 'client'; id: string; secret: string };

/** What a `KeyedHash` of credentials is for: whoever keeps and whoever looks up take it from here. */
export const CREDENTIAL_PURPOSE = 'api credential';

/**
 * The one text of a credential that is hashed, wherever it is kept or looked up. No two credentials have the same: JSON keeps the
 * parts apart, and the kind is one of them.
 */
export function credentialText(shown: ShownCredential): string {
  switch (shown.kind) {
    case 'code':
      return JSON.stringify(['code', shown.code]);
    case 'login':
      return JSON.stringify(['login', shown.user, shown.password, shown.organisation]);
    case 'client':
      return JSON.stringify(['client', shown.id, shown.secret]);
  }
}
