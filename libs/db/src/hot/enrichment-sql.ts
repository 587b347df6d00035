/** The connections whose fences are still the caller's, locked until the commit. One list, so that no row is joined with all of them. */
const FENCE = `
WITH fence AS MATERIALIZED (
  SELECT array_agg(held.id) AS ids FROM hold_fence('connection', $1::uuid[], $2::bigint[]) AS held(id)
),`;

/** Told to those who listen, by numbered rows in the same commit. */
const LIVE = `
-- First in this list, as what stands first is done last: counters are locked for as short as can be (docs/adr/0030).
live AS (
  INSERT INTO live_event (tenant_id, number, at, data)
  SELECT n.tenant_id, n.number, now(), n.data::json
  FROM (
    SELECT coalesce(array_agg(u.tenant_id ORDER BY u.place), '{}') AS tenants,
           coalesce(array_agg(u.data ORDER BY u.place), '{}') AS datas
    FROM unnest($51::uuid[], $52::uuid[], $53::text[]) WITH ORDINALITY AS u(connection_id, tenant_id, data, place)
    WHERE u.connection_id = ANY ((SELECT ids FROM fence)::uuid[])
  ) a CROSS JOIN LATERAL number_live(a.tenants, a.datas) n
),`;

const WRITES = `
marked AS (
  UPDATE receipt r SET state = d.state, reason = d.reason, tries = d.tries
  FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::int2[]) AS d(id, connection_id, state, reason, tries)
  WHERE r.id = d.id AND d.connection_id = ANY ((SELECT ids FROM fence)::uuid[])
),
calls AS (
  INSERT INTO call (id, tenant_id, connection_id, vendor_call_id, started_at, direction, result, extension,
                    customer_number, did, sequence, record, settle_at, occurrence, ring_seconds, talk_seconds,
                    missed, recorded, agent_code, queue_id, agents, updated_at)
  SELECT c.id, c.tenant_id, c.connection_id, c.vendor_call_id, to_timestamp(c.started_at / 1000.0), c.direction,
         c.result, c.extension, c.customer_number, c.did, c.sequence, c.record::json,
         to_timestamp(c.settle_at / 1000.0), c.occurrence, c.ring_seconds, c.talk_seconds, c.missed, c.recorded,
         c.agent_code, c.queue_id, c.agents::uuid[], now()
  FROM unnest($8::uuid[], $9::uuid[], $10::uuid[], $11::text[], $12::float8[], $13::text[], $14::text[], $15::text[],
              $16::text[], $17::text[], $18::int[], $19::text[], $20::float8[], $21::int[],
              $44::int[], $45::int[], $46::bool[], $47::bool[], $48::text[], $49::text[], $50::text[])
    AS c(id, tenant_id, connection_id, vendor_call_id, started_at, direction, result, extension, customer_number, did,
         sequence, record, settle_at, occurrence, ring_seconds, talk_seconds, missed, recorded, agent_code, queue_id,
         agents)
  WHERE c.connection_id = ANY ((SELECT ids FROM fence)::uuid[])
  ON CONFLICT (connection_id, vendor_call_id, occurrence) DO UPDATE SET
    started_at = EXCLUDED.started_at, direction = EXCLUDED.direction, result = EXCLUDED.result,
    extension = EXCLUDED.extension, customer_number = EXCLUDED.customer_number, did = EXCLUDED.did,
    sequence = EXCLUDED.sequence, record = EXCLUDED.record, settle_at = EXCLUDED.settle_at,
    ring_seconds = EXCLUDED.ring_seconds, talk_seconds = EXCLUDED.talk_seconds, missed = EXCLUDED.missed,
    recorded = EXCLUDED.recorded, agent_code = EXCLUDED.agent_code, queue_id = EXCLUDED.queue_id, agents = EXCLUDED.agents,
    updated_at = EXCLUDED.updated_at
),
events AS (
  INSERT INTO call_event (id, tenant_id, call_id, receipt_id, type, sequence, occurred_at, payload)
  SELECT e.id, e.tenant_id, e.call_id, e.receipt_id, e.type, e.sequence, to_timestamp(e.occurred_at / 1000.0),
         e.payload::json
  FROM unnest($22::uuid[], $23::uuid[], $24::uuid[], $25::uuid[], $26::uuid[], $27::text[], $28::int[], $29::float8[],
              $30::text[])
    AS e(id, connection_id, tenant_id, call_id, receipt_id, type, sequence, occurred_at, payload)
  WHERE e.connection_id = ANY ((SELECT ids FROM fence)::uuid[])
),
deliveries AS (
  INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, call_id, event_type, sequence, state, reason, due_at)
  SELECT d.id, d.tenant_id, d.endpoint_id, d.event_id, d.call_id, d.event_type, d.sequence,
         CASE WHEN d.held IS NULL THEN 'due' ELSE 'held' END, d.held, now()
  FROM (
    -- Asked again where it was to be held: the endpoint may have been enabled since, and then nobody would release it.
    SELECT u.*, CASE WHEN u.held_reason IS NOT NULL THEN held_now(u.endpoint_id) END AS held
    FROM unnest($31::uuid[], $32::uuid[], $33::uuid[], $34::uuid[], $35::uuid[], $36::uuid[], $37::text[], $38::int[],
                $39::text[])
      AS u(id, connection_id, tenant_id, endpoint_id, event_id, call_id, event_type, sequence, held_reason)
    WHERE u.connection_id = ANY ((SELECT ids FROM fence)::uuid[])
  ) d
)
SELECT f.id, false AS rung FROM fence CROSS JOIN LATERAL unnest(fence.ids) AS f(id)
UNION ALL
SELECT b.id, b.rung FROM give_back('connection', $40::uuid[], $41::bigint[], NULL, $42::text[], $43::int[]) AS b(id, rung)`;

/**
 * One statement, so one round trip and one commit: it checks each connection's fence, then marks its receipts and
 * writes its calls, events and deliveries, and gives back the leases that are not needed any more. Rows of a connection
 * whose lease was lost are left out. Answers the ids of the connections that were written, and once more those that were
 * given back, and whether they had been rung meanwhile.
 */
export const WRITE_ENRICHMENT = FENCE + WRITES;

/** The same where somebody listens. A part of a statement costs as much as writing a row, also where it finds nothing to do. */
export const WRITE_ENRICHMENT_LIVE = FENCE + LIVE + WRITES;

/**
 * A call whose end cannot be told: asked for again after as long as nothing has come of it, so ever more seldom, and once
 * an hour at last.
 */
export const POSTPONE = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('connection', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
)
UPDATE call c SET settle_at = now() + least(greatest(now() - c.updated_at, interval '1 s'), interval '1 h')
WHERE c.id = $3 AND c.connection_id IN (SELECT id FROM fence)`;
