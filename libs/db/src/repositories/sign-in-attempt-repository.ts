import type { IdentityProviderId, Instant } from '#domain';
import type { Clock } from '#platform';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { dateOf } from './times.js';

export interface SignInAttempt {
  /** SHA-256 of the state, which goes to the provider and comes back. */
  stateHash: Uint8Array;
  /** SHA-256 of the cookie's token, which stays in the browser. */
  browserHash: Uint8Array;
  providerId: IdentityProviderId;
  /** A path of ours. */
  returnTo: string;
  expiresAt: Instant;
}

/** People on their way to a provider and back. They are nobody yet, so all of this is at operator level. */
export class SignInAttemptRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  begin({ stateHash, browserHash, expiresAt, ...rest }: SignInAttempt): Promise<void> {
    return this.scope.forOperator(async (tx) => {
      const hashes = { stateHash: Buffer.from(stateHash), browserHash: Buffer.from(browserHash) };
      await tx.signInAttempt.create({ data: { ...hashes, ...rest, expiresAt: dateOf(expiresAt) } });
    });
  }

  /** Uses an attempt up. Undefined for one that is too old, was used, or was begun by another browser. */
  finish(
    stateHash: Uint8Array,
    browserHash: Uint8Array,
  ): Promise<Pick<SignInAttempt, 'providerId' | 'returnTo'> | undefined> {
    const now = dateOf(this.clock.now());
    return this.scope.forOperator(async (tx) => {
      const hashes = { stateHash: Buffer.from(stateHash), browserHash: Buffer.from(browserHash) };
      const where = { ...hashes, expiresAt: { gt: now } };
      const row = await tx.signInAttempt.findFirst({ where });
      // Two who come back at once both find it; one of them deletes it.
      if (row === null || (await tx.signInAttempt.deleteMany({ where })).count === 0) return undefined;
      return { providerId: row.providerId as IdentityProviderId, returnTo: row.returnTo };
    });
  }
}
