/**
 * What is read of a slice. Each statement answers a row for each of the slice, so that the next one begins behind the last, and
 * the texts of those only that hold the number. The slice is cut before anything is looked for: a rare hit costs no more than a
 * common one.
 *
 * $1 tenant, $3 most, $4 the key to begin behind; and unless it says otherwise $2 pattern, $5 the erasure or null, $6 whether it only
 * counts
 */
import type { KeyType, SearchedTable } from './searched-tables.js';

const LEAST: Record<KeyType, string> = {
  uuid: '00000000-0000-0000-0000-000000000000',
  text: '',
  int: '-1',
  bigint: '-1',
  smallint: '-1',
  timestamptz: '-infinity',
};

/** The key that everything is behind. */
export function leastKey({ keys }: Pick<SearchedTable, 'keys'>): string[] {
  return Object.values(keys).map((type) => LEAST[type]);
}

/** What an erasure did with a call counts for what goes with it; one that it spares keeps all that it has. */
const dealtWith = (callId: string, goesWithCall = true) => `EXISTS (
    SELECT 1 FROM erasure_trace x
    WHERE x.erasure_id = $5::uuid AND x.kind = 'call' AND x.key = ${callId}::text AND ${goesWithCall ? '(x.spared OR $6::boolean)' : 'x.spared'})`;

/** Without $6 where nothing of it goes with a call. */
export function searchRows(searched: SearchedTable): string {
  const { table, keys, byTenant, columns, callId, goesWithCall, ofVendorCall } = searched;
  const names = Object.keys(keys);
  const key = names.map((name) => `t."${name}"`).join(', ');
  const behind = Object.values(keys).map((type, at) => `($4::text[])[${String(at + 1)}]::${type}`);
  const texts = Object.keys(columns).map((name) => `t."${name}"::text`);
  const holds = texts.map((text) => `${text} ~ $2`);
  const linked =
    ofVendorCall === undefined
      ? []
      : [
          `EXISTS (SELECT 1 FROM erasure_trace x WHERE x.erasure_id = $5::uuid AND x.kind = 'vendor'
             AND x.key = ${ofVendorCall} AND NOT x.spared)`,
        ];
  const left = callId === undefined ? '' : `AND NOT ${dealtWith(`t."${callId}"`, goesWithCall ?? false)}`;
  return `
WITH slice AS MATERIALIZED (
  SELECT t.* FROM "${table}" t
  WHERE ${byTenant ? 't.tenant_id = $1::uuid AND ' : ''}(${key}) > (${behind.join(', ')})
  ORDER BY ${key} LIMIT $3::int
)
SELECT ARRAY[${names.map((name) => `t."${name}"::text`).join(', ')}] AS key, f.hit,
       CASE WHEN f.hit THEN ARRAY[${texts.join(', ')}] END AS texts,
       CASE WHEN f.hit AND $5::uuid IS NULL THEN row_to_json(t)::text END AS whole
FROM slice t CROSS JOIN LATERAL (
  SELECT t.tenant_id = $1::uuid AND (${[...holds, ...linked].join(' OR ')}) IS TRUE ${left} AS hit) f
ORDER BY ${key}`;
}

const OF_A_CALL = `
SELECT ARRAY[c.started_at::text, c.id::text] AS key, f.hit,
       coalesce(f.hit AND (c.customer_number = ANY($7::text[]) OR c.customer_number ~ $2), false) AS own,
       b.open, b.held, b.due, b.events, b.attempts, b.receipts,
       c.connection_id, c.vendor_call_id, c.did, c.record::text AS record,
       CASE WHEN f.hit AND $5::uuid IS NULL THEN row_to_json(c)::text END AS whole
FROM slice c
CROSS JOIN LATERAL (
  SELECT (c.customer_number = ANY($7::text[]) OR c.customer_number ~ $2 OR c.record::text ~ $2 OR c.vendor_call_id ~ $2
          OR c.did ~ $2) IS TRUE
     AND NOT ${dealtWith('c.id')} AS hit) f
LEFT JOIN LATERAL (
  SELECT c.settle_at IS NOT NULL AS open,
         (SELECT count(*)::int FROM delivery d WHERE d.call_id = c.id AND coalesce(d.state, '') = 'held') AS held,
         (SELECT count(*)::int FROM delivery d WHERE d.call_id = c.id AND coalesce(d.state, '') = 'due') AS due,
         (SELECT count(*)::int FROM call_event e WHERE e.call_id = c.id) AS events,
         (SELECT count(*)::int FROM delivery d JOIN attempt a ON a.delivery_id = d.id WHERE d.call_id = c.id) AS attempts,
         ARRAY(SELECT DISTINCT e.receipt_id FROM call_event e WHERE e.call_id = c.id AND e.receipt_id IS NOT NULL) AS receipts
) b ON f.hit
ORDER BY c.started_at, c.id`;

/** All calls of a tenant, as the number may stand anywhere in their records. $7 each form of the number */
export const SEARCH_CALLS = `
WITH slice AS MATERIALIZED (
  SELECT c.* FROM call c
  WHERE c.tenant_id = $1::uuid AND (c.started_at, c.id) > (($4::text[])[1]::timestamptz, ($4::text[])[2]::uuid)
  ORDER BY c.started_at, c.id LIMIT $3::int
)${OF_A_CALL}`;

/** The calls of the number itself, by an index: cheap enough to look once more at the end. */
export const SEARCH_OWN_CALLS = `
WITH slice AS MATERIALIZED (
  SELECT c.* FROM unnest($7::text[]) AS form(e164)
  -- Kept apart, or the planner walks all of a tenant's.
  CROSS JOIN LATERAL (
    SELECT * FROM call WHERE tenant_id = $1::uuid AND customer_number = form.e164 OFFSET 0) c
  WHERE (c.started_at, c.id) > (($4::text[])[1]::timestamptz, ($4::text[])[2]::uuid)
  ORDER BY c.started_at, c.id LIMIT $3::int
)${OF_A_CALL}`;

/** Attempts have no index but that of their delivery. */
export const SEARCH_ATTEMPTS = `
WITH slice AS MATERIALIZED (
  SELECT d.id, d.call_id FROM delivery d
  WHERE d.tenant_id = $1::uuid AND d.id > ($4::text[])[1]::uuid ORDER BY d.id LIMIT $3::int
)
SELECT ARRAY[d.id::text] AS key, a.id IS NOT NULL AS hit,
       ARRAY[a.id::text, a.request_url, a.error, a.decision] AS texts,
       CASE WHEN $5::uuid IS NULL THEN a.whole END AS whole
FROM slice d LEFT JOIN LATERAL (
  SELECT a.id, a.request_url, a.error, a.decision, row_to_json(a)::text AS whole FROM attempt a
  WHERE a.delivery_id = d.id
    AND (a.request_url ~ $2 OR a.request_body ~ $2 OR a.response_body ~ $2 OR a.error ~ $2 OR a.decision ~ $2
      OR a.request_headers::text ~ $2 OR a.response_headers::text ~ $2)
    AND NOT ${dealtWith('d.call_id')}
) a ON true
ORDER BY d.id`;

/**
 * Receipts have no index of their tenant's: a slice is of all tenants', and ends where so many bytes of this tenant's are read.
 * $2 the erasure or null, $5 bytes
 */
export const SEARCH_RECEIPTS = `
WITH slice AS MATERIALIZED (
  SELECT r.id, r.tenant_id, r.connection_id, r.vendor_call_ids,
         sum(CASE WHEN r.tenant_id = $1::uuid THEN octet_length(r.body) + coalesce(octet_length(r.surplus), 0) ELSE 0 END)
           OVER (ORDER BY r.id) AS bytes,
         row_number() OVER (ORDER BY r.id) AS nr
  FROM (SELECT * FROM receipt WHERE id > ($4::text[])[1]::uuid ORDER BY id LIMIT $3::int) r
)
SELECT ARRAY[s.id::text] AS key, s.tenant_id = $1::uuid AS own, coalesce(f.linked, false) AS linked,
       coalesce(f.spared, false) AS spared, s.connection_id,
       r.query, r.headers, r.body, r.surplus, r.state, r.reason, r.note, r.route, r.method, r.source_ip, r.received_at,
       r.vendor_call_ids, c.country
FROM slice s
LEFT JOIN receipt r ON r.id = s.id AND s.tenant_id = $1::uuid
LEFT JOIN connection c ON c.id = s.connection_id AND s.tenant_id = $1::uuid
LEFT JOIN LATERAL (
  SELECT bool_or(NOT x.spared) AS linked, bool_or(x.spared) AS spared FROM erasure_trace x
  WHERE x.erasure_id = $2::uuid AND s.tenant_id = $1::uuid
    AND ((x.kind = 'receipt' AND x.key = s.id::text)
      OR (x.kind = 'vendor'
          AND x.key IN (SELECT s.connection_id::text || ' ' || v FROM unnest(s.vendor_call_ids) AS v)))
) f ON true
WHERE s.nr = 1 OR s.bytes <= $5::bigint
ORDER BY s.id`;

/** Contacts with the number, and whether they have another. $2 each form of the number, $5 whether all of them is wanted */
export const SEARCH_PHONES = `
SELECT ARRAY[p.contact_id::text] AS key, true AS hit,
       ARRAY[(EXISTS (SELECT 1 FROM contact_phone o WHERE o.tenant_id = $1::uuid AND o.contact_id = p.contact_id
                      AND o.e164 <> ALL($2::text[])))::text] AS texts,
       CASE WHEN $5::boolean THEN
         (SELECT to_jsonb(c) || jsonb_build_object('phones', (
                   SELECT jsonb_agg(jsonb_build_object('e164', o.e164, 'label', o.label) ORDER BY o.place) FROM contact_phone o
                   WHERE o.tenant_id = c.tenant_id AND o.contact_id = c.id))
          FROM contact c WHERE c.tenant_id = $1::uuid AND c.id = p.contact_id)::text END AS whole
FROM (SELECT DISTINCT contact_id FROM contact_phone
      WHERE tenant_id = $1::uuid AND e164 = ANY($2::text[]) AND contact_id > ($4::text[])[1]::uuid
      ORDER BY contact_id LIMIT $3::int) p
ORDER BY p.contact_id`;

/** Pieces of files, each with the beginning of the next one, into which a number may reach. $2 bytes of that */
export const SEARCH_CHUNKS = `
WITH slice AS MATERIALIZED (
  SELECT c.import_id, c.at, c.tenant_id FROM import_chunk c
  WHERE (c.import_id, c.at) > (($4::text[])[1]::uuid, ($4::text[])[2]::bigint)
  ORDER BY c.import_id, c.at LIMIT $3::int
)
SELECT ARRAY[s.import_id::text, s.at::text] AS key, c.bytes,
       (SELECT substring(n.bytes FROM 1 FOR $2::int) FROM import_chunk n
        WHERE c.bytes IS NOT NULL AND n.import_id = s.import_id AND n.at = s.at + length(c.bytes)) AS next
FROM slice s
LEFT JOIN import_chunk c ON c.import_id = s.import_id AND c.at = s.at AND s.tenant_id = $1::uuid
ORDER BY s.import_id, s.at`;

/** Answers that are kept for whoever repeats a request. They are sealed: whoever can open them looks into them. $2 pattern */
export const SEARCH_ANSWERS = `
WITH slice AS MATERIALIZED (
  SELECT k.* FROM idempotency_key k
  WHERE (k.actor_id, k.key) > (($4::text[])[1]::uuid, ($4::text[])[2]) ORDER BY k.actor_id, k.key LIMIT $3::int
)
SELECT ARRAY[k.actor_id::text, k.key] AS key, k.tenant_id = $1::uuid AND k.status IS NOT NULL AS own,
       k.key ~ $2 AS named, CASE WHEN k.tenant_id = $1::uuid THEN k.sealed_body END AS sealed
FROM slice k
ORDER BY k.actor_id, k.key`;

/** What of a number's calls is still to come or to be told. $1 tenant, $2 each form of the number */
export const WAITS_FOR = `
WITH own AS MATERIALIZED (
  SELECT c.id, c.settle_at FROM unnest($2::text[]) AS form(e164)
  CROSS JOIN LATERAL (
    SELECT id, settle_at FROM call WHERE tenant_id = $1::uuid AND customer_number = form.e164 OFFSET 0) c
)
SELECT (SELECT count(*)::int FROM own WHERE settle_at IS NOT NULL) AS calls,
       (SELECT count(*)::int FROM own JOIN delivery d ON d.call_id = own.id WHERE coalesce(d.state, '') = 'due') AS deliveries`;
