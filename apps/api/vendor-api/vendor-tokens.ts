import { id, instant, isUuid, type ApiCredentialId, type Instant } from '#domain';
import { TokenSigner, type Clock } from '#platform';

/** What a client's secret is traded for lasts so long, as the vendor's does. */
export const VENDOR_TOKEN_SECONDS = 3_600;

interface Payload {
  c: string;
  e: number;
}

/** Bearer tokens for clients' credentials. They are signed and not kept: what revokes a credential revokes its tokens. */
export class VendorTokens {
  private readonly signer: TokenSigner;

  constructor(
    secretKeys: string,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.signer = TokenSigner.fromKeys(secretKeys, 'vendor api token');
  }

  issue(credentialId: ApiCredentialId): { token: string; expiresAt: Instant } {
    const expiresAt = instant(this.clock.now() + VENDOR_TOKEN_SECONDS * 1_000);
    const payload: Payload = { c: credentialId, e: expiresAt };
    return { token: this.signer.sign(Buffer.from(JSON.stringify(payload))), expiresAt };
  }

  /** Undefined for what is no token of ours, or is over. */
  open(token: string): ApiCredentialId | undefined {
    const bytes = this.signer.open(token);
    if (bytes === undefined) return undefined;
    const { c, e } = JSON.parse(bytes.toString()) as Payload;
    return e > this.clock.now() && isUuid(c) ? id<ApiCredentialId>(c) : undefined;
  }
}
