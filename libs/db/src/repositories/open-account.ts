import type { Instant } from '#domain';
import type { SecretBox } from '#platform';
import type { PbxAccountRecord } from './pbx-account-repository.js';
import { sealedFor } from './sealed-for.js';

type Sealed = Pick<
  PbxAccountRecord,
  'connectionId' | 'settings' | 'sealedSecrets' | 'sealedToken' | 'tokenExpiresAt'
>;

export interface OpenedAccount {
  settings: Record<string, unknown>;
  secrets: Record<string, string>;
  token: { value: string; expiresAt: Instant } | null;
}

/** What a PBX is commanded with, its secrets opened. @throws Error when they cannot be */
export function openAccount(sealed: Sealed, box: Pick<SecretBox, 'open'>): OpenedAccount {
  const { connectionId, settings, sealedSecrets, sealedToken, tokenExpiresAt } = sealed;
  const token =
    sealedToken === null || tokenExpiresAt === null
      ? null
      : { value: box.open(sealedToken, sealedFor.pbxToken(connectionId)), expiresAt: tokenExpiresAt };
  const secrets = JSON.parse(box.open(sealedSecrets, sealedFor.pbxSecrets(connectionId))) as Record<
    string,
    string
  >;
  return { settings, secrets, token };
}
