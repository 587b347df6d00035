/**
 * What is written of a slice: under the fence, with the place that the erasure has got to and the report of what was done. Either
 * all of it or nothing: when the lease was lost or the erasure was cancelled, nothing.
 *
 * The tenant is compared as text, or rows would be found by the tenant's index, which has very many, and not by their keys; where it is
 * part of their key it is compared as it is.
 *
 * $1 erasure, $2 fence, $3 state that it must be in, $4 place, $5 report
 */
import type { SearchedTable } from './searched-tables.js';

const UNDER_FENCE = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('erasure', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
),
job AS MATERIALIZED (
  UPDATE erasure e SET place = $4::jsonb, report = $5::jsonb, updated_at = now()
  FROM fence WHERE e.id = fence.id AND coalesce(e.state, '') = $3
  RETURNING e.id, e.tenant_id
)`;

const KEPT = `
SELECT count(*)::int AS kept FROM job`;

export const ADVANCE = `${UNDER_FENCE}${KEPT}`;

function ofTenant(inKey = false): string {
  return inKey
    ? 't.tenant_id = (SELECT tenant_id FROM job)'
    : 't.tenant_id::text = (SELECT tenant_id::text FROM job)';
}

/** $6 .. the keys; behind them the old and the new text of each column, column by column */
export function maskRows({ table, keys, columns, tenantInKey }: SearchedTable): string {
  const keyNames = Object.keys(keys);
  const names = Object.keys(columns);
  const params = [...keyNames, ...names.flatMap((name) => [`old ${name}`, `new ${name}`])];
  const lists = params.map((_, at) => `$${String(at + 6)}::text[]`).join(', ');
  const sets = Object.entries(columns).map(([name, type]) => `"${name}" = v."new ${name}"::${type}`);
  const same = [
    ...Object.entries(keys).map(([name, type]) => `t."${name}" = v."${name}"::${type}`),
    // What was changed meanwhile is not overwritten: the last look comes.
    ...names.map((name) => `t."${name}"::text IS NOT DISTINCT FROM v."old ${name}"`),
  ];
  return `${UNDER_FENCE},
masked AS (
  UPDATE "${table}" t SET ${sets.join(', ')}
  FROM unnest(${lists}) AS v(${params.map((name) => `"${name}"`).join(', ')})
  WHERE ${same.join(' AND ')} AND ${ofTenant(tenantInKey)}
)${KEPT}`;
}

/** $6 .. the keys */
export function deleteRows({
  table,
  keys,
  tenantInKey,
}: Pick<SearchedTable, 'table' | 'keys' | 'tenantInKey'>): string {
  const names = Object.keys(keys);
  const lists = names.map((_, at) => `$${String(at + 6)}::text[]`).join(', ');
  const same = Object.entries(keys).map(([name, type]) => `t."${name}" = v."${name}"::${type}`);
  return `${UNDER_FENCE},
gone AS (
  DELETE FROM "${table}" t USING unnest(${lists}) AS v(${names.map((name) => `"${name}"`).join(', ')})
  WHERE ${same.join(' AND ')} AND ${ofTenant(tenantInKey)}
)${KEPT}`;
}

const EMPTY_ATTEMPT = `request_headers = NULL, request_body = NULL, response_headers = NULL, response_body = NULL`;

/** $6 kinds, $7 keys, $8 spared */
const TRACES = `
traces AS (
  INSERT INTO erasure_trace (erasure_id, tenant_id, kind, key, spared)
  SELECT job.id, job.tenant_id, x.kind, x.key, x.spared
  FROM job CROSS JOIN unnest($6::text[], $7::text[], $8::boolean[]) AS x(kind, key, spared)
  ON CONFLICT (erasure_id, kind, key) DO UPDATE SET spared = EXCLUDED.spared
)`;

export const TRACE_CALLS = `${UNDER_FENCE},${TRACES}${KEPT}`;

/**
 * Calls of the number lose everything that belongs to them; those that only name it are masked.
 * $9 own calls, $10 their anonymous records or nulls where nothing is kept, $11 other calls, $12 their records as they were, $13 masked,
 * $14 their dids masked, $15 pattern
 */
export const ERASE_CALLS = `${UNDER_FENCE},${TRACES},
events AS (
  DELETE FROM call_event e WHERE e.call_id = ANY($9::uuid[]) AND EXISTS (SELECT 1 FROM job)
),
told AS (
  UPDATE delivery d SET state = 'skipped', reason = 'number erased', finished_at = now()
  WHERE d.call_id = ANY($9::uuid[]) AND coalesce(d.state, '') IN ('due', 'held') AND EXISTS (SELECT 1 FROM job)
),
tries AS (
  UPDATE attempt a SET ${EMPTY_ATTEMPT}, request_url = NULL, error = NULL
  WHERE a.delivery_id IN (SELECT d.id FROM delivery d WHERE d.call_id = ANY($9::uuid[])) AND EXISTS (SELECT 1 FROM job)
),
anonymous AS (
  -- What the PBX still sends of the call makes a new one, and does not fill in this one.
  UPDATE call c SET record = v.record::json, customer_number = '', vendor_call_id = 'erased-' || c.id, occurrence = 0,
    did = CASE WHEN c.did ~ $15 THEN NULL ELSE c.did END, settle_at = NULL, links_revoked_at = now(), updated_at = now()
  FROM unnest($9::uuid[], $10::text[]) AS v(id, record)
  WHERE c.id = v.id AND v.record IS NOT NULL AND c.tenant_id::text = (SELECT tenant_id::text FROM job)
),
gone AS (
  DELETE FROM call c USING unnest($9::uuid[], $10::text[]) AS v(id, record)
  WHERE c.id = v.id AND v.record IS NULL AND c.tenant_id::text = (SELECT tenant_id::text FROM job)
),
masked AS (
  UPDATE call c SET record = v.record::json, did = v.did, updated_at = now(),
    vendor_call_id = CASE WHEN c.vendor_call_id ~ $15 THEN 'erased-' || c.id ELSE c.vendor_call_id END
  FROM unnest($11::uuid[], $12::text[], $13::text[], $14::text[]) AS v(id, old, record, did)
  WHERE c.id = v.id AND c.record::text = v.old AND c.tenant_id::text = (SELECT tenant_id::text FROM job)
)${KEPT}`;

/** $6 ids, $7 URLs, $8 errors, $9 decisions */
export const EMPTY_ATTEMPTS = `${UNDER_FENCE},
emptied AS (
  UPDATE attempt a SET ${EMPTY_ATTEMPT}, request_url = v.url, error = v.error, decision = v.decision
  FROM unnest($6::uuid[], $7::text[], $8::text[], $9::text[]) AS v(id, url, error, decision)
  WHERE a.id = v.id AND a.tenant_id::text = (SELECT tenant_id::text FROM job)
)${KEPT}`;

/** $6 receipts. One that is still to be read is left: what becomes of it is found by the last look. */
export const DELETE_RECEIPTS = `${UNDER_FENCE},
gone AS (
  DELETE FROM receipt r WHERE r.id = ANY($6::uuid[]) AND coalesce(r.state, '') <> 'due'
    AND r.tenant_id::text = (SELECT tenant_id::text FROM job)
)${KEPT}`;

/** $6 contacts with no other number, $7 contacts with another one, $8 each form of the number */
export const ERASE_PHONES = `${UNDER_FENCE},
gone AS (
  DELETE FROM contact c WHERE c.tenant_id = (SELECT tenant_id FROM job) AND c.id = ANY($6::uuid[])
),
taken AS (
  DELETE FROM contact_phone p
  WHERE p.tenant_id = (SELECT tenant_id FROM job) AND p.contact_id = ANY($7::uuid[]) AND p.e164 = ANY($8::text[])
),
changed AS (
  UPDATE contact c SET updated_at = now() WHERE c.tenant_id = (SELECT tenant_id FROM job) AND c.id = ANY($7::uuid[])
)${KEPT}`;

/** $6 imports, $7 places, $8 bytes; each takes the place of as many */
export const MASK_CHUNKS = `${UNDER_FENCE},
masked AS (
  UPDATE import_chunk c SET bytes = overlay(c.bytes PLACING v.bytes FROM 1)
  FROM unnest($6::uuid[], $7::bigint[], $8::bytea[]) AS v(import_id, at, bytes)
  WHERE c.import_id = v.import_id AND c.at = v.at AND c.tenant_id::text = (SELECT tenant_id::text FROM job)
)${KEPT}`;

/** Saves what it waits for. $1 erasure, $2 fence, $3 what */
export const WAIT = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('erasure', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
)
UPDATE erasure e SET waits_for = $3::jsonb, updated_at = now() FROM fence
WHERE e.id = fence.id AND coalesce(e.state, '') = 'telling'`;

/** Has it begin to delete: from here on it cannot be cancelled. $1 erasure, $2 fence, $3 time, $4 report */
export const BEGIN = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('erasure', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
),
job AS MATERIALIZED (
  UPDATE erasure e SET state = 'erasing', place = '{}', report = $4::jsonb, waits_for = NULL,
    begun_at = to_timestamp($3::float8 / 1000), updated_at = now()
  FROM fence WHERE e.id = fence.id AND coalesce(e.state, '') = 'telling'
  RETURNING e.id
),
gone AS (DELETE FROM erasure_trace x USING job WHERE x.erasure_id = job.id)
SELECT count(*)::int AS kept FROM job`;

/** Ends the counting. $1 erasure, $2 fence, $3 time, $4 report */
export const COUNTED = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('erasure', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
),
job AS MATERIALIZED (
  UPDATE erasure e SET state = CASE WHEN e.dry_run THEN 'counted' ELSE 'telling' END, place = '{}', preview = $4::jsonb,
    report = '{}', wait_until = to_timestamp($3::float8 / 1000) + e.wait_minutes * interval '1 minute', updated_at = now()
  FROM fence WHERE e.id = fence.id AND coalesce(e.state, '') = 'counting'
  RETURNING e.id
),
gone AS (DELETE FROM erasure_trace x USING job WHERE x.erasure_id = job.id)
SELECT count(*)::int AS kept FROM job`;

/**
 * Ends the erasing. What was written meanwhile of the calls that were dealt with (a try that was under way, an event) goes too.
 * $1 erasure, $2 fence, $3 time, $4 report, $5 preview, $6 id of the audit entry, $7 its changes
 */
export const FINISH = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('erasure', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
),
job AS MATERIALIZED (
  UPDATE erasure e SET state = 'done', number = NULL, place = '{}', report = $4::jsonb, preview = $5::jsonb, updated_at = now(),
    finished_at = to_timestamp($3::float8 / 1000)
  FROM fence WHERE e.id = fence.id AND coalesce(e.state, '') = 'erasing'
  RETURNING e.id, e.tenant_id, e.created_by, e.created_by_kind
),
calls AS MATERIALIZED (
  SELECT x.key::uuid AS id FROM erasure_trace x
  WHERE x.erasure_id = $1::uuid AND x.kind = 'call' AND NOT x.spared AND EXISTS (SELECT 1 FROM job)
),
tries AS (
  UPDATE attempt a SET ${EMPTY_ATTEMPT}, request_url = NULL, error = NULL
  WHERE a.delivery_id IN (SELECT d.id FROM calls JOIN delivery d ON d.call_id = calls.id)
    AND (a.request_body IS NOT NULL OR a.response_body IS NOT NULL OR a.request_url IS NOT NULL)
),
events AS (DELETE FROM call_event e WHERE e.call_id IN (SELECT id FROM calls)),
gone AS (DELETE FROM erasure_trace x USING job WHERE x.erasure_id = job.id),
told AS (
  INSERT INTO audit_entry (id, tenant_id, at, actor, actor_kind, action, subject_type, subject_id, changes)
  SELECT $6::uuid, job.tenant_id, to_timestamp($3::float8 / 1000), job.created_by, job.created_by_kind, 'erasure.done', 'erasure', job.id::text, $7::jsonb
  FROM job
)
SELECT count(*)::int AS kept FROM job`;

/** Our own code fails on it. $1 erasure, $2 fence, $3 why */
export const FAIL_ERASURE = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('erasure', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
)
UPDATE erasure e SET state = 'failed', reason = $3, updated_at = now(), finished_at = now()
FROM fence WHERE e.id = fence.id AND coalesce(e.state, '') IN ('counting', 'telling', 'erasing')`;

export const ERASURE_CONTEXT = `
SELECT e.tenant_id, e.state, e.number, e.keep, e.force, e.place, e.report, e.preview,
       extract(epoch FROM e.wait_until)::float8 * 1000 AS wait_until, extract(epoch FROM e.begun_at)::float8 * 1000 AS begun_at
FROM erasure e WHERE e.id = $1`;
