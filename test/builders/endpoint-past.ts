import { newId } from '#platform';
import type { TestEndpoint } from '../harness/tenant.js';
import type { Sql } from '../harness/world.js';

/** An endpoint that was sent to in this hour and paused since: a row of each of its tables. */
export async function makeEndpointPast(sql: Sql, { id, tenantId }: TestEndpoint): Promise<void> {
  await sql.rows(
    `INSERT INTO endpoint_stat (endpoint_id, span, at, tenant_id, counts, longest_answered_ms, longest_ms)
     VALUES ($1, 'hour', date_trunc('hour', now()), $2, '{"outcome.delivered": 1}', 5, 5)`,
    [id, tenantId],
  );
  await sql.rows(
    `INSERT INTO endpoint_state_change (id, tenant_id, endpoint_id, at, kind, from_state, to_state, actor)
     VALUES ($1, $2, $3, now(), 'state', 'enabled', 'paused', 'switchhook')`,
    [newId(), tenantId, id],
  );
}
