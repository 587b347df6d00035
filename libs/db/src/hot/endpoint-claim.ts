import { id, instant, uuidsIn, type EndpointId, type TenantId } from '#domain';
import type { MailboxClaim, ClaimedMailbox, FoundMailboxes, LeaseTerms } from '../mailbox/claim.js';
import type { HotPool } from '../pool/hot-pool.js';
import { dueDelivery } from './due-delivery.js';
import { ORDER_WAITS_MS, type DeliveryTarget, type DueDelivery } from './delivery.js';
import { groupRows, rowsOf } from './group-rows.js';
import { readChanged } from './read-changed.js';

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
  part: 'found' | 'lease' | 'letter';
  mailbox: EndpointId;
  fence: string;
  memo: unknown;
  epoch: number;
  version: string | null;
  most: number | null;
}

interface TargetRow extends Record<string, unknown> {
  mailbox: EndpointId;
  version: string;
  target: ReadTarget;
}

const CLAIM = 'SELECT * FROM claim_endpoints($1::uuid[], $2::uuid, $3, $4, $5, $6, $7)';

const TARGETS = `
SELECT e.id AS mailbox, t.setup_version::text AS version, endpoint_target(e.id) AS target
FROM unnest($1::uuid[]) AS w(id) JOIN endpoint e ON e.id = w.id JOIN tenant t ON t.id = e.tenant_id`;

/** Longer than any delivery that is found by looking waits. Clocks that differ by more leave it to the rings. */
const LOOK_BACK_MS = 1_000;
/**
 * Letters in hand for each place of an endpoint's concurrency: one under way, the others read ahead or waiting to be written
 * down. When the database goes away, no more than these can be sent a second time.
 */
export const LETTERS_PER_PLACE = 5;
/** Endpoints whose settings are remembered. */
const MOST_KEPT = 10_000;
const SECONDS_PER_MINUTE = 60;

/** Takes endpoints' mailboxes and reads what their drains begin with: one statement for all of them. */
export class EndpointClaim implements MailboxClaim {
  private readonly kept = new Map<EndpointId, Kept>();

  /** @param now  epoch milliseconds, by which secrets end and ids are made */
  constructor(
    private readonly hot: HotPool,
    private readonly now: () => number,
  ) {}

  async claim(ids: readonly string[], terms: LeaseTerms): Promise<ClaimedMailbox[]> {
    return this.claimedIn(await this.run('endpoint.claim', { ids, since: null, places: ids.length }, terms));
  }

  /** Of deliveries that were just made. Retries and what is set free are rung for. */
  async look(places: number, terms: LeaseTerms): Promise<FoundMailboxes> {
    const now = this.now();
    const { least } = uuidsIn({ from: instant(now - LOOK_BACK_MS), to: instant(now) });
    const rows = await this.run('endpoint.look', { ids: null, since: least, places }, terms);
    return { claimed: this.claimedIn(rows), others: rowsOf(rows, 'found').map(({ mailbox }) => mailbox) };
  }

  private run(
    name: string,
    { ids, since, places }: { ids: readonly string[] | null; since: string | null; places: number },
    { owner, leaseMs }: LeaseTerms,
  ): Promise<Row[]> {
    const values = [ids, since, places, owner, leaseMs, LETTERS_PER_PLACE, ORDER_WAITS_MS];
    return this.hot.run<Row>(name, CLAIM, values, places);
  }

  private claimedIn(rows: readonly Row[]): ClaimedMailbox[] {
    const leases = rowsOf(rows, 'lease');
    if (leases.length === 0) return [];
    const letters = groupRows(rowsOf(rows, 'letter'), 'mailbox');
    const beginWith = readChanged(leases, {
      versionOf: (mailbox) => this.kept.get(mailbox)?.version ?? null,
      read: (mailboxes) => this.read(mailboxes),
      kept: ({ mailbox, version }) => this.keptTarget(mailbox, version),
    });
    return leases.map((lease) => {
      const { mailbox, fence, memo, epoch, most } = lease;
      const due = (letters.get(mailbox) ?? []).map(dueDelivery);
      const first = beginWith(lease, (target): FirstOfEndpoint => ({
        target,
        letters: due,
        most: most ?? 0,
      }));
      return { id: mailbox, fence, memo, epoch, first };
    });
  }

  private async read(mailboxes: readonly EndpointId[]): Promise<Map<EndpointId, DeliveryTarget>> {
    const rows = await this.hot.run<TargetRow>('endpoint.target', TARGETS, [mailboxes], mailboxes.length);
    if (this.kept.size + rows.length > MOST_KEPT) this.kept.clear();
    const found = new Map<EndpointId, DeliveryTarget>();
    for (const { mailbox, version, target } of rows) {
      const kept = { version, target: targetOf(mailbox, target), secrets: target.secrets };
      this.kept.set(mailbox, kept);
      found.set(mailbox, this.targetNow(kept));
    }
    return found;
  }

  /** @param version  null for one that was deleted, which is forgotten */
  private keptTarget(mailbox: EndpointId, version: string | null): DeliveryTarget | undefined {
    if (version === null) this.kept.delete(mailbox);
    const kept = this.kept.get(mailbox);
    return kept && this.targetNow(kept);
  }

  private targetNow({ target, secrets }: Kept): DeliveryTarget {
    return { ...target, secrets: this.secretsNow(secrets) };
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
