/** The statements by which is kept what was written into tenants' CRMs. Rows come as one JSON array. */

/** Of each call what is there, and whom its number was last seen to be. */
export const READ_CRM = `
SELECT l.state, (extract(epoch FROM coalesce(l.asked_at, l.begun_at)) * 1000)::float8 AS asked_at, l.record_id, l.record_type, l.contact, l.wrote,
       l.sequence, l.task_id, l.candidates IS NOT NULL AS undecided, l.stands, l.anew, k.state AS contact_state,
       (extract(epoch FROM coalesce(k.asked_at, k.begun_at)) * 1000)::float8 AS contact_asked_at,
       k.contact AS known, k.chosen
FROM json_to_recordset($1::json) AS r(nr int, endpoint_id uuid, call_id uuid, e164 text)
LEFT JOIN crm_log l ON l.endpoint_id = r.endpoint_id AND l.call_id = r.call_id
LEFT JOIN crm_contact k ON k.endpoint_id = r.endpoint_id AND k.e164 = r.e164
ORDER BY r.nr`;

const HELD = `
WITH given AS MATERIALIZED (
  SELECT * FROM json_to_recordset($3::json) AS r(nr int, endpoint_id uuid, tenant_id uuid, call_id uuid, e164 text, contact jsonb,
    record_id text, record_type text, wrote jsonb, sequence int, task_id text, candidates jsonb, stands jsonb,
    anew jsonb)
),
fence AS MATERIALIZED (
  SELECT DISTINCT id FROM hold_fence('endpoint', $1::uuid[], $2::bigint[]) AS held(id)
),
mine AS MATERIALIZED (SELECT g.* FROM given g WHERE g.endpoint_id IN (SELECT id FROM fence)),
changed AS (`;
const ANSWER = `)
SELECT g.endpoint_id IN (SELECT id FROM fence) AS held FROM given g ORDER BY g.nr`;

/** Each time it is asked anew, a search that lags is waited for anew; when it was begun first stays for people. */
export const BEGIN_CRM_LOG = `${HELD}
  INSERT INTO crm_log AS l (endpoint_id, call_id, tenant_id, state, begun_at, asked_at, updated_at, contact, candidates)
  SELECT endpoint_id, call_id, tenant_id, 'writing', now(), now(), now(), contact, candidates FROM mine
  ON CONFLICT (endpoint_id, call_id) DO UPDATE SET contact = EXCLUDED.contact, candidates = EXCLUDED.candidates,
    asked_at = now(), updated_at = now()
  WHERE l.state = 'writing'
${ANSWER}`;

export const FORGET_CRM_LOG = `${HELD}
  -- The first condition is for the planner: it finds a few rows by it, of however small a table.
  DELETE FROM crm_log l WHERE l.endpoint_id = ANY($1::uuid[]) AND l.state = 'writing'
    AND (l.endpoint_id, l.call_id) IN (SELECT endpoint_id, call_id FROM mine)
${ANSWER}`;

export const KEEP_CRM_LOG = `${HELD}
  INSERT INTO crm_log AS l (endpoint_id, call_id, tenant_id, state, begun_at, updated_at, contact, record_id, record_type, wrote,
    sequence, stands, anew)
  SELECT endpoint_id, call_id, tenant_id, 'written', now(), now(), contact, record_id, record_type, wrote, sequence, stands, anew
  FROM mine
  ON CONFLICT (endpoint_id, call_id) DO UPDATE SET state = 'written', updated_at = now(), contact = EXCLUDED.contact,
    record_id = EXCLUDED.record_id, record_type = EXCLUDED.record_type, wrote = EXCLUDED.wrote, sequence = EXCLUDED.sequence,
    stands = EXCLUDED.stands, anew = EXCLUDED.anew
${ANSWER}`;

export const BEGIN_CRM_ANEW = `${HELD}
  UPDATE crm_log l SET updated_at = now(), anew = m.anew
  FROM mine m WHERE l.endpoint_id = ANY($1::uuid[]) AND l.endpoint_id = m.endpoint_id AND l.call_id = m.call_id
${ANSWER}`;

export const KEEP_CRM_TASK = `${HELD}
  INSERT INTO crm_log AS l (endpoint_id, call_id, tenant_id, state, begun_at, updated_at, contact, task_id)
  SELECT endpoint_id, call_id, tenant_id, 'writing', now(), now(), contact, task_id FROM mine
  ON CONFLICT (endpoint_id, call_id) DO UPDATE SET task_id = EXCLUDED.task_id, updated_at = now()
${ANSWER}`;

export const BEGIN_CRM_CONTACT = `${HELD}
  INSERT INTO crm_contact AS k (endpoint_id, e164, tenant_id, state, begun_at, asked_at, updated_at)
  SELECT endpoint_id, e164, tenant_id, 'writing', now(), now(), now() FROM mine
  ON CONFLICT (endpoint_id, e164) DO UPDATE SET asked_at = now(), updated_at = now() WHERE k.state = 'writing'
${ANSWER}`;

export const KEEP_CRM_CONTACT = `${HELD}
  INSERT INTO crm_contact AS k (endpoint_id, e164, tenant_id, state, begun_at, updated_at, contact)
  SELECT endpoint_id, e164, tenant_id, 'written', now(), now(), contact FROM mine
  ON CONFLICT (endpoint_id, e164) DO UPDATE SET state = 'written', contact = EXCLUDED.contact, updated_at = now() WHERE NOT k.chosen
${ANSWER}`;

export const FORGET_CRM_CONTACT = `${HELD}
  DELETE FROM crm_contact k WHERE k.endpoint_id = ANY($1::uuid[]) AND k.state = 'writing'
    AND (k.endpoint_id, k.e164) IN (SELECT endpoint_id, e164 FROM mine)
${ANSWER}`;

/** When the CRM was asked to make it stays: by that a search that lags is waited for. */
export const DOUBT_CRM_CONTACT = `${HELD}
  UPDATE crm_contact k SET state = 'writing', contact = NULL, updated_at = now()
  WHERE k.endpoint_id = ANY($1::uuid[]) AND NOT k.chosen AND (k.endpoint_id, k.e164) IN (SELECT endpoint_id, e164 FROM mine)
${ANSWER}`;

/** The newest event of a call: it holds the call as it was then. */
export const CRM_CALL_NOW = `
SELECT e.payload FROM call_event e WHERE e.tenant_id = $1 AND e.call_id = $2 AND e.type LIKE 'call.%' ORDER BY e.sequence DESC LIMIT 1`;

/** Who spoke last with a number, as the newest event of that call has it; calls of which nobody is known are passed over. */
export const CRM_LAST_SERVED = `
SELECT e.agent, e.extension
FROM (SELECT a.id, a.started_at
      FROM unnest($2::text[]) AS n(number)
      -- Number by number, and kept apart: or the planner walks all calls of the tenant by their time.
      CROSS JOIN LATERAL (SELECT c.id, c.started_at FROM call c
        WHERE c.tenant_id = $1 AND c.customer_number = n.number AND c.result = 'answered' OFFSET 0) a
      ORDER BY a.started_at DESC LIMIT 20) c
CROSS JOIN LATERAL (
  SELECT nullif(e.payload->>'agent', '')::json AS agent, e.payload->>'extension' AS extension
  FROM call_event e WHERE e.tenant_id = $1 AND e.call_id = c.id AND e.type LIKE 'call.%' ORDER BY e.sequence DESC LIMIT 1) e
WHERE e.agent IS NOT NULL OR e.extension IS NOT NULL
ORDER BY c.started_at DESC LIMIT 1`;
