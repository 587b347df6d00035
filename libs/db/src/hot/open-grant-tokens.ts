import { GrantTokens, newId, type GrantTokensParts } from '#platform';
import type { HotPool } from '../pool/hot-pool.js';
import { sealedFor } from '../repositories/sealed-for.js';
import { GrantStore } from './grant-store.js';

/** What a grant's tokens are sealed for. */
export const GRANT_CONTEXTS = { access: sealedFor.grantAccess, refresh: sealedFor.grantRefresh };

/** The access tokens of those who agreed, kept for all processes by the database. */
export function openGrantTokens(
  hot: HotPool,
  parts: Omit<GrantTokensParts, 'keeper' | 'sealedFor' | 'owner'>,
): GrantTokens {
  return new GrantTokens({
    ...parts,
    keeper: new GrantStore(hot),
    sealedFor: GRANT_CONTEXTS,
    owner: newId(),
  });
}
