import { id, type EndpointId, type TenantId } from '#domain';
import type { ClaimedMailbox, LeaseTerms } from '../mailbox/claim.js';
import type { HotPool } from '../pool/hot-pool.js';
import { dueDelivery } from './due-delivery.js';
import { ORDER_WAITS_MS, type DeliveryTarget, type DueDelivery } from './delivery.js';
import { groupRows } from './group-rows.js';

/** What the drain of an endpoint begins with. */
export interface FirstOfEndpoint {
  /** Undefined when the endpoint was deleted. */
  target: DeliveryTarget | undefined;
  /** Those that are longest due; none where the endpoint is not to be sent to. Fewer than `most` when there are no more. */
  letters: DueDelivery[];
  most: number;
}

/** As `endpoint_target` answers it. */
interface ReadTarget {
  tenantId: string;
  name: string;
  url: string;
  format: string;
  formatSettings: unknown;
  state: string;
  stateReason: string | null;
  ordered: boolean;
  concurrency: number;
  timeoutMs: number;
  scheduleMs: number[];
  ratePerMinute: number | null;
  rateBurst: number;
  disableAfterHours: number | null;
  sealedAccess: string | null;
  grantEpoch: number;
  /** The newest first; `until` in epoch milliseconds, null for ever. */
  secrets: { sealed: string; until: number | null }[];
}

interface Kept {
  version: string;
  target: DeliveryTarget;
  secrets: ReadTarget['secrets'];
}

interface Row extends Record<string, unknown> {
  part: 'lease' | 'letter';
  mailbox: string;
  fence: string;
  memo: unknown;
  epoch: number;
  version: string | null;
  target: ReadTarget | null;
  most: number | null;
}

const CLAIM = 'SELECT * FROM claim_endpoints($1::uuid[], $2::bigint[], $3, $4, $5, $6)';

/**
 * Letters in hand for each place of an endpoint's concurrency: one under way, the others read ahead or waiting to be written
 * down. When the database goes away, no more than these can be sent a second time.
 */
export const LETTERS_PER_PLACE = 5;
/** Endpoints whose settings are remembered. */
const MOST_KEPT = 10_000;
const SECONDS_PER_MINUTE = 60;

/** Takes endpoints' mailboxes and reads what their drains begin with: one statement for all of them. */
export class EndpointClaim {
  private readonly kept = new Map<EndpointId, Kept>();

  /** @param now  epoch milliseconds, by which secrets end */
  constructor(
    private readonly hot: HotPool,
    private readonly now: () => number,
  ) {}

  async claim(ids: readonly string[], { owner, leaseMs }: LeaseTerms): Promise<ClaimedMailbox[]> {
    const endpointIds = ids as readonly EndpointId[];
    const rows = await this.hot.run<Row>(
      'endpoint.claim',
      CLAIM,
      [
        endpointIds,
        endpointIds.map((endpointId) => this.kept.get(endpointId)?.version ?? null),
        owner,
        leaseMs,
        LETTERS_PER_PLACE,
        ORDER_WAITS_MS,
      ],
      ids.length,
    );
    const letters = groupRows(
      rows.filter(({ part }) => part === 'letter'),
      'mailbox',
    );
    return rows
      .filter(({ part }) => part === 'lease')
      .map(({ mailbox, fence, memo, epoch, version, target, most }) => {
        const first: FirstOfEndpoint = {
          target: this.targetOf(id<EndpointId>(mailbox), version, target),
          letters: (letters.get(mailbox) ?? []).map(dueDelivery),
          most: most ?? 0,
        };
        return { id: mailbox, fence, memo, epoch, first };
      });
  }

  /** @param read  null when the version that is known still holds */
  private targetOf(
    endpointId: EndpointId,
    version: string | null,
    read: ReadTarget | null,
  ): DeliveryTarget | undefined {
    if (version === null) {
      this.kept.delete(endpointId);
      return undefined;
    }
    if (read !== null) {
      if (this.kept.size >= MOST_KEPT) this.kept.clear();
      this.kept.set(endpointId, { version, target: targetOf(endpointId, read), secrets: read.secrets });
    }
    const known = this.kept.get(endpointId);
    return known && { ...known.target, secrets: this.secretsNow(known.secrets) };
  }

  private secretsNow(secrets: ReadTarget['secrets']): string[] {
    const now = this.now();
    return secrets.filter(({ until }) => until === null || until > now).map(({ sealed }) => sealed);
  }
}

function targetOf(endpointId: EndpointId, read: ReadTarget): DeliveryTarget {
  const { tenantId, state, ratePerMinute, rateBurst, secrets, ...same } = read;
  return {
    ...same,
    tenantId: id<TenantId>(tenantId),
    endpointId,
    enabled: state === 'enabled' || state === 'enabling',
    rateLimit:
      ratePerMinute === null ? null : { perSecond: ratePerMinute / SECONDS_PER_MINUTE, burst: rateBurst },
    secrets: secrets.map(({ sealed }) => sealed),
  };
}
