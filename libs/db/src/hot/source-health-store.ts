import type { ContactSourceId, Instant } from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import { pgArray } from './pg-array.js';
import { withoutNul } from './without-nul.js';

/** How a source did lately, as one worker saw it. */
export interface SourceHealthRow {
  sourceId: ContactSourceId;
  /** Of its settings. */
  version: number;
  answeredAt: Instant | null;
  failedAt: Instant | null;
  /** Why it failed last: one sentence, without secrets. */
  failure: string | null;
  failuresInARow: number;
  /** Until then it is left alone. */
  openUntil: Instant | null;
}

/** What another worker saw before counts where this one saw nothing. Of a source with other settings nothing is told. */
const NOTE = `
INSERT INTO source_health AS known
  (source_id, tenant_id, version, answered_at, failed_at, failure, failures_in_a_row, open_until)
SELECT s.id, s.tenant_id, s.version, to_timestamp(g.answered / 1000.0), to_timestamp(g.failed / 1000.0), g.failure, g.in_a_row,
       to_timestamp(g.open_until / 1000.0)
FROM unnest($1::uuid[], $2::int[], $3::float8[], $4::float8[], $5::text[], $6::int[], $7::float8[])
  AS g(source_id, version, answered, failed, failure, in_a_row, open_until)
JOIN contact_source s ON s.id = g.source_id AND s.version = g.version
ORDER BY s.id
ON CONFLICT (source_id) DO UPDATE SET
  version = EXCLUDED.version, failures_in_a_row = EXCLUDED.failures_in_a_row, open_until = EXCLUDED.open_until,
  answered_at = CASE WHEN known.version = EXCLUDED.version
                     THEN greatest(known.answered_at, EXCLUDED.answered_at) ELSE EXCLUDED.answered_at END,
  failed_at = CASE WHEN known.version = EXCLUDED.version
                   THEN greatest(known.failed_at, EXCLUDED.failed_at) ELSE EXCLUDED.failed_at END,
  failure = CASE WHEN known.version = EXCLUDED.version
                 THEN coalesce(EXCLUDED.failure, known.failure) ELSE EXCLUDED.failure END`;

/** How the sources of contacts do, for the tenant to see, and for whoever would wait for one in vain. */
export class SourceHealthStore {
  constructor(private readonly hot: HotPool) {}

  /** @param rows  each source at most once. @throws AppError `database.unavailable` */
  async note(rows: readonly SourceHealthRow[]): Promise<void> {
    const { uuid, int4, float8, text } = pgArray;
    await this.hot.run(
      'source.health',
      NOTE,
      [
        uuid(rows.map(({ sourceId }) => sourceId)),
        int4(rows.map(({ version }) => version)),
        float8(rows.map(({ answeredAt }) => answeredAt)),
        float8(rows.map(({ failedAt }) => failedAt)),
        text(rows.map(({ failure }) => withoutNul(failure))),
        int4(rows.map(({ failuresInARow }) => failuresInARow)),
        float8(rows.map(({ openUntil }) => openUntil)),
      ],
      rows.length,
    );
  }
}
