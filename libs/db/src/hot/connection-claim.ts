import { id, type ConnectionId, type Instant, type ReceiptId } from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import type { MailboxClaim, ClaimedMailbox, FoundMailboxes, LeaseTerms } from '../mailbox/claim.js';
import type { DueReceipt, EnrichmentContext, KnownCalls } from './enrichment.js';
import { groupRows, rowsOf } from './group-rows.js';
import { KeptContexts, type ReadContext } from './kept-contexts.js';
import { knownCallsIn, MOST_OCCURRENCES } from './known-calls.js';
import { readChanged } from './read-changed.js';

/** What the drain of a connection begins with. */
export interface FirstOfConnection {
  /** Undefined when the connection was deleted. */
  context: EnrichmentContext | undefined;
  /** Whether there are calls that were waited for long enough. */
  settling: boolean;
  /** The oldest. Fewer than `most` when there are no more. */
  receipts: DueReceipt[];
  most: number;
  /** The calls that these receipts speak of, by the ids that ingress read. */
  known: KnownCalls;
  /** Ids that `known` answers for, also where there is no such call. */
  asked: ReadonlySet<string>;
  /** Whether somebody listens to what happens to the tenant's calls. */
  live: boolean;
}

const CLAIM = 'SELECT * FROM claim_connections($1::uuid[], $2, $3, $4, $5, $6)';

const CONTEXTS = `
SELECT c.id AS mailbox, t.setup_version::text AS version, connection_context(c.id, w.directory) AS context
FROM unnest($1::uuid[], $2::bool[]) AS w(id, directory)
JOIN connection c ON c.id = w.id JOIN tenant t ON t.id = c.tenant_id`;

/** Receipts that one claim reads, over all its mailboxes. */
const RECEIPTS = 600;

interface Row extends Record<string, unknown> {
  part: 'found' | 'lease' | 'receipt' | 'call';
  mailbox: ConnectionId;
  fence: string;
  memo: unknown;
  epoch: number;
  settling: boolean;
  version: string | null;
  live: boolean;
  most: number;
}

interface ContextRow extends Record<string, unknown> {
  mailbox: ConnectionId;
  version: string;
  context: ReadContext;
}

/** Takes connections' mailboxes and reads what their drains begin with: one statement for all of them. */
export class ConnectionClaim implements MailboxClaim {
  private readonly contexts: KeptContexts;

  /** @param now  milliseconds of any clock that goes on, by which large directories are forgotten */
  constructor(
    private readonly hot: HotPool,
    now: () => number = () => performance.now(),
  ) {
    this.contexts = new KeptContexts(now);
  }

  async claim(ids: readonly string[], terms: LeaseTerms): Promise<ClaimedMailbox[]> {
    return this.claimedIn(await this.run('connection.claim', ids, ids.length, terms));
  }

  async look(places: number, terms: LeaseTerms): Promise<FoundMailboxes> {
    const rows = await this.run('connection.look', null, places, terms);
    return { claimed: this.claimedIn(rows), others: rowsOf(rows, 'found').map(({ mailbox }) => mailbox) };
  }

  private run(
    name: string,
    ids: readonly string[] | null,
    places: number,
    terms: LeaseTerms,
  ): Promise<Row[]> {
    const { owner, leaseMs } = terms;
    return this.hot.run<Row>(name, CLAIM, [ids, places, owner, leaseMs, RECEIPTS, MOST_OCCURRENCES], places);
  }

  private claimedIn(rows: readonly Row[]): ClaimedMailbox[] {
    const leases = rowsOf(rows, 'lease');
    if (leases.length === 0) return [];
    const receipts = groupRows(rowsOf(rows, 'receipt'), 'mailbox');
    const calls = groupRows(rowsOf(rows, 'call'), 'mailbox');
    const beginWith = readChanged(leases, {
      versionOf: (mailbox) => this.contexts.versionOf(mailbox),
      read: (mailboxes) => this.read(mailboxes),
      kept: ({ mailbox, version }) => this.contexts.contextOf(mailbox, version),
    });
    return leases.map((lease) => {
      const { mailbox, fence, memo, epoch, settling, live, most } = lease;
      const due = (receipts.get(mailbox) ?? []).map(dueReceipt);
      const known = knownCallsIn(mailbox, calls.get(mailbox) ?? []);
      const asked = new Set(due.flatMap(({ vendorCallIds }) => vendorCallIds));
      const first = beginWith(lease, (context): FirstOfConnection => ({
        context,
        settling,
        receipts: due,
        most,
        known,
        asked,
        live,
      }));
      return { id: mailbox, fence, memo, epoch, first };
    });
  }

  private async read(mailboxes: readonly ConnectionId[]): Promise<Map<ConnectionId, EnrichmentContext>> {
    const directories = mailboxes.map((mailbox) => this.contexts.wantsDirectory(mailbox));
    const rows = await this.hot.run<ContextRow>(
      'connection.context',
      CONTEXTS,
      [mailboxes, directories],
      mailboxes.length,
    );
    const found = new Map<ConnectionId, EnrichmentContext>();
    for (const { mailbox, version, context } of rows) {
      found.set(mailbox, this.contexts.keep(mailbox, version, context));
    }
    return found;
  }
}

/** A row of `receipt`, as the statements of this folder name its columns. */
export function dueReceipt(row: Record<string, unknown>): DueReceipt {
  return {
    id: id<ReceiptId>(row['id'] as string),
    route: row['route'] as string,
    method: row['method'] as string,
    query: row['query'] as string,
    headers: row['headers'] as Record<string, string | undefined>,
    body: row['body'] as Uint8Array,
    surplus: row['surplus'] as Uint8Array | null,
    receivedAt: Number(row['at']) as Instant,
    tries: row['tries'] as number,
    vendorCallIds: (row['vendor_call_ids'] as string[] | null) ?? [],
  };
}
