/** History and tenants in bulk. Statements of a benchmark's own: the product writes none of these. */

/** An id of a moment: a UUIDv7. PostgreSQL has a function for it only since 18. @param ms  SQL of epoch milliseconds */
const uuidAt = (ms: string) =>
  `overlay(overlay(replace(gen_random_uuid()::text, '-', '') PLACING lpad(to_hex((${ms})::bigint), 12, '0') FROM 1) PLACING '7' FROM 13)::uuid`;

const NOW = 'extract(epoch FROM clock_timestamp()) * 1000';

/**
 * Tenants with a connection, an endpoint and a few contacts each, as if they had been at work for a while. Parameters: how many,
 * and the number of the first. Answers their ids.
 */
export const ADD_TENANTS = `
WITH made AS MATERIALIZED (
  SELECT n, ${uuidAt(NOW)} AS tenant, ${uuidAt(NOW)} AS connection, ${uuidAt(NOW)} AS endpoint
  FROM generate_series($2::int, $2::int + $1::int - 1) n
),
tenants AS (
  INSERT INTO tenant (id, name, created_at, updated_at) SELECT tenant, 'Grown ' || n, now(), now() FROM made
),
connections AS (
  INSERT INTO connection (id, tenant_id, name, dialect, time_zone, country, epochs, created_at, updated_at)
  SELECT connection, tenant, 'PBX', 'voicenter', 'Asia/Jerusalem', 'IL', 'local', now(), now() FROM made
),
tokens AS (
  INSERT INTO connection_token (hash, tenant_id, connection_id, sealed, created_at)
  SELECT sha256(connection::text::bytea), tenant, connection, '', now() FROM made
),
endpoints AS (
  INSERT INTO endpoint (id, tenant_id, name, url, format, event_types, state, timeout_ms, schedule_ms, created_at, updated_at)
  SELECT endpoint, tenant, 'CRM', 'http://127.0.0.1:9/', 'standard', '{call.*}', 'enabled', 10000, '{}', now(), now() FROM made
),
secrets AS (
  INSERT INTO endpoint_secret (id, tenant_id, endpoint_id, sealed, created_at)
  SELECT ${uuidAt(NOW)}, tenant, endpoint, '', now() FROM made
),
mailboxes AS (
  INSERT INTO mailbox (kind, id, fence, lease_until, not_before)
  SELECT kind, id, 1, to_timestamp(0), to_timestamp(0)
  FROM made CROSS JOIN LATERAL (VALUES ('connection', connection), ('endpoint', endpoint)) AS m(kind, id)
),
people AS MATERIALIZED (
  SELECT tenant, ${uuidAt(NOW)} AS contact, '+44163' || lpad((n * 10 + c)::text, 7, '0') AS e164
  FROM made CROSS JOIN generate_series(0, 9) c
),
contacts AS (
  INSERT INTO contact (id, tenant_id, name, created_at, updated_at) SELECT contact, tenant, 'Somebody', now(), now() FROM people
),
phones AS (
  INSERT INTO contact_phone (tenant_id, e164, contact_id, place) SELECT tenant, e164, contact, 0 FROM people
),
contexts AS (
  INSERT INTO call_context (connection_id, vendor_call_id, tenant_id, data, created_at, updated_at)
  SELECT connection, md5(n::text || c), tenant, '{"wants":"sales"}', now(), now() FROM made CROSS JOIN generate_series(1, 5) c
),
statistics AS (
  INSERT INTO endpoint_stat (endpoint_id, span, at, tenant_id, counts, longest_answered_ms, longest_ms)
  SELECT endpoint, 'hour', date_trunc('hour', now()) - hours * interval '1 hour', tenant, '{}', 1, 1
  FROM made CROSS JOIN generate_series(0, 11) hours
),
refusals AS (
  INSERT INTO ingress_refusal (connection_id, at, reason, tenant_id, count, last_at, sample)
  SELECT connection, date_trunc('hour', now()) - days * interval '1 day', 'too_large', tenant, 1, now(), ''
  FROM made CROSS JOIN generate_series(1, 5) days
),
alerts AS (
  INSERT INTO alert (type, subject, tenant_id, until, told_at)
  SELECT 'connection.token_expiring', connection::text, tenant, now() + interval '1 day', now() FROM made
),
replays AS (
  INSERT INTO replay (id, tenant_id, kind, filter, rate_per_minute, state, total, total_exact, created_by, created_at, updated_at)
  SELECT ${uuidAt(NOW)}, tenant, 'events', '{}', 600, 'done', 0, true, 'system', now(), now() FROM made
)
SELECT tenant, connection, endpoint FROM made ORDER BY n`;

/** What 400 bytes are to a webhook, to a call's record and to an event's data: less than most, so that more fits. */
const FILLING = `repeat('0123456789', 35)`;

/**
 * Calls that came, were told and were taken long ago; each leaves a receipt, a call, an event, a delivery and an attempt.
 * Parameters: tenants, connections and endpoints (beside each other), how many, and epoch milliseconds of the first and after the last.
 */
export const ADD_HISTORY = `
WITH made AS MATERIALIZED (
  SELECT n, 1 + n % cardinality($1::uuid[]) AS place, at.ms, to_timestamp(at.ms / 1000.0) AS at,
    ${uuidAt('at.ms')} AS receipt, ${uuidAt('at.ms')} AS call, ${uuidAt('at.ms')} AS event, ${uuidAt('at.ms')} AS delivery
  FROM generate_series(0, $4::int - 1) n
  CROSS JOIN LATERAL (SELECT floor($5::float8 + ($6::float8 - $5::float8) * n / $4::int) AS ms) at
),
rows AS MATERIALIZED (
  SELECT m.*, ($1::uuid[])[place] AS tenant, ($2::uuid[])[place] AS connection, ($3::uuid[])[place] AS endpoint FROM made m
),
receipts AS (
  INSERT INTO receipt (id, tenant_id, connection_id, received_at, route, method, query, headers, body, source_ip, state)
  SELECT receipt, tenant, connection, at, 'cdr', 'POST', '', '{"content-type":"application/json"}', ${FILLING}::bytea,
    '203.0.113.7', CASE WHEN n % 1000 = 0 THEN 'unparsed' ELSE 'done' END FROM rows
),
calls AS (
  INSERT INTO call (id, tenant_id, connection_id, vendor_call_id, started_at, direction, result, extension, customer_number,
                    sequence, record, updated_at)
  SELECT call, tenant, connection, md5(call::text), at, 'inbound', 'answered', '101', '+44163' || lpad((n % 10000000)::text, 7, '0'),
    1, json_build_object('legs', '[]'::json, 'closedAt', ms, 'told', '["call.ended"]'::json, 'filling', ${FILLING}), at FROM rows
),
events AS (
  INSERT INTO call_event (id, tenant_id, call_id, receipt_id, type, sequence, occurred_at, payload)
  SELECT event, tenant, call, receipt, 'call.ended', 1, at, json_build_object('vendorCallId', call, 'filling', ${FILLING})
  FROM rows
),
deliveries AS (
  INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, call_id, event_type, sequence, state, due_at, attempt_count,
                        first_tried_at, finished_at, last_status)
  SELECT delivery, tenant, endpoint, event, call, 'call.ended', 1, CASE WHEN n % 1000 = 0 THEN 'dead' ELSE 'delivered' END,
    at, 1, at, at, 200 FROM rows
)
INSERT INTO attempt (id, tenant_id, delivery_id, endpoint_id, number, started_at, duration_ms, outcome, decision, status, timings)
SELECT ${uuidAt('ms')}, tenant, delivery, endpoint, 1, at, 12, 'delivered', 'none', 200, '{"totalMs":12}' FROM rows`;

/** Deliveries that are due. Parameters: tenant, endpoint, how many. */
export const ADD_WAITING = `
WITH made AS MATERIALIZED (
  SELECT ${uuidAt(NOW)} AS event, ${uuidAt(NOW)} AS delivery, ${uuidAt(NOW)} AS call FROM generate_series(1, $3::int)
),
events AS (
  INSERT INTO call_event (id, tenant_id, call_id, type, sequence, occurred_at, payload)
  SELECT event, $1::uuid, call, 'call.ended', 1, now(), json_build_object('vendorCallId', call, 'filling', ${FILLING}) FROM made
)
INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, call_id, event_type, sequence, state, due_at)
SELECT delivery, $1::uuid, $2::uuid, event, call, 'call.ended', 1, 'due', now() FROM made`;

/** As autovacuum leaves tables that have been there for a while. */
export const SETTLE = [
  'tenant',
  'connection',
  'connection_token',
  'endpoint',
  'endpoint_secret',
  'mailbox',
  'contact',
  'contact_phone',
  'call_context',
  'endpoint_stat',
  'ingress_refusal',
  'alert',
  'replay',
  'receipt',
  'call',
  'call_event',
  'delivery',
  'attempt',
].map((table) => `VACUUM (ANALYZE) ${table}`);
