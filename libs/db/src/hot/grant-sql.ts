/** Statements of what people agreed to on the pages of their CRMs; see `GrantStore`. */

const COLUMNS = `g.id, g.endpoint_id, g.version, g.sealed_access, g.sealed_refresh, g.sealed_previous,
  (extract(epoch FROM g.expires_at) * 1000)::float8 AS used_until, g.base_url,
  coalesce(g.renewed_at > now() - interval '1 minute', false) AS is_fresh`;

export const GOOD_GRANTS = `
SELECT ${COLUMNS} FROM endpoint_grant g WHERE g.endpoint_id = $1 AND g.state = 'good' ORDER BY g.position, g.id`;

/** By its id, and not by the index of what is good: hence the coalesce. One at a time, whoever it is: until the lease ends, or what is leased is another version. */
export const LEASE_GRANT = `
UPDATE endpoint_grant SET leased_until = now() + $4::float8 * interval '1 ms', leased_by = $3
WHERE id = $1 AND version = $2::int AND coalesce(state, '') = 'good' AND (leased_until IS NULL OR leased_until <= now())
RETURNING 1`;

export const RELEASE_GRANT = `
UPDATE endpoint_grant SET leased_until = NULL, leased_by = NULL WHERE id = $1 AND leased_by = $2`;

export const KEEP_GRANT = `
UPDATE endpoint_grant SET version = version + 1, sealed_access = $3, sealed_refresh = $4, sealed_previous = $5,
  expires_at = to_timestamp($6::float8 / 1000.0),
  slides = slides OR coalesce(to_timestamp($7::float8 / 1000.0) > ends_at + interval '1 minute', false), ends_at = to_timestamp($7::float8 / 1000.0),
  renew_by = to_timestamp($8::float8 / 1000.0), base_url = coalesce($9, base_url), renewed_at = now(), updated_at = now(),
  leased_until = NULL, leased_by = NULL
WHERE id = $1 AND version = $2::int
RETURNING 1`;

export const GIVE_GRANT_UP = `
UPDATE endpoint_grant SET version = version + 1, state = 'needs_attention', reason = $3, since = now(), updated_at = now(),
  leased_until = NULL, leased_by = NULL
WHERE id = $1 AND version = $2::int AND coalesce(state, '') = 'good'
RETURNING 1`;

/** Good ones that nobody needed for so long that they have to be renewed, the most urgent first, with how that is done. */
export const IDLE_GRANTS = `
SELECT ${COLUMNS}, e.sealed_access AS sealed_endpoint_access
FROM endpoint_grant g JOIN endpoint e ON e.id = g.endpoint_id
WHERE g.state = 'good' AND g.renew_by <= now() AND (g.leased_until IS NULL OR g.leased_until <= now())
ORDER BY g.renew_by LIMIT $1::int`;

/** Tried in vain: the next try is later. */
export const PUT_GRANT_OFF = `
UPDATE endpoint_grant SET renew_by = now() + $2::float8 * interval '1 ms' WHERE id = $1 AND renew_by <= now()`;

/** Those that need attention and were not told of: each time that they come to need it is told once. */
export const GRANTS_IN_NEED = `
SELECT x.subject, x.tenant_id, x.id, x.label, x.reason, x.endpoint_id, e.name
FROM (
  SELECT g.*, g.id::text || ' ' || (extract(epoch FROM g.since) * 1000)::bigint AS subject
  FROM endpoint_grant g WHERE g.state = 'needs_attention'
) x
JOIN endpoint e ON e.id = x.endpoint_id
WHERE (SELECT a.told_at FROM alert a WHERE a.type = 'endpoint.access_needs_attention' AND a.subject = x.subject) IS NULL
ORDER BY x.id LIMIT $1::int`;
