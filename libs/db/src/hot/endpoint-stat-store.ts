import type { EndpointId, Instant, StatSpan, TryTally } from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import { pgArray } from './pg-array.js';

/** What came of an endpoint's tries in one span of time. */
export interface EndpointStatRow {
  endpointId: EndpointId;
  span: StatSpan;
  at: Instant;
  tally: TryTally;
}

/**
 * Adds to what is there. Sorted, so that statements of several processes lock rows in one order. An endpoint that was
 * deleted meanwhile has no statistics any more.
 */
const ADD = `
INSERT INTO endpoint_stat AS known (endpoint_id, span, at, tenant_id, counts, longest_answered_ms, longest_ms)
SELECT e.id, n.span, to_timestamp(n.at / 1000.0), e.tenant_id, n.counts::jsonb, n.longest_answered_ms, n.longest_ms
FROM unnest($1::uuid[], $2::text[], $3::float8[], $4::text[], $5::float8[], $6::float8[])
  AS n(endpoint_id, span, at, counts, longest_answered_ms, longest_ms)
JOIN endpoint e ON e.id = n.endpoint_id
ORDER BY e.id, n.span, n.at
ON CONFLICT (endpoint_id, span, at) DO UPDATE SET
  counts = (SELECT jsonb_object_agg(sum.key, sum.count) FROM (
    SELECT c.key, sum(c.value::bigint) AS count
    FROM (SELECT * FROM jsonb_each_text(known.counts) UNION ALL SELECT * FROM jsonb_each_text(EXCLUDED.counts)) c
    GROUP BY c.key) sum),
  longest_answered_ms = greatest(known.longest_answered_ms, EXCLUDED.longest_answered_ms),
  longest_ms = greatest(known.longest_ms, EXCLUDED.longest_ms)`;

/** Counters of tries by endpoint and span. */
export class EndpointStatStore {
  constructor(private readonly hot: HotPool) {}

  /**
   * @param rows  each endpoint and span at most once
   * @throws AppError `database.unavailable`
   */
  async add(rows: readonly EndpointStatRow[]): Promise<void> {
    const { uuid, text, float8 } = pgArray;
    const values = [
      uuid(rows.map((row) => row.endpointId)),
      text(rows.map((row) => row.span)),
      float8(rows.map((row) => row.at)),
      text(rows.map((row) => JSON.stringify(row.tally.counts))),
      float8(rows.map((row) => row.tally.longestAnsweredMs)),
      float8(rows.map((row) => row.tally.longestMs)),
    ];
    await this.hot.run('endpoint_stat.add', ADD, values, rows.length);
  }
}
