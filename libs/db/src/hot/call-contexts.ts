import {
  MOST_CUSTOM_DATA,
  contextData,
  instant,
  type CallContext,
  type ConnectionId,
  type TenantId,
} from '#domain';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import { pgArray } from './pg-array.js';
import { storableJson } from './storable-json.js';
import { withoutNul } from './without-nul.js';

/**
 * Member by member the newer value stays; of more than may be kept, the newer members do. What was remembered a day ago is
 * of another call that had the id.
 */
const REMEMBER = `
INSERT INTO call_context AS known (connection_id, vendor_call_id, tenant_id, data, created_at, updated_at)
SELECT n.connection_id, n.vendor_call_id, n.tenant_id, n.data::jsonb, clock_timestamp(), clock_timestamp()
FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[]) AS n(connection_id, vendor_call_id, tenant_id, data)
ON CONFLICT (connection_id, vendor_call_id) DO UPDATE SET
  data = (SELECT jsonb_object_agg(m.key, m.value) FROM (
    SELECT key, value, 1 AS age FROM jsonb_each(EXCLUDED.data)
    UNION ALL
    SELECT key, value, 2 FROM jsonb_each(known.data)
    WHERE NOT EXCLUDED.data ? key AND known.updated_at > clock_timestamp() - interval '1 day'
    ORDER BY age, key LIMIT $5::int) m),
  -- Two states of one context never have the same time, whatever the clock does: the later one can be told by it.
  updated_at = greatest(clock_timestamp(), known.updated_at + interval '1 ms')`;

const RECALL = `
SELECT x.connection_id, x.vendor_call_id, x.data, extract(epoch FROM x.updated_at) * 1000 AS at
FROM call_context x JOIN unnest($1::uuid[], $2::text[]) AS k(connection_id, vendor_call_id)
USING (connection_id, vendor_call_id)`;

/** Answers are waited for on the phone; a commit costs the same for one as for ten. */
const GATHER_MS = 2;

interface Call {
  connectionId: ConnectionId;
  vendorCallId: string;
}
interface Memory extends Call {
  tenantId: TenantId;
  data: Record<string, string>;
}

/** What is remembered of calls by the PBX's id, whether or not anything else is known of them yet. */
export class CallContexts {
  private readonly memories: Batcher<Memory, undefined>;
  private readonly questions: Batcher<Call, CallContext | null>;

  constructor(private readonly hot: HotPool) {
    this.memories = new Batcher({
      maxItems: 500,
      // One after another: what is given later is the newer.
      maxInFlight: 1,
      gatherMs: GATHER_MS,
      run: (items) => this.write(items),
    });
    this.questions = new Batcher({ maxItems: 500, maxInFlight: 2, run: (items) => this.read(items) });
  }

  /**
   * Adds to what is remembered of a call; resolves when it is committed.
   *
   * @param given  at most ten members with values of at most 128 characters are kept; empty ones are not
   * @throws AppError `database.unavailable`
   */
  async remember(
    tenantId: TenantId,
    connectionId: ConnectionId,
    vendorCallId: string,
    given: Readonly<Record<string, string>>,
  ): Promise<void> {
    const data = contextData(given);
    if (Object.keys(data).length === 0) return;
    await this.memories.add({ tenantId, connectionId, vendorCallId: withoutNul(vendorCallId), data });
  }

  /** Null where nothing is remembered, or no longer. @throws AppError `database.unavailable` */
  recall(connectionId: ConnectionId, vendorCallId: string): Promise<CallContext | null> {
    return this.questions.add({ connectionId, vendorCallId: withoutNul(vendorCallId) });
  }

  private async write(items: Memory[]): Promise<undefined[]> {
    const rows = oneForEachCall(items);
    const { uuid, text } = pgArray;
    await this.hot.run(
      'context.remember',
      REMEMBER,
      [
        uuid(rows.map((row) => row.connectionId)),
        text(rows.map((row) => row.vendorCallId)),
        uuid(rows.map((row) => row.tenantId)),
        text(rows.map((row) => storableJson(row.data))),
        MOST_CUSTOM_DATA,
      ],
      rows.length,
    );
    return items.map(() => undefined);
  }

  private async read(items: Call[]): Promise<(CallContext | null)[]> {
    const { uuid, text } = pgArray;
    const rows = await this.hot.run<Record<string, unknown>>(
      'context.recall',
      RECALL,
      [uuid(items.map((item) => item.connectionId)), text(items.map((item) => item.vendorCallId))],
      items.length,
    );
    const found = new Map(rows.map((row) => [keyOf(row['connection_id'], row['vendor_call_id']), row]));
    return items.map(({ connectionId, vendorCallId }) => {
      const row = found.get(keyOf(connectionId, vendorCallId));
      return row ? contextOf(row['data'], row['at']) : null;
    });
  }
}

/** A context as a row tells it. @param at  epoch milliseconds, as PostgreSQL's `numeric` comes */
export function contextOf(data: unknown, at: unknown): CallContext {
  return { at: instant(Number(at)), data: data as Record<string, unknown> };
}

function keyOf(connectionId: unknown, vendorCallId: unknown): string {
  return `${String(connectionId)} ${String(vendorCallId)}`;
}

/** One statement cannot write a row twice; and rows that several processes lock in one order never lock each other out. */
function oneForEachCall(items: readonly Memory[]): Memory[] {
  const rows = new Map<string, Memory>();
  for (const item of items) {
    const key = keyOf(item.connectionId, item.vendorCallId);
    const data = contextData({ ...item.data, ...without(rows.get(key)?.data ?? {}, item.data) });
    rows.set(key, { ...item, data });
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** The members of `older` that `newer` does not have. */
function without(older: Record<string, string>, newer: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(older).filter(([name]) => !Object.hasOwn(newer, name)));
}
