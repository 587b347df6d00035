/**
 * One statement, so one round trip and one commit: it checks each connection's fence, then marks its receipts and
 * writes its calls, events and deliveries. Rows of a connection whose lease was lost are left out. Answers the ids of
 * the connections that were written.
 *
 * Calls and events travel as one JSON text each: their documents are in it as they are, where an array of texts would
 * have every quote in them escaped and unescaped again.
 */
export const WRITE_ENRICHMENT = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('connection', $1::uuid[], $2::bigint[]) AS held(id)
),
marked AS (
  UPDATE receipt r SET state = d.state, reason = d.reason, tries = d.tries
  FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::int2[]) AS d(id, connection_id, state, reason, tries)
  WHERE r.id = d.id AND r.id BETWEEN $8::uuid AND $9::uuid AND d.connection_id IN (SELECT id FROM fence)
),
calls AS (
  INSERT INTO call (id, tenant_id, connection_id, vendor_call_id, started_at, direction, result, extension,
                    customer_number, did, sequence, record, updated_at)
  SELECT c.id, c.tenant_id, c.connection_id, c.vendor_call_id, to_timestamp(c.started_at / 1000.0), c.direction,
         c.result, c.extension, c.customer_number, c.did, c.sequence, c.record, now()
  FROM json_to_recordset($10::json)
    AS c(id uuid, tenant_id uuid, connection_id uuid, vendor_call_id text, started_at float8, direction text, result text,
         extension text, customer_number text, did text, sequence int, record json)
  WHERE c.connection_id IN (SELECT id FROM fence)
  ON CONFLICT (connection_id, vendor_call_id) DO UPDATE SET
    started_at = EXCLUDED.started_at, direction = EXCLUDED.direction, result = EXCLUDED.result,
    extension = EXCLUDED.extension, customer_number = EXCLUDED.customer_number, did = EXCLUDED.did,
    sequence = EXCLUDED.sequence, record = EXCLUDED.record, updated_at = EXCLUDED.updated_at
),
events AS (
  INSERT INTO call_event (id, tenant_id, call_id, receipt_id, type, sequence, occurred_at, payload)
  SELECT e.id, e.tenant_id, e.call_id, e.receipt_id, e.type, e.sequence, to_timestamp(e.occurred_at / 1000.0), e.payload
  FROM json_to_recordset($11::json)
    AS e(id uuid, connection_id uuid, tenant_id uuid, call_id uuid, receipt_id uuid, type text, sequence int,
         occurred_at float8, payload json)
  WHERE e.connection_id IN (SELECT id FROM fence)
),
deliveries AS (
  INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, call_id, event_type, sequence, state, reason, due_at)
  SELECT d.id, d.tenant_id, d.endpoint_id, d.event_id, d.call_id, d.event_type, d.sequence,
         CASE WHEN d.held_reason IS NULL THEN 'due' ELSE 'held' END, d.held_reason, now()
  FROM unnest($12::uuid[], $13::uuid[], $14::uuid[], $15::uuid[], $16::uuid[], $17::uuid[], $18::text[], $19::int[],
              $20::text[])
    AS d(id, connection_id, tenant_id, endpoint_id, event_id, call_id, event_type, sequence, held_reason)
  WHERE d.connection_id IN (SELECT id FROM fence)
)
SELECT id FROM fence`;
