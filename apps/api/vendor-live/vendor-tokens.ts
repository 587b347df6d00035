import { instant, isUuid, type Instant, type TenantId } from '#domain';
import type { LoginTokens } from '#dialects';
import type { Clock, TokenSigner } from '#platform';
import type { VendorLogin } from './vendor-logins.js';

/** What keys are derived for: see `TokenSigner`. */
export const VENDOR_TOKEN_PURPOSE = 'vendor live';

const HOUR = 3_600_000;
/** After which clients are told to get a new one. Beyond 24.8 days the older client would do so in a loop. */
const RENEW_AFTER_MS = 12 * HOUR;
/**
 * For how long one is taken. The newer client never renews what a token got it, and comes back with it after each break: so it is
 * the credential that is asked whether it stands, at every connection, and this only bounds how long a lost token is worth anything.
 */
const TAKEN_FOR_MS = 30 * 24 * HOUR;

type TokenUse = 'socket' | 'refresh' | 'access';

interface Payload {
  use: TokenUse;
  tenant: TenantId;
  credential: string;
  until: number;
}

/** The tokens of a vendor's realtime clients. Nothing is kept: a token names a credential, which is asked for each time. */
export class VendorTokens {
  constructor(
    private readonly signer: Pick<TokenSigner, 'sign' | 'open'>,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  issue(login: Pick<VendorLogin, 'tenantId' | 'credentialId'>): LoginTokens {
    const now = this.clock.now();
    const renew = instant(now + RENEW_AFTER_MS);
    const until = instant(now + TAKEN_FOR_MS);
    return {
      socket: { token: this.sign('socket', login, until), expiresAt: renew },
      refresh: { token: this.sign('refresh', login, until), expiresAt: until },
      access: { token: this.sign('access', login, renew), expiresAt: renew },
    };
  }

  /** Whether it was ever given out here, for whatever use. */
  isOurs(token: string): boolean {
    return this.signer.open(token) !== undefined;
  }

  /** Whose it is; undefined for what is no token of ours for this use, or too old. */
  open(token: string, use: TokenUse): { tenantId: TenantId; credentialId: string } | undefined {
    const payload = readPayload(this.signer.open(token));
    if (payload?.use !== use || payload.until <= this.clock.now()) return undefined;
    return { tenantId: payload.tenant, credentialId: payload.credential };
  }

  private sign(
    use: TokenUse,
    { tenantId, credentialId }: Pick<VendorLogin, 'tenantId' | 'credentialId'>,
    until: Instant,
  ): string {
    const payload: Payload = { use, tenant: tenantId, credential: credentialId, until };
    return this.signer.sign(Buffer.from(JSON.stringify(payload)));
  }
}

function readPayload(bytes: Buffer | undefined): Payload | undefined {
  if (bytes === undefined) return undefined;
  // It was signed by us.
  const payload = JSON.parse(bytes.toString()) as Payload;
  return isUuid(payload.tenant) ? payload : undefined;
}
