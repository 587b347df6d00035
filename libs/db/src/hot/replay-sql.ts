/**
 * A batch of one tenant's events, oldest first, each with the newest delivery of it to each endpoint. The batch is cut
 * before anything is filtered, so it costs the same however few of its events are wanted. Only events without a call can
 * be tests; theirs alone is the data that is looked into for that.
 *
 * Parameters: tenant, after (id, exclusive), before (id, exclusive), most, and with `ofOneCall` the call. `withData` reads the
 * events' data too, which only endpoints with a filter need.
 */
export function eventsForReplay({ ofOneCall, withData }: { ofOneCall: boolean; withData: boolean }): string {
  return `
SELECT e.id, e.call_id, e.type, e.is_test, e.sequence, e.data, c.customer_number,
  CASE WHEN e.call_id IS NULL THEN ${newestDeliveries('d.call_id IS NULL')}
       ELSE ${newestDeliveries('d.call_id = e.call_id')} END AS deliveries
FROM (
  SELECT v.id, v.call_id, v.type, v.sequence,
    CASE WHEN v.call_id IS NULL THEN coalesce(v.payload->>'test' = 'true', false) ELSE false END AS is_test,
    ${withData ? 'v.payload' : 'NULL'} AS data FROM call_event v
  WHERE v.tenant_id = $1::uuid AND v.id > $2::uuid AND v.id < $3::uuid ${ofOneCall ? 'AND v.call_id = $5::uuid' : ''}
  ORDER BY v.id LIMIT $4::int) e
LEFT JOIN call c ON c.id = e.call_id
ORDER BY e.id`;
}

/** Each is looked for among those of its call, or among the few without one: there is an index of that. */
function newestDeliveries(near: string): string {
  return `(
    SELECT coalesce(json_agg(json_build_object('endpointId', n.endpoint_id, 'state', n.state, 'reason', n.reason)), '[]')
    FROM (SELECT DISTINCT ON (d.endpoint_id) d.endpoint_id, d.state, d.reason FROM delivery d
          WHERE ${near} AND d.event_id = e.id AND d.tenant_id = $1::uuid
          ORDER BY d.endpoint_id, d.id DESC) n)`;
}

export const REPLAY_CONTEXT = `
SELECT r.tenant_id, r.endpoint_id, r.kind, r.filter, r.rate_per_minute, r.state, r.handled_to,
  (SELECT coalesce(json_agg(json_build_object('id', e.id, 'eventTypes', e.event_types, 'filter', e.filter) ORDER BY e.id), '[]')
     FROM endpoint e WHERE e.tenant_id = r.tenant_id) AS endpoints
FROM replay r WHERE r.id = $1`;

/**
 * Checks the replay's fence and that it was not cancelled meanwhile, then makes the deliveries of a batch and saves how
 * far it got: both or neither. Answers a row when it was written.
 */
export const WRITE_REPLAY = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('replay', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
),
moved AS (
  UPDATE replay r SET
    handled_to = coalesce($3::uuid, r.handled_to),
    queued = r.queued + cardinality($5::uuid[]),
    state = CASE WHEN $4 THEN 'done' ELSE r.state END,
    finished_at = CASE WHEN $4 THEN now() END,
    updated_at = now()
  FROM fence WHERE r.id = fence.id AND r.state = 'running'
  RETURNING r.id, r.tenant_id
),
made AS (
  INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, call_id, event_type, sequence, state, reason, due_at, replay_id)
  SELECT d.id, moved.tenant_id, d.endpoint_id, d.event_id, d.call_id, d.event_type, d.sequence,
         CASE WHEN d.held IS NULL THEN 'due' ELSE 'held' END, d.held, now(), moved.id
  FROM moved CROSS JOIN (
    SELECT u.*, held_now(u.endpoint_id) AS held
    FROM unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::int[])
      AS u(id, endpoint_id, event_id, call_id, event_type, sequence)) d
)
SELECT id FROM moved`;

/**
 * A batch of what was held for an endpoint that is being enabled; the last one enables it, and its history says so. Answers
 * how many were released; null when it is not being enabled any more.
 */
export const RELEASE_HELD = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('replay', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
),
batch AS MATERIALIZED (
  SELECT fence.id, release_held($3::uuid, $4::uuid, $5::int, $1::uuid) AS released FROM fence
),
moved AS (
  UPDATE replay r SET
    queued = r.queued + coalesce(batch.released, 0),
    state = CASE WHEN batch.released IS NULL THEN 'cancelled' WHEN batch.released < $5 THEN 'done' ELSE r.state END,
    reason = CASE WHEN batch.released IS NULL THEN 'the endpoint is not being enabled any more' END,
    finished_at = CASE WHEN batch.released IS NULL OR batch.released < $5 THEN now() END,
    updated_at = now()
  FROM batch WHERE r.id = batch.id
  RETURNING r.tenant_id
),
enabled AS (
  INSERT INTO endpoint_state_change (id, tenant_id, endpoint_id, at, kind, from_state, to_state, reason, actor)
  SELECT $6::uuid, moved.tenant_id, $3::uuid, now(), 'state', 'enabling', 'enabled', 'what was held is released', 'switchhook'
  FROM moved CROSS JOIN batch WHERE batch.released < $5
)
SELECT released FROM batch`;

/** A batch of what a cancelled replay made and nobody tried yet; they are final. Answers how many there were. */
export const SKIP_REPLAYED = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('replay', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
),
skipped AS (
  UPDATE delivery d SET state = 'skipped', reason = $3, finished_at = now()
  WHERE d.id IN (
      SELECT w.id FROM delivery w
      WHERE w.replay_id = $1 AND w.state IN ('due', 'held') AND w.first_tried_at IS NULL LIMIT $4)
    AND coalesce(d.state, '') IN ('due', 'held') AND EXISTS (SELECT 1 FROM fence)
  RETURNING 1
)
SELECT (SELECT count(*) FROM skipped)::int AS skipped, EXISTS (SELECT 1 FROM fence) AS held`;

export const END_REPLAY = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('replay', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
)
UPDATE replay r SET state = 'cancelled', finished_at = now(), updated_at = now()
FROM fence WHERE r.id = fence.id AND r.state = 'cancelling'`;
