/** The statements of PBXs' WebSockets. */
import { INSERT_RECEIPTS, receiptRows } from '../hot/receipt-rows.js';

/** The channel of NOTIFY by which processes call each other about sockets. Nothing is lost with it: all look now and then. */
export const SOCKET_CHANNEL = 'switchhook_socket';

/** Somebody who has not said for so long that he holds a socket holds none. */
const SILENT = `interval '5 s'`;

/** So long after its last beat a line counts as one that a PBX has. */
const HAD = `interval '1 day'`;

/** The newest socket of a line takes over. What the one before it kept is committed, or is not there: its rows are locked until then. */
export const OPEN = `
INSERT INTO pbx_socket AS s (connection_id, tenant_id, line, fence, state, since, beat_at, alive_at, source_ip, remote)
SELECT c.id, c.tenant_id, $5::int2, 1, 'up', now(), now(), now(), $3::text, $4::text
FROM connection c WHERE c.id = $1::uuid AND c.tenant_id = $2::uuid
ON CONFLICT (connection_id, line) DO UPDATE SET fence = s.fence + 1, state = 'up', since = now(), beat_at = now(),
  source_ip = EXCLUDED.source_ip, remote = EXCLUDED.remote
RETURNING s.fence, extract(epoch FROM s.alive_at) * 1000 AS alive_at, coalesce(s.clock_ahead_ms, (
  SELECT o.clock_ahead_ms FROM pbx_socket o WHERE o.connection_id = s.connection_id AND o.line <> s.line)) AS clock_ahead_ms,
  EXISTS (SELECT 1 FROM pbx_socket o
    WHERE o.connection_id = s.connection_id AND o.line <> s.line AND o.beat_at > now() - ${HAD}) AS doubled`;

/** A statement of its own behind that one: it sees what was committed while that one waited. */
export const PARTS = `
SELECT p.part, p.call_id, extract(epoch FROM p.since) * 1000 AS since FROM socket_part p
WHERE p.connection_id = $1::uuid AND p.tenant_id = $2::uuid AND p.line = $3::int2`;

/** The other line of a connection, and which of these parts go on as far as it was told. */
export const SIBLING = `
SELECT s.state = 'up' AND s.beat_at > now() - ${SILENT} AS is_up, extract(epoch FROM s.since) * 1000 AS since,
  extract(epoch FROM s.alive_at) * 1000 AS alive_at, ARRAY(
    SELECT p.part FROM socket_part p
    WHERE p.connection_id = s.connection_id AND p.line = s.line AND p.part = ANY($4::text[])) AS parts
FROM pbx_socket s WHERE s.connection_id = $1::uuid AND s.tenant_id = $2::uuid AND s.line <> $3::int2`;

/**
 * Behind the receipts' parameters: the line of each, sockets, parts that ended, parts that began or have gone over to another call,
 * and the marks of messages that the other line may tell as well. Of those the first is kept: whoever comes second waits until
 * it is certain that the first is.
 */
export const KEEP = `
WITH fence AS MATERIALIZED (
  SELECT h.held_id AS id, h.held_line AS line FROM hold_sockets($16::uuid[], $17::int2[], $18::bigint[]) AS h
),
told AS (
  INSERT INTO socket_told (connection_id, mark, tenant_id, receipt_id, at)
  SELECT DISTINCT ON (m.connection_id, m.mark) m.connection_id, m.mark, m.tenant_id, m.receipt_id, now()
  FROM unnest($28::uuid[], $29::int2[], $30::uuid[], $31::uuid[], $32::uuid[]) AS m(connection_id, line, mark, tenant_id, receipt_id)
  JOIN fence f ON f.id = m.connection_id AND f.line = m.line
  ORDER BY m.connection_id, m.mark, m.receipt_id
  ON CONFLICT (connection_id, mark) DO NOTHING
  RETURNING receipt_id
),
kept AS (
  ${INSERT_RECEIPTS}
  FROM ${receiptRows({ name: 'line', values: '$15::int2[]' })}
  JOIN fence f ON f.id = r.connection_id AND f.line = r.line
  WHERE r.id <> ALL ($32::uuid[]) OR r.id IN (SELECT t.receipt_id FROM told t)
),
ended AS (
  DELETE FROM socket_part p USING unnest($19::uuid[], $20::int2[], $21::text[]) AS g(connection_id, line, part), fence f
  WHERE f.id = g.connection_id AND f.line = g.line AND p.connection_id = g.connection_id AND p.line = g.line AND p.part = g.part
),
begun AS (
  INSERT INTO socket_part (connection_id, line, part, tenant_id, call_id, since)
  SELECT DISTINCT ON (g.connection_id, g.line, g.part) g.connection_id, g.line, g.part, g.tenant_id, g.call_id, to_timestamp(g.since / 1000.0)
  FROM unnest($22::uuid[], $23::int2[], $24::text[], $25::uuid[], $26::text[], $27::float8[])
    AS g(connection_id, line, part, tenant_id, call_id, since)
  JOIN fence f ON f.id = g.connection_id AND f.line = g.line
  ON CONFLICT (connection_id, line, part) DO UPDATE SET call_id = EXCLUDED.call_id, since = EXCLUDED.since
)
SELECT id, line FROM fence`;

export const BEAT = `
WITH own AS MATERIALIZED (
  SELECT s.connection_id, s.line, u.alive_at, u.ahead
  FROM unnest($1::uuid[], $2::int2[], $3::bigint[], $4::float8[], $5::int[]) AS u(connection_id, line, fence, alive_at, ahead)
  JOIN pbx_socket s ON s.connection_id = u.connection_id AND s.line = u.line AND s.fence = u.fence
  ORDER BY s.connection_id, s.line FOR NO KEY UPDATE OF s
)
UPDATE pbx_socket s SET beat_at = now(),
  alive_at = greatest(s.alive_at, to_timestamp(own.alive_at / 1000.0)), clock_ahead_ms = coalesce(own.ahead, s.clock_ahead_ms)
FROM own LEFT JOIN pbx_socket o
  ON o.connection_id = own.connection_id AND o.line <> own.line AND o.beat_at > now() - ${HAD}
WHERE s.connection_id = own.connection_id AND s.line = own.line
RETURNING s.connection_id, s.line, o.line IS NOT NULL AS doubled, CASE WHEN o.state = 'up' THEN o.clock_ahead_ms END AS other_ahead,
  EXISTS (SELECT 1 FROM socket_ask a WHERE a.connection_id = s.connection_id AND a.state = 'waiting') AS asked`;

export const CLOSE = `
UPDATE pbx_socket s SET state = 'down', since = now(), reason = $4::text
WHERE s.connection_id = $1::uuid AND s.line = $2::int2 AND s.fence = $3::bigint`;

/** Whether another process holds a line's socket, as far as it says. Whoever does is asked to let go of it. */
export const YIELD = `
WITH held AS (
  SELECT s.line FROM pbx_socket s
  WHERE s.connection_id = $1::uuid AND s.line = $2::int2 AND s.state = 'up' AND s.beat_at > now() - ${SILENT}
)
SELECT pg_notify('${SOCKET_CHANNEL}', json_build_object('yield', $1::uuid, 'line', line)::text) FROM held`;

/** Nothing is asked where no socket is open. */
export const ASK = `
WITH asked AS (
  INSERT INTO socket_ask (id, tenant_id, connection_id, expires_at, state, sealed_request)
  SELECT $1::uuid, s.tenant_id, s.connection_id, now() + $4::float8 * interval '1 ms', 'waiting', $5::text
  FROM pbx_socket s
  WHERE s.connection_id = $2::uuid AND s.tenant_id = $3::uuid AND s.state = 'up' AND s.beat_at > now() - ${SILENT}
  LIMIT 1
  RETURNING connection_id
)
SELECT pg_notify('${SOCKET_CHANNEL}', json_build_object('asked', a.connection_id)::text) FROM asked a`;

/** Each is taken once, by whoever holds the newest socket of a line. From then on nobody can say that it was not sent. */
export const TAKE = `
UPDATE socket_ask a SET state = 'taken'
FROM unnest($1::uuid[], $2::int2[], $3::bigint[]) AS u(connection_id, line, fence)
JOIN pbx_socket s ON s.connection_id = u.connection_id AND s.line = u.line AND s.fence = u.fence
WHERE a.connection_id = s.connection_id AND a.tenant_id = s.tenant_id AND a.state = 'waiting' AND a.expires_at > now()
RETURNING a.id, a.connection_id, s.line, a.sealed_request, extract(epoch FROM a.expires_at - now()) * 1000 AS left_ms`;

export const ANSWER = `
WITH told AS (
  UPDATE socket_ask a SET state = u.state, sealed_answer = u.sealed_answer
  FROM unnest($1::uuid[], $2::text[], $3::text[]) AS u(id, state, sealed_answer)
  WHERE a.id = u.id AND a.state = 'taken'
  RETURNING a.id
)
SELECT pg_notify('${SOCKET_CHANNEL}', json_build_object('answered', t.id)::text) FROM told t`;

export const ANSWERS = `
DELETE FROM socket_ask a WHERE a.id = ANY($1::uuid[]) AND a.state NOT IN ('waiting', 'taken')
RETURNING a.id, a.tenant_id, a.state, a.sealed_answer`;

/** @see SocketAsks.withdraw */
export const WITHDRAW = `
DELETE FROM socket_ask a WHERE a.id = $1::uuid AND a.tenant_id = $2::uuid AND (NOT $3::boolean OR a.state = 'waiting')
RETURNING a.id, a.tenant_id, a.state, a.sealed_answer`;

export const FORGET = `DELETE FROM socket_ask a WHERE a.connection_id = ANY($1::uuid[]) AND a.expires_at < now() - interval '60 s'`;

/** What both lines told has been told by now, or is kept twice. */
export const FORGET_TOLD = `DELETE FROM socket_told t WHERE t.connection_id = ANY($1::uuid[]) AND t.at < now() - interval '10 min'`;
