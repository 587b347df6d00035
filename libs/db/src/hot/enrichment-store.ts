import { foldCall, type CallId, type ConnectionId } from '#domain';
import type { Written } from '../mailbox/claim.js';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import { columnsOf } from './enrichment-columns.js';
import type { DueReceipt, Enrichment, KnownCall, KnownCalls } from './enrichment.js';
import { contextOf } from './call-contexts.js';
import { dueReceipt } from './connection-claim.js';
import { POSTPONE, WRITE_ENRICHMENT, WRITE_ENRICHMENT_LIVE } from './enrichment-sql.js';
import { writtenOf } from './give-back.js';
import { groupRows } from './group-rows.js';
import { MOST_OCCURRENCES, NO_CALLS, knownCallOf, knownCallsIn } from './known-calls.js';
import { newestLeases } from './newest-leases.js';
import { pgArray } from './pg-array.js';
import { withoutNul } from './without-nul.js';

const DUE = `
SELECT m.id AS mailbox, r.id, r.route, r.method, r.query, r.headers, r.body, r.surplus,
       extract(epoch FROM r.received_at) * 1000 AS at, r.tries, r.vendor_call_ids
FROM unnest($1::uuid[], $2::int[]) AS m(id, most)
CROSS JOIN LATERAL (
  SELECT * FROM receipt d WHERE d.connection_id = m.id AND d.state = 'due' ORDER BY d.id LIMIT m.most) r
ORDER BY r.id`;

const KNOWN = `c.id, c.occurrence, extract(epoch FROM c.started_at) * 1000 AS at, c.sequence, c.record,
  x.data AS remembered, extract(epoch FROM x.updated_at) * 1000 AS remembered_at`;

const CALLS = `
SELECT k.connection_id, k.vendor_call_id, ${KNOWN}
FROM unnest($1::uuid[], $2::text[]) AS k(connection_id, vendor_call_id)
LEFT JOIN LATERAL (
  SELECT * FROM call o WHERE o.connection_id = k.connection_id AND o.vendor_call_id = k.vendor_call_id
  ORDER BY o.occurrence DESC LIMIT ${String(MOST_OCCURRENCES)}) c ON true
LEFT JOIN call_context x ON x.connection_id = k.connection_id AND x.vendor_call_id = k.vendor_call_id
WHERE c.id IS NOT NULL OR x.data IS NOT NULL`;

/** What is remembered under an id is of the call that has it now. */
const SETTLING = `
SELECT c.connection_id, c.vendor_call_id, ${KNOWN}
FROM unnest($1::uuid[], $2::int[]) AS m(id, most)
CROSS JOIN LATERAL (
  SELECT * FROM call w WHERE w.connection_id = m.id AND w.settle_at <= now() ORDER BY w.settle_at LIMIT m.most) c
LEFT JOIN call_context x ON x.connection_id = c.connection_id AND x.vendor_call_id = c.vendor_call_id
  AND (c.occurrence = 0 OR x.updated_at > c.started_at - interval '1 day')
  AND NOT EXISTS (
    SELECT 1 FROM call n WHERE n.connection_id = c.connection_id AND n.vendor_call_id = c.vendor_call_id
      AND n.occurrence > c.occurrence)`;

const PUT_AWAY = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('connection', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
)
UPDATE receipt r SET state = 'set_aside', reason = $3
WHERE r.connection_id IN (SELECT id FROM fence) AND r.connection_id = $1 AND r.state = 'due'`;

type Row = Record<string, unknown>;

interface WrittenRow extends Row {
  id: string;
  rung: boolean;
}

/** The enricher's statements, each for many connections at once. */
export class EnrichmentStore {
  private readonly dues: Batcher<{ connectionId: ConnectionId; most: number }, DueReceipt[]>;
  private readonly calls: Batcher<{ connectionId: ConnectionId; vendorCallIds: string[] }, KnownCalls>;
  private readonly settlings: Batcher<{ connectionId: ConnectionId; most: number }, KnownCall[]>;
  private readonly writes: Batcher<Enrichment, Written>;

  constructor(private readonly hot: HotPool) {
    this.dues = new Batcher({ maxItems: 50, maxInFlight: 2, run: (items) => this.readDue(items) });
    this.calls = new Batcher({ maxItems: 50, maxInFlight: 2, run: (items) => this.readCalls(items) });
    this.settlings = new Batcher({ maxItems: 50, maxInFlight: 1, run: (items) => this.readSettling(items) });
    this.writes = new Batcher({ maxItems: 20, maxInFlight: 2, run: (items) => this.writeAll(items) });
  }

  /** The oldest due receipts of a connection, oldest first. */
  due(connectionId: ConnectionId, most: number): Promise<DueReceipt[]> {
    return this.dues.add({ connectionId, most });
  }

  /** Calls that are known already, and what is remembered of any of these. */
  callsOf(connectionId: ConnectionId, vendorCallIds: string[]): Promise<KnownCalls> {
    if (vendorCallIds.length === 0) return Promise.resolve(NO_CALLS);
    return this.calls.add({ connectionId, vendorCallIds });
  }

  /** Calls that were waited for long enough, those that waited longest first, with what is remembered of them. */
  settling(connectionId: ConnectionId, most: number): Promise<KnownCall[]> {
    return this.settlings.add({ connectionId, most });
  }

  /** Puts off the end of a call that cannot be told now, each time for longer. */
  async postpone(connectionId: ConnectionId, fence: string, callId: CallId): Promise<void> {
    await this.hot.run('enrich.postpone', POSTPONE, [connectionId, fence, callId]);
  }

  /** Takes everything due out of the mailbox of a connection that is no more. */
  async putAway(connectionId: ConnectionId, fence: string, reason: string): Promise<void> {
    await this.hot.run('enrich.put_away', PUT_AWAY, [connectionId, fence, reason]);
  }

  /** Commits everything or, when the lease was lost, nothing. */
  write(enrichment: Enrichment): Promise<Written> {
    return this.writes.add(enrichment);
  }

  private async readDue(items: { connectionId: ConnectionId; most: number }[]): Promise<DueReceipt[][]> {
    const rows = await this.hot.run<Row>(
      'enrich.due',
      DUE,
      [items.map((item) => item.connectionId), items.map((item) => item.most)],
      items.length,
    );
    const byMailbox = groupRows(rows, 'mailbox');
    return items.map(({ connectionId }) => (byMailbox.get(connectionId) ?? []).map(dueReceipt));
  }

  private async readCalls(
    items: { connectionId: ConnectionId; vendorCallIds: string[] }[],
  ): Promise<KnownCalls[]> {
    const connectionIds = items.flatMap((item) => item.vendorCallIds.map(() => item.connectionId));
    const rows = await this.hot.run<Row>(
      'enrich.calls',
      CALLS,
      [connectionIds, items.flatMap((item) => item.vendorCallIds.map(withoutNul))],
      connectionIds.length,
    );
    const byConnection = groupRows(rows, 'connection_id');
    return items.map(({ connectionId }) => knownCallsIn(connectionId, byConnection.get(connectionId) ?? []));
  }

  private async readSettling(items: { connectionId: ConnectionId; most: number }[]): Promise<KnownCall[][]> {
    const { uuid, int4 } = pgArray;
    const rows = await this.hot.run<Row>(
      'enrich.settling',
      SETTLING,
      [uuid(items.map((item) => item.connectionId)), int4(items.map((item) => item.most))],
      items.length,
    );
    const byConnection = groupRows(rows, 'connection_id');
    return items.map(({ connectionId }) =>
      (byConnection.get(connectionId) ?? []).map((row) => withContext(connectionId, row)),
    );
  }

  private async writeAll(all: Enrichment[]): Promise<Written[]> {
    const items = newestLeases(all, (item) => item.connectionId);
    const { columns, live, size } = columnsOf(items);
    const rows =
      live.length === 0
        ? await this.hot.run<WrittenRow>('enrich.write', WRITE_ENRICHMENT, columns, size)
        : await this.hot.run<WrittenRow>(
            'enrich.write_live',
            WRITE_ENRICHMENT_LIVE,
            [...columns, ...live],
            size,
          );
    return writtenOf(all, items, rows, (write) => write.connectionId);
  }
}

/** The call as if a last message had come with what is remembered of it. */
function withContext(connectionId: ConnectionId, row: Row): KnownCall {
  const known = knownCallOf(connectionId, row);
  if (row['remembered'] === null) return known;
  const context = contextOf(row['remembered'], row['remembered_at']);
  return { ...known, call: foldCall(known.call, [], known.call, context).call };
}
