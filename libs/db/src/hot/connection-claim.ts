import { id, type ConnectionId, type Instant, type ReceiptId } from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import type { ClaimedMailbox, LeaseTerms } from '../mailbox/claim.js';
import type { DueReceipt, EnrichmentContext, KnownCalls } from './enrichment.js';
import { groupRows } from './group-rows.js';
import { KeptContexts, type ReadContext } from './kept-contexts.js';
import { knownCallsIn, MOST_OCCURRENCES } from './known-calls.js';

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

const CLAIM = 'SELECT * FROM claim_connections($1::uuid[], $2::bigint[], $3::boolean[], $4, $5, $6, $7)';

/** Receipts that one claim reads, over all its mailboxes, and the least and most of one mailbox. */
const RECEIPTS = 600;
const LEAST_OF_ONE = 10;
const MOST_OF_ONE = 200;

interface Row extends Record<string, unknown> {
  part: 'lease' | 'receipt' | 'call';
  mailbox: string;
  fence: string;
  memo: unknown;
  epoch: number;
  settling: boolean;
  version: string | null;
  context: ReadContext | null;
  live: boolean;
}

/** Takes connections' mailboxes and reads what their drains begin with: one statement for all of them. */
export class ConnectionClaim {
  private readonly contexts: KeptContexts;

  /** @param now  milliseconds of any clock that goes on, by which large directories are forgotten */
  constructor(
    private readonly hot: HotPool,
    now: () => number = () => performance.now(),
  ) {
    this.contexts = new KeptContexts(now);
  }

  async claim(ids: readonly string[], { owner, leaseMs }: LeaseTerms): Promise<ClaimedMailbox[]> {
    const connectionIds = ids as readonly ConnectionId[];
    const most = Math.min(MOST_OF_ONE, Math.max(LEAST_OF_ONE, Math.floor(RECEIPTS / ids.length)));
    const rows = await this.hot.run<Row>(
      'connection.claim',
      CLAIM,
      [
        connectionIds,
        connectionIds.map((connectionId) => this.contexts.versionOf(connectionId)),
        connectionIds.map((connectionId) => this.contexts.wantsDirectory(connectionId)),
        owner,
        leaseMs,
        most,
        MOST_OCCURRENCES,
      ],
      ids.length,
    );
    const receipts = groupRows(rowsOf(rows, 'receipt'), 'mailbox');
    const calls = groupRows(rowsOf(rows, 'call'), 'mailbox');
    return rowsOf(rows, 'lease').map(({ mailbox, fence, memo, epoch, version, context, settling, live }) => {
      const due = (receipts.get(mailbox) ?? []).map(dueReceipt);
      const first: FirstOfConnection = {
        context: this.contexts.context(id<ConnectionId>(mailbox), version, context),
        settling,
        receipts: due,
        most,
        known: knownCallsIn(id<ConnectionId>(mailbox), calls.get(mailbox) ?? []),
        asked: new Set(due.flatMap(({ vendorCallIds }) => vendorCallIds)),
        live,
      };
      return { id: mailbox, fence, memo, epoch, first };
    });
  }
}

function rowsOf(rows: readonly Row[], part: Row['part']): Row[] {
  return rows.filter((row) => row.part === part);
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
