import { SYSTEM } from '#domain';
import type { ApiKeyRepository, InstallationStore } from '#db';
import { OPERATOR } from '#db';
import { hashToken, newToken } from '#platform';
import { prefixOf } from './api-keys/api-key-desk.js';

export interface OperatorKeyParts {
  keys: Pick<ApiKeyRepository, 'create'>;
  installation: Pick<InstallationStore, 'operatorKeyExists'>;
}

/**
 * Makes the installation's first operator key unless it has one.
 *
 * @param given  the key to make (`ADMIN_KEY`); a random one when undefined
 * @returns the key, to be shown once; null when there was one already
 */
export async function makeOperatorKey(
  { keys, installation }: OperatorKeyParts,
  given: string | undefined,
): Promise<string | null> {
  if (await installation.operatorKeyExists()) return null;
  const key = given ?? newToken('sk_op');
  const draft = { name: 'first operator key', scopes: ['admin'], expiresAt: null };
  await keys.create(OPERATOR, { ...draft, hash: hashToken(key), prefix: prefixOf(key) }, SYSTEM);
  return key;
}
