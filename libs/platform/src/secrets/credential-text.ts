/** What a client of a vendor's request API shows of itself. */
export type ShownCredential =
  | { kind: 'code'; code: string }
  | { kind: 'login'; user: string; password: string; organisation: string | null }
  | { kind: 'client'; id: string; secret: string };

/** One text of it, the same for the same credential and for no other: to be hashed. */
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

/** What keys of credentials' hashes are derived for. */
export const CREDENTIAL_PURPOSE = 'api credential';
