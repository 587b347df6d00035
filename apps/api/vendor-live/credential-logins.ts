import { id, type ApiCredentialId } from '#domain';
import type { ApiCredentialRepository } from '#db';
import type { Asker } from '../vendor-api/carry-out/asking.js';
import type { CredentialBook } from '../vendor-api/credential-book.js';
import { isAllowedFrom } from '../vendor-api/judge-use.js';
import type { VendorLogin, VendorLogins } from './vendor-logins.js';

const FACADE = 'voicenter';

/** Who may log in to the realtime channel: whoever has a credential with the right `realtime`. */
export function credentialLogins(
  book: Pick<CredentialBook, 'find'>,
  credentials: Pick<ApiCredentialRepository, 'open'>,
): VendorLogins {
  const open = (credentialId: string) => credentials.open(id<ApiCredentialId>(credentialId));
  return {
    byCode: async (code, address) => loginOf(await book.find(FACADE, { kind: 'code', code }), address),
    byUser: async (user, secret, address) => {
      const named = await book.find(FACADE, {
        kind: 'login',
        user,
        password: secret,
        organisation: null,
      });
      // The vendor's users have a code beside their names; it is as good as a password.
      return loginOf(named ?? (await book.find(FACADE, { kind: 'code', code: secret })), address);
    },
    byId: async (tenantId, credentialId, address) => {
      const found = await open(credentialId);
      return found?.credential.tenantId === tenantId ? loginOf(found, address) : null;
    },
    standing: async (credentialIds) => {
      const found = await Promise.all([...new Set(credentialIds)].map(open));
      return new Set(found.flatMap((one) => (one?.connection.enabled ? one.credential.id : [])));
    },
  };
}

function loginOf(asker: Asker | undefined, address: string): VendorLogin | null {
  if (!asker?.connection.enabled) return null;
  const { credential } = asker;
  const { tenantId, connectionId, id: credentialId, scope, agentId, rights, allowFrom } = credential;
  if (!rights.includes('realtime') || !isAllowedFrom(allowFrom, address)) return null;
  return { tenantId, connectionId, credentialId, agentId: scope === 'agent' ? agentId : null };
}
