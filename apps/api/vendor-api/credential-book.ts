import type { ApiCredentialId } from '#domain';
import type { ApiCredentialRepository, CampaignRecord, CredentialInUse } from '#db';
import type { Presented } from '#dialects';
import { credentialText, type Clock, type KeyedHash, type Log } from '#platform';
import type { CampaignBook } from './campaign-book.js';
import type { VendorTokens } from './vendor-tokens.js';

/** For so long a credential is believed without asking; one that was revoked works no longer than that. */
const BELIEVED_MS = 2_000;
const MOST_REMEMBERED = 10_000;
/** How often it is noted that one is used. */
const TOUCH_EVERY_MS = 60_000;

export interface CredentialBookParts {
  credentials: Pick<ApiCredentialRepository, 'byHash' | 'open' | 'touch'>;
  campaigns: Pick<CampaignBook, 'find' | 'asker'>;
  hash: Pick<KeyedHash, 'allOf'>;
  tokens: Pick<VendorTokens, 'open'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn'>;
}

interface Remembered {
  found: CredentialInUse | undefined;
  until: number;
}

/** Whose a credential is that somebody shows. */
export class CredentialBook {
  private readonly remembered = new Map<string, Remembered>();

  constructor(private readonly parts: CredentialBookParts) {}

  /** Undefined for one that nobody has, or that no longer holds. @throws AppError `database.unavailable` */
  async find(facade: string, presented: Presented): Promise<CredentialInUse | undefined> {
    switch (presented.kind) {
      case 'campaign':
        return this.byCampaign(facade, presented);
      case 'none':
        return undefined;
      case 'bearer': {
        // A code may come as a bearer token too.
        const credentialId = this.parts.tokens.open(presented.token);
        if (credentialId !== undefined) return this.byId(facade, credentialId);
        return this.byText(facade, credentialText({ kind: 'code', code: presented.token }));
      }
      case 'code':
      case 'login':
      case 'client':
        return this.byText(facade, credentialText(presented));
    }
  }

  /** A code beside the campaign's must be of the same tenant, and then it is its owner who asks. */
  private async byCampaign(
    facade: string,
    { campaign, code, others }: Extract<Presented, { kind: 'campaign' }>,
  ): Promise<CredentialInUse | undefined> {
    const { campaigns } = this.parts;
    let found: CampaignRecord | undefined;
    for (const one of [campaign, ...others]) found ??= await campaigns.find(one);
    if (found === undefined) return undefined;
    if (code === null) return campaigns.asker(found);
    const owner = await this.byText(facade, credentialText({ kind: 'code', code }));
    return owner?.credential.tenantId === found.tenantId ? owner : undefined;
  }

  private byText(facade: string, text: string): Promise<CredentialInUse | undefined> {
    const hashes = this.parts.hash.allOf(text);
    const key = `${facade} ${hashes[0]?.toString('base64') ?? ''}`;
    return this.remember(key, () => this.parts.credentials.byHash(facade, hashes));
  }

  private async byId(facade: string, credentialId: ApiCredentialId): Promise<CredentialInUse | undefined> {
    const found = await this.remember(credentialId, () => this.parts.credentials.open(credentialId));
    return found?.credential.facade === facade ? found : undefined;
  }

  private async remember(
    key: string,
    find: () => Promise<CredentialInUse | undefined>,
  ): Promise<CredentialInUse | undefined> {
    const now = this.parts.clock.now();
    const known = this.remembered.get(key);
    if (known !== undefined && known.until > now) return known.found;
    const found = await find();
    // Guesses are not remembered: there is no end to them.
    if (found === undefined) return undefined;
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(key, { found, until: now + BELIEVED_MS });
    this.parts.credentials.touch(found.credential.id, TOUCH_EVERY_MS).catch((error: unknown) => {
      this.parts.log.warn({ err: error }, 'api_credential.touch_failed');
    });
    return found;
  }
}
