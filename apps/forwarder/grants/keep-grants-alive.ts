import { readEndpointAccess } from '#domain';
import { sealedFor, type GrantStore, type IdleGrant } from '#db';
import { logFailure, type GrantTokens, type Log, type SecretBox } from '#platform';

export interface KeepGrantsAliveParts {
  store: Pick<GrantStore, 'idle' | 'putOff'>;
  grants: Pick<GrantTokens, 'keepAlive'>;
  box: Pick<SecretBox, 'open'>;
  log: Log;
}

/** Each is a request to a token endpoint, one after another. */
const AT_ONCE = 20;
const NEXT_TRY_MS = 60 * 60 * 1000;

/** Renews what nobody needed for so long that the CRM could forget it. */
export class KeepGrantsAlive {
  constructor(private readonly parts: KeepGrantsAliveParts) {}

  /** @throws AppError `database.unavailable` */
  async run(): Promise<void> {
    for (const idle of await this.parts.store.idle(AT_ONCE)) await this.renew(idle);
  }

  private async renew({ grant, sealedEndpointAccess }: IdleGrant): Promise<void> {
    const { store, grants, box, log } = this.parts;
    const { id, endpointId } = grant;
    try {
      const context = sealedFor.endpointAccess(endpointId);
      const text = sealedEndpointAccess === null ? null : box.open(sealedEndpointAccess, context);
      const { auth } = readEndpointAccess(text);
      if (auth.kind === 'oauth2_code') await grants.keepAlive(grant, auth);
    } catch (error) {
      // One that cannot be opened must not keep the others from being renewed.
      logFailure(log, 'grant.keep_alive_failed', error, { grantId: id, endpointId });
    }
    await store.putOff(id, NEXT_TRY_MS);
  }
}
