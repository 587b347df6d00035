/** What is claimed together with an operational event; each answers a row when it was not true before, and what was. */
const CLAIMS = {
  none: `SELECT NULL::text AS was`,
  begin: `
  INSERT INTO alert AS a (type, subject, tenant_id, until, told_at)
  VALUES ($9::text, $10::text, $2::uuid, to_timestamp($11::float8 / 1000.0), now())
  ON CONFLICT (type, subject) DO UPDATE SET until = EXCLUDED.until, told_at = EXCLUDED.told_at
    WHERE a.until IS DISTINCT FROM EXCLUDED.until
  RETURNING NULL::text AS was`,
  end: `
  DELETE FROM alert WHERE type = $9::text AND subject = $10::text RETURNING NULL::text AS was`,
  disable: `
  UPDATE endpoint e SET state = 'disabled', state_reason = $10::text, awaits_grant = $13::bool, updated_at = now()
  FROM (SELECT id, state AS was FROM endpoint WHERE id = $9::uuid AND state IN ('enabled', 'enabling')
          -- What the old address has said is nothing against the new one.
          AND url = $11::text
          -- Nor is what its grants were worth anything against those that somebody connected since.
          AND (NOT $13::bool OR grant_epoch = $12::int) FOR UPDATE) b
  WHERE e.id = b.id
  RETURNING b.was`,
  // That it is unknown what came of an order is told before that, or not at all.
  order: `
  UPDATE dial_attempt SET told = $3::text
  WHERE id = $9::uuid AND told IS DISTINCT FROM $3::text AND (told IS NULL OR $3::text <> 'order.unknown')
  RETURNING NULL::text AS was`,
} as const;

export type ClaimKind = keyof typeof CLAIMS;

/**
 * Writes an event and its deliveries if the claim could be made, and what it says of an endpoint's state or standing into that
 * one's history. Answers a row when that was so.
 *
 * Parameters: event, tenant, type, when (epoch milliseconds), data; ids, endpoints and reasons to hold of its deliveries; then those
 * of the claim.
 */
export function operationalWrite(kind: ClaimKind): string {
  return `
WITH claim AS (${CLAIMS[kind]}
),
event AS (
  INSERT INTO call_event (id, tenant_id, type, sequence, occurred_at, payload)
  SELECT $1::uuid, $2::uuid, $3::text, 0, to_timestamp($4::float8 / 1000.0), $5::json FROM claim
),
history AS (
  INSERT INTO endpoint_state_change (id, tenant_id, endpoint_id, at, kind, from_state, to_state, reason, actor)
  SELECT $1::uuid, e.tenant_id, e.id, to_timestamp($4::float8 / 1000.0), c.kind, coalesce(claim.was, c.was), c.becomes,
         $5::json ->> 'reason', 'switchhook'
  FROM claim
  JOIN (VALUES ('endpoint.failing', 'standing', 'well', 'failing'), ('endpoint.recovered', 'standing', 'failing', 'well'),
               ('endpoint.disabled', 'state', 'enabled', 'disabled')) AS c(type, kind, was, becomes) ON c.type = $3::text
  JOIN endpoint e ON e.id = ($5::json #>> '{endpoint,id}')::uuid AND e.tenant_id = $2::uuid
),
deliveries AS (
  INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, event_type, sequence, state, reason, due_at)
  SELECT d.id, $2::uuid, d.endpoint_id, $1::uuid, $3::text, 0, CASE WHEN d.held IS NULL THEN 'due' ELSE 'held' END, d.held,
         now()
  FROM claim CROSS JOIN (
    -- Asked again where it was to be held: the endpoint may have been enabled since, and then nobody would release it.
    SELECT u.*, CASE WHEN u.held_reason IS NOT NULL THEN held_now(u.endpoint_id) END AS held
    FROM unnest($6::uuid[], $7::uuid[], $8::text[]) AS u(id, endpoint_id, held_reason)
  ) d
)
SELECT 1 FROM claim`;
}

/** An alert of the operator's, whom nobody tells by events. Answers a row when it is new. */
export const CLAIM_ALERT = `
INSERT INTO alert AS a (type, subject, until, told_at)
VALUES ($1, $2, to_timestamp($3::float8 / 1000.0), now())
ON CONFLICT (type, subject) DO UPDATE SET until = EXCLUDED.until, told_at = EXCLUDED.told_at
  WHERE a.until IS DISTINCT FROM EXCLUDED.until
RETURNING 1`;

/**
 * Endpoints whose oldest delivery that may be sent has been due for too long, the worst first, and which nobody was told of. It hops
 * from endpoint to endpoint along the partial index of what is due, as the sweeper does, so the cost is one index probe an
 * endpoint, however much waits there. Only what is told is counted, and only up to $2.
 */
export const BACKLOGS = `
WITH RECURSIVE hop AS (
  (SELECT endpoint_id AS id, due_at FROM delivery WHERE state = 'due' ORDER BY endpoint_id, due_at LIMIT 1)
  UNION ALL
  SELECT n.id, n.due_at FROM hop CROSS JOIN LATERAL (
    SELECT d.endpoint_id AS id, d.due_at FROM delivery d WHERE d.state = 'due' AND d.endpoint_id > hop.id
    ORDER BY d.endpoint_id, d.due_at LIMIT 1) n
),
late AS MATERIALIZED (
  SELECT e.id, e.tenant_id, e.name, hop.due_at FROM hop JOIN endpoint e ON e.id = hop.id
  WHERE hop.due_at <= now() - e.backlog_alert_minutes * interval '1 minute' AND e.state IN ('enabled', 'enabling')
    -- Not "NOT EXISTS", which the planner would join the other way round while there are few alerts, for as long as a session lasts.
    AND (SELECT a.told_at FROM alert a WHERE a.type = 'endpoint.backlog' AND a.subject = e.id::text) IS NULL
  ORDER BY hop.due_at LIMIT $1::int
)
SELECT late.id, late.tenant_id, late.name, (extract(epoch FROM now() - late.due_at) * 1000)::float8 AS due_for_ms,
  (SELECT count(*) FROM (
     SELECT 1 FROM delivery d WHERE d.endpoint_id = late.id AND d.state = 'due' AND d.due_at <= now() LIMIT $2::int) c)::int
    AS counted
FROM late ORDER BY late.due_at`;

/**
 * Backlogs that were told and are not over, as their endpoints stand now. Other alerts are known by what is no id, and which
 * condition is looked at first is the planner's choice: hence the CASE.
 */
export const BACKLOGS_TOLD = `
SELECT e.id, e.tenant_id, e.name, e.state, e.backlog_alert_minutes AS minutes,
  (SELECT (extract(epoch FROM now() - d.due_at) * 1000)::float8 FROM delivery d
   WHERE d.endpoint_id = e.id AND d.state = 'due' ORDER BY d.endpoint_id, d.due_at LIMIT 1) AS due_for_ms
FROM alert a JOIN endpoint e ON e.id = CASE WHEN a.type = 'endpoint.backlog' THEN a.subject::uuid END
WHERE a.type = 'endpoint.backlog'`;

/**
 * What stops working within $1 days and was not told: the type of the event, what the alert is known by, whose it is, and since
 * when it has been ending. A further kind of thing is a further branch.
 */
export const EXPIRING = `
SELECT x.type, x.subject, x.tenant_id, x.id, x.name, extract(epoch FROM x.since)::float8 * 1000 AS since,
  extract(epoch FROM x.expires_at)::float8 * 1000 AS expires_at
FROM (
  (SELECT DISTINCT ON (s.endpoint_id, s.expires_at)
     'endpoint.secret_expiring' AS type, s.id::text AS subject, s.tenant_id, e.id, e.name,
     -- It is ending since another one took its place.
     (SELECT min(n.created_at) FROM endpoint_secret n WHERE n.endpoint_id = s.endpoint_id AND n.created_at > s.created_at) AS since,
     s.expires_at
   FROM endpoint_secret s JOIN endpoint e ON e.id = s.endpoint_id
   WHERE s.expires_at > now() AND s.expires_at <= now() + $1::int * interval '1 day'
   -- The secrets of two signatures that were replaced together are one thing to tell.
   ORDER BY s.endpoint_id, s.expires_at, s.id)
  UNION ALL
  SELECT 'connection.token_expiring', encode(t.hash, 'hex'), t.tenant_id, c.id, c.name,
    (SELECT min(n.created_at) FROM connection_token n WHERE n.connection_id = t.connection_id AND n.created_at > t.created_at),
    t.expires_at
  FROM connection_token t JOIN connection c ON c.id = t.connection_id
  WHERE t.expires_at > now() AND t.expires_at <= now() + $1::int * interval '1 day'
  UNION ALL
  SELECT 'api_key.expiring', k.id::text, k.tenant_id, k.id, k.name, k.created_at, k.expires_at
  FROM api_key k
  WHERE k.expires_at > now() AND k.expires_at <= now() + $1::int * interval '1 day' AND k.revoked_at IS NULL
  UNION ALL
  -- Since when does not matter: a certificate is made for long.
  SELECT 'endpoint.credentials_expiring', e.id::text, e.tenant_id, e.id, e.name, NULL::timestamptz, e.credentials_expire_at
  FROM endpoint e
  WHERE e.credentials_expire_at > now() AND e.credentials_expire_at <= now() + $1::int * interval '1 day'
  UNION ALL
  -- One whose end moves with each renewal does not end.
  SELECT 'endpoint.access_expiring', g.id::text, g.tenant_id, e.id, e.name, g.connected_at, g.ends_at
  FROM endpoint_grant g JOIN endpoint e ON e.id = g.endpoint_id
  WHERE g.ends_at > now() AND g.ends_at <= now() + $1::int * interval '1 day' AND g.state = 'good' AND NOT g.slides
) x
WHERE (SELECT a.until FROM alert a WHERE a.type = x.type AND a.subject = x.subject) IS DISTINCT FROM x.expires_at
ORDER BY x.expires_at, x.subject`;

/** Limits of tenants that were reached today (UTC) and not told: the tenant, which one, how often, and when the day is over. */
export const LIMITS_REACHED = `
SELECT x.tenant_id, t.name, x.reason, x.refused, x.until_ms
FROM (
  SELECT r.tenant_id, r.reason, sum(r.count)::int AS refused,
    extract(epoch FROM (date_trunc('day', now() AT TIME ZONE 'UTC') + interval '1 day') AT TIME ZONE 'UTC')::float8 * 1000
      AS until_ms
  FROM ingress_refusal r
  WHERE r.at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
    AND r.reason IN ('tenant_rate', 'tenant_bytes')
  GROUP BY r.tenant_id, r.reason
) x
JOIN tenant t ON t.id = x.tenant_id
WHERE (SELECT a.until FROM alert a WHERE a.type = 'tenant.limit_reached' AND a.subject = x.tenant_id::text || ' ' || x.reason)
  IS DISTINCT FROM to_timestamp(x.until_ms / 1000.0)
ORDER BY x.tenant_id, x.reason`;

/** What ended long ago needs no remembering, nor what is about an endpoint, a connection or a grant that was deleted or is well again. */
export const FORGET_ALERTS = `
DELETE FROM alert a WHERE a.until < now() - interval '1 day'
  OR (a.type = 'endpoint.backlog' AND NOT EXISTS (
    SELECT 1 FROM endpoint e WHERE e.id = CASE WHEN a.type = 'endpoint.backlog' THEN a.subject::uuid END))
  OR (a.type = 'connection.socket_down' AND NOT EXISTS (
    SELECT 1 FROM connection c WHERE c.id = CASE WHEN a.type = 'connection.socket_down' THEN a.subject::uuid END))
  OR (a.type = 'endpoint.access_needs_attention' AND NOT EXISTS (
    SELECT 1 FROM endpoint_grant g
    WHERE g.id = CASE WHEN a.type = 'endpoint.access_needs_attention' THEN split_part(a.subject, ' ', 1)::uuid END
      AND coalesce(g.state, '') = 'needs_attention'))`;

/** A turn at something that one process at a time does now and then. Answers a row to whoever gets it. */
export const TAKE_TURN = `
INSERT INTO mailbox AS m (kind, id, fence, lease_until, not_before)
VALUES ($1, '00000000-0000-0000-0000-000000000000', 1, to_timestamp(0), now() + $2::float8 * interval '1 ms')
ON CONFLICT (kind, id) DO UPDATE SET fence = m.fence + 1, not_before = EXCLUDED.not_before
  WHERE m.not_before <= now()
RETURNING 1`;
