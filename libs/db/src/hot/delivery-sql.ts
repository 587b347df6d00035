/**
 * Due deliveries of several endpoints. A delivery waits behind an earlier one of its call that failed less than the
 * order's patience ago; the partial index of retrying deliveries makes that question cheap. Two deliveries of one call
 * that were never tried are kept in order by the drain itself. One whose event is gone is answered without data: left out,
 * it would be first in the row for ever.
 */
export const DUE_DELIVERIES = `
SELECT m.id AS mailbox, d.id, d.tenant_id, d.event_id, d.call_id, d.event_type, d.sequence, d.attempt_count, d.refusals,
       d.tries, d.parts_done, d.replay_id, extract(epoch FROM d.first_tried_at) * 1000 AS first_tried_at,
       extract(epoch FROM e.occurred_at) * 1000 AS occurred_at, e.payload::text AS payload
FROM unnest($1::uuid[], $2::int[], $3::bool[]) AS m(id, most, ordered)
CROSS JOIN LATERAL (
  SELECT * FROM delivery w
  WHERE w.endpoint_id = m.id AND w.state = 'due' AND w.due_at <= now() AND w.id <> ALL($4::uuid[])
    AND NOT (m.ordered AND EXISTS (
      SELECT 1 FROM delivery p
      WHERE p.endpoint_id = w.endpoint_id AND p.call_id = w.call_id AND p.state = 'due'
        AND p.first_tried_at > now() - $5 * interval '1 ms' AND p.sequence < w.sequence))
  ORDER BY w.due_at, w.id LIMIT m.most) d
LEFT JOIN call_event e ON e.id = d.event_id
ORDER BY d.due_at, d.id`;

/**
 * Checks each endpoint's fence, records what came of the tries, and gives back the leases that are not needed any more.
 * Answers the endpoints that were written, and once more those that were given back, and whether they had been rung meanwhile.
 * The fences are one list, so that no row is joined with all of them.
 */
export const RECORD_DELIVERIES = `
WITH fence AS MATERIALIZED (
  SELECT array_agg(held.id) AS ids FROM hold_fence('endpoint', $1::uuid[], $2::bigint[]) AS held(id)
),
changed AS (
  UPDATE delivery d SET
    -- Its endpoint may have been stopped while it was under way: what was got through is not held, all else is.
    state = CASE WHEN d.state = 'held' AND r.state = 'due' THEN d.state ELSE r.state END,
    reason = CASE WHEN d.state = 'held' AND r.state = 'due' THEN d.reason ELSE r.reason END,
    due_at = CASE WHEN r.state = 'due' THEN now() + r.wait_ms * interval '1 ms' ELSE d.due_at END,
    attempt_count = r.attempt_count,
    refusals = r.refusals,
    tries = r.tries,
    parts_done = r.parts_done,
    last_status = r.last_status,
    first_tried_at = CASE WHEN r.state = 'skipped' THEN d.first_tried_at ELSE coalesce(d.first_tried_at, now()) END,
    finished_at = CASE WHEN r.state IN ('delivered', 'dead', 'skipped') THEN now() END
  FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::float8[], $8::int2[], $9::int2[], $10::int2[],
              $26::text[], $30::int2[])
    AS r(id, endpoint_id, state, reason, wait_ms, attempt_count, refusals, tries, parts_done, last_status)
  -- Written so that the planner finds each row by its id and does not walk the index of all that is due.
  WHERE d.id = r.id AND coalesce(d.state, '') IN ('due', 'held') AND r.endpoint_id = ANY ((SELECT ids FROM fence)::uuid[])
),
attempts AS (
  INSERT INTO attempt (id, tenant_id, delivery_id, endpoint_id, number, started_at, duration_ms, outcome, decision, status,
                       error, response_headers, response_body, resolved_ip, timings, request_method, request_url,
                       request_headers, request_body)
  SELECT a.id, a.tenant_id, a.delivery_id, a.endpoint_id, a.number, to_timestamp(a.started_at / 1000.0), a.duration_ms,
         a.outcome, a.decision, a.status, a.error, a.response_headers::json, a.response_body, a.resolved_ip,
         a.timings::json, a.request_method, a.request_url, a.request_headers::json, a.request_body
  FROM unnest($11::uuid[], $12::uuid[], $13::uuid[], $14::uuid[], $15::int2[], $16::float8[], $17::float8[], $18::text[],
              $19::text[], $20::int2[], $21::text[], $22::text[], $23::text[], $24::text[], $25::text[], $27::text[],
              $28::text[], $29::text[], $31::text[])
    AS a(id, tenant_id, delivery_id, endpoint_id, number, started_at, duration_ms, outcome, decision, status, error,
         response_headers, response_body, resolved_ip, timings, request_method, request_url, request_headers,
         request_body)
  WHERE a.endpoint_id = ANY ((SELECT ids FROM fence)::uuid[])
)
SELECT f.id, false AS rung FROM fence CROSS JOIN LATERAL unnest(fence.ids) AS f(id)
UNION ALL
SELECT b.id, b.rung FROM give_back('endpoint', $32::uuid[], $33::bigint[], NULL, $34::text[], $35::int[]) AS b(id, rung)`;

/**
 * A batch of everything that waits for an endpoint which is not to be sent to. The endpoint's state is asked for again,
 * before the fence: it may have been enabled since, and then nobody would release what is held now. Answers how many.
 */
export const PUT_AWAY = `
WITH endpoint_now AS MATERIALIZED (SELECT held_now($1::uuid) AS held),
fence AS MATERIALIZED (
  SELECT held.id FROM endpoint_now e CROSS JOIN LATERAL hold_fence('endpoint',
    CASE WHEN $3 = 'held' AND e.held IS NULL THEN '{}' ELSE ARRAY[$1::uuid] END, ARRAY[$2::bigint]) AS held(id)
),
away AS (
  UPDATE delivery d SET state = $3, reason = $4, finished_at = CASE WHEN $3 = 'dead' THEN now() END
  WHERE d.id IN (SELECT w.id FROM delivery w WHERE w.endpoint_id = $1 AND w.state = 'due' LIMIT $5)
    AND coalesce(d.state, '') = 'due' AND EXISTS (SELECT 1 FROM fence)
  RETURNING 1
)
SELECT count(*)::int AS count FROM away`;
