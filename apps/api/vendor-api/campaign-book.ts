import {
  id,
  instant,
  type ApiCredentialId,
  type CampaignId,
  type ConnectionId,
  type TenantId,
} from '#domain';
import type { CampaignRecord, CampaignRepository, ConnectionRepository, CredentialInUse } from '#db';
import type { Clock, KeyedHash } from '#platform';

/** For so long a code is believed without asking. */
const BELIEVED_MS = 2_000;
const MOST_REMEMBERED = 10_000;
/** The vendor has no limit of its own for those who feed a dialer; nobody needs more. */
const PER_MINUTE = 3_000;

export interface CampaignBookParts {
  campaigns: Pick<CampaignRepository, 'byCode'>;
  connections: Pick<ConnectionRepository, 'get'>;
  hash: Pick<KeyedHash, 'allOf'>;
  clock: Pick<Clock, 'now'>;
}

/** Whose campaign a code is of. Whoever has it may feed that campaign, and nothing else of the tenant's. */
export class CampaignBook {
  private readonly remembered = new Map<string, { found: CampaignRecord; until: number }>();

  constructor(private readonly parts: CampaignBookParts) {}

  /** Undefined for nobody's, and for a deleted campaign's. @throws AppError `database.unavailable` */
  async find(code: string): Promise<CampaignRecord | undefined> {
    const { campaigns, hash, clock } = this.parts;
    const hashes = hash.allOf(code);
    const key = hashes[0]?.toString('base64') ?? '';
    const known = this.remembered.get(key);
    if (known !== undefined && known.until > clock.now()) return known.found;
    const found = await campaigns.byCode(hashes);
    // Guesses are not remembered: there is no end to them.
    if (found === undefined) return undefined;
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(key, { found, until: clock.now() + BELIEVED_MS });
    return found;
  }

  /** Whoever shows a campaign's code, as one who asks. Undefined where its connection is gone. */
  async asker({
    id: campaignId,
    tenantId,
    connectionId,
  }: CampaignRecord): Promise<CredentialInUse | undefined> {
    const connection = await this.parts.connections.get(tenantId, connectionId);
    if (connection === undefined) return undefined;
    const { dialect, timeZone, country, epochs, enabled } = connection;
    return {
      credential: credentialOf(campaignId, tenantId, connectionId),
      connection: { id: connectionId, dialect, timeZone, country, epochs, enabled },
    };
  }
}

function credentialOf(
  campaignId: CampaignId,
  tenantId: TenantId,
  connectionId: ConnectionId,
): CredentialInUse['credential'] {
  const never = instant(0);
  return {
    // Limits and the audit name it by the campaign.
    id: id<ApiCredentialId>(campaignId),
    tenantId,
    connectionId,
    name: 'campaign',
    facade: 'voicenter',
    shown: '',
    rights: ['call', 'read'],
    scope: 'account',
    agentId: null,
    department: null,
    allowFrom: [],
    origins: [],
    perMinute: PER_MINUTE,
    settings: {},
    expiresAt: null,
    createdAt: never,
    updatedAt: never,
    revokedAt: null,
    lastUsedAt: null,
  };
}
