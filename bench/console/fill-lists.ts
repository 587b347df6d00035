/** A tenant with so much behind it that a list which reads all of it would be noticed. */
import type { Ask } from '../growth/fill.js';

/** What makes calls differ: every fifth missed, every twentieth recorded, every third outgoing. */
const VARY_CALLS = `
UPDATE call SET
  result = CASE WHEN n % 5 = 0 THEN 'missed' WHEN n % 7 = 0 THEN 'busy' ELSE 'answered' END,
  direction = CASE WHEN n % 3 = 0 THEN 'outbound' ELSE 'inbound' END,
  extension = (100 + n % 40)::text
FROM (SELECT id AS of, row_number() OVER (ORDER BY id) AS n FROM call WHERE tenant_id = $1) numbered
WHERE id = of AND tenant_id = $1`;

/** The same events told to the other endpoints: one in five hundred in vain. Parameters: tenant, endpoints. */
const ADD_DELIVERIES = `
INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, call_id, event_type, sequence, state, due_at, attempt_count,
                      first_tried_at, finished_at, last_status)
SELECT overlay(gen_random_uuid()::text PLACING left(e.id::text, 14) FROM 1)::uuid, e.tenant_id, endpoint, e.id, e.call_id, e.type,
  e.sequence, CASE WHEN n % 500 = 0 THEN 'dead' ELSE 'delivered' END, e.occurred_at, 1, e.occurred_at, e.occurred_at,
  CASE WHEN n % 500 = 0 THEN 503 ELSE 200 END
FROM (SELECT *, row_number() OVER () AS n FROM call_event WHERE tenant_id = $1) e CROSS JOIN unnest($2::uuid[]) endpoint`;

const SETTLE = ['call', 'call_event', 'delivery'].map((table) => `VACUUM (ANALYZE) ${table}`);

/** After `Fill.history` gave each call one delivery. @param endpoints  each is told of all calls */
export async function fillLists(ask: Ask, tenant: string, endpoints: readonly string[]): Promise<void> {
  await ask(VARY_CALLS, [tenant]);
  await ask(ADD_DELIVERIES, [tenant, endpoints]);
  for (const statement of SETTLE) await ask(statement);
}
