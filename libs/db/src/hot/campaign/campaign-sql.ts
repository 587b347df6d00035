/** The statements of the dialer. Every one is of one campaign, whose lease the dialer has. */

export const CAMPAIGN = `
SELECT c.id, c.version, c.tenant_id, c.connection_id, c.name, c.mode, c.state, c.settings, c.pacing, c.standing, n.dialect, n.country,
  n.time_zone, coalesce(a.enabled, false) AS commanded,
  (extract(epoch FROM c.due_at) * 1000)::float8 AS due_at,
  (extract(epoch FROM (SELECT min(r.received_at) FROM receipt r WHERE r.connection_id = c.connection_id AND r.state = 'due'))
    * 1000)::float8 AS behind_at
FROM campaign c JOIN connection n ON n.id = c.connection_id LEFT JOIN pbx_account a ON a.connection_id = c.connection_id
WHERE c.id = $1`;

/**
 * A phone may be known by its number or by one of its other names. What the PBX's own channel tells of it fills what webhooks do not:
 * whether it is registered, and calls of which they told nothing.
 */
export const MEMBERS = `
WITH ordered AS MATERIALIZED (
  SELECT d.extension, min(d.sent_at) AS at FROM dial_attempt d
  WHERE d.connection_id = $2 AND d.look_at IS NOT NULL AND d.extension IS NOT NULL
    AND d.state IN ('sending', 'accepted', 'ringing', 'answered', 'unknown')
  GROUP BY d.extension
),
told AS MATERIALIZED (
  SELECT t.key, t.device, (SELECT min(coalesce((f.call->>'since')::float8, 0))
    FROM json_array_elements(t.data->'calls') AS f(call)
    WHERE NOT EXISTS (SELECT 1 FROM call c WHERE c.connection_id = $2 AND c.vendor_call_id = f.call->>'vendorCallId')) AS busy_at
  FROM told_by_pbx($2) t WHERE t.kind = 'phone'
)
SELECT m.extension, p.number, p.aliases, p.caller_id, s.standing, (extract(epoch FROM s.since) * 1000)::float8 AS since,
  (extract(epoch FROM o.at) * 1000)::float8 AS ordered_at, t.device, t.busy_at
FROM campaign_member m
LEFT JOIN LATERAL (
  SELECT e.number, e.aliases, e.agent_id, e.caller_id FROM extension e
  WHERE e.connection_id = $2 AND (e.number = m.extension OR m.extension = ANY(e.aliases)) LIMIT 1) p ON true
LEFT JOIN agent_state s ON s.agent_id = p.agent_id
LEFT JOIN ordered o ON o.extension = m.extension
LEFT JOIN told t ON t.key = coalesce(p.number, m.extension)
WHERE m.campaign_id = $1`;

export const CALLS_AT_PHONES = `
SELECT c.id, c.vendor_call_id, c.extension, c.record FROM call c
WHERE c.connection_id = $1 AND c.settle_at IS NOT NULL AND c.extension = ANY($2::text[])`;

/** Attempts whose leads have not been told what became of them, with the call that each is. A lead may have been erased meanwhile. */
export const OWED = `
SELECT d.id, d.lead_id, d.state, d.extension, d.pace_key, (extract(epoch FROM d.sent_at) * 1000)::float8 AS sent_at,
  (extract(epoch FROM d.ended_at) * 1000)::float8 AS ended_at,
  (SELECT count(*)::int FROM dial_attempt t WHERE t.lead_id = d.lead_id
    AND (t.state IN ('refused', 'not_placed', 'cancelled', 'expired') OR t.result = 'not_placed' OR t.id = d.id)) AS tries,
  l.attempts, l.state AS lead_state, l.phone, l.region, l.postal, l.zone, l.max_tries,
  c.id AS call_id, c.vendor_call_id, c.record
FROM dial_attempt d LEFT JOIN campaign_lead l ON l.id = d.lead_id
LEFT JOIN LATERAL (
  SELECT w.id, w.vendor_call_id, w.record FROM call w
  WHERE w.connection_id = d.connection_id AND w.vendor_call_id = d.vendor_call_id ORDER BY w.occurrence DESC LIMIT 1) c ON true
WHERE d.campaign_id = $1 AND d.owed`;

/** Who would be next, for the pacing; nobody is taken. */
export const NEXT_UP = `
SELECT l.phone FROM campaign_lead l
WHERE l.campaign_id = $1 AND l.state = 'waiting' AND l.next_at <= now() ORDER BY l.priority DESC, l.next_at LIMIT $2::int`;

export const NEXT_AT = `
SELECT (extract(epoch FROM l.next_at) * 1000)::float8 AS at, l.gate, l.reason FROM campaign_lead l
WHERE l.campaign_id = $1 AND l.state = 'waiting' ORDER BY l.next_at LIMIT 1`;

/** What the law counts: by rows, never by a counter of a process. */
export const LEDGER = `
SELECT
  coalesce(sum(answers) FILTER (WHERE hour >= to_timestamp($2::float8 / 1000)), 0)::int AS day_answers,
  coalesce(sum(drops) FILTER (WHERE hour >= to_timestamp($2::float8 / 1000)), 0)::int AS day_drops,
  coalesce(sum(answers) FILTER (WHERE hour > now() - interval '24 h'), 0)::int AS answers_24h,
  coalesce(sum(drops) FILTER (WHERE hour > now() - interval '24 h'), 0)::int AS drops_24h,
  coalesce(sum(answers), 0)::int AS answers_30d, coalesce(sum(drops), 0)::int AS drops_30d
FROM campaign_tally WHERE campaign_id = $1 AND hour > now() - interval '30 days'`;

/**
 * The campaign cannot be paused, and its PBX's account be given to nobody else, until this transaction is over. No row: the lease was
 * lost, or there is no account any more.
 */
export const LOCK = `
SELECT c.state, c.version, c.tenant_id, c.connection_id, a.id AS account_id, a.enabled, a.per_second, a.at_once, a.tokens,
  (extract(epoch FROM a.tokens_at) * 1000)::float8 AS tokens_at
FROM hold_fence('campaign', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
JOIN campaign c ON c.id = held.id JOIN pbx_account a ON a.connection_id = c.connection_id
FOR UPDATE OF a FOR SHARE OF c`;

/**
 * What others do with the account and the phones. Asked once the lock is had: a statement that waited for it would show what was
 * before whoever had it.
 */
export const BESIDE = `
SELECT
  (SELECT count(*)::int FROM dial_attempt d WHERE d.connection_id = c.connection_id AND d.state = 'sending') AS under_way,
  ARRAY(SELECT coalesce((o.standing ->> 'wanted')::int, 0) FROM campaign o
    WHERE o.connection_id = c.connection_id AND o.id <> c.id AND o.state = 'running' AND o.due_at <= now() + interval '5 s') AS others,
  ARRAY(SELECT d.extension FROM dial_attempt d WHERE d.connection_id = c.connection_id AND d.look_at IS NOT NULL
    AND d.extension IS NOT NULL AND d.state IN ('sending', 'accepted', 'ringing', 'answered', 'unknown')) AS taken_phones
FROM campaign c WHERE c.id = $1`;

/**
 * Takes leads that may be due, with all that may stand in their way. Those that somebody else has at this moment are left out. What
 * was refused or never placed is no call.
 */
export const CLAIM = `
WITH taken AS MATERIALIZED (
  SELECT l.* FROM campaign_lead l
  WHERE l.campaign_id = $1 AND l.state = 'waiting' AND l.next_at <= now()
  ORDER BY l.priority DESC, l.next_at LIMIT $2::int FOR UPDATE SKIP LOCKED
)
SELECT l.id, l.phone, l.key, l.name, l.caller_id, l.caller_name, l.custom_data, l.region, l.postal, l.zone, l.attempts,
  (extract(epoch FROM l.consent_at) * 1000)::float8 AS consent_at, (extract(epoch FROM l.retry_at) * 1000)::float8 AS retry_at,
  ${facts('l')}
FROM taken l ORDER BY l.priority DESC, l.next_at`;

/** The same of one lead, for whoever asks why it is not dialled. */
export function facts(lead: string): string {
  return `
  ARRAY(SELECT (extract(epoch FROM d.sent_at) * 1000)::float8 FROM dial_attempt d
    WHERE d.tenant_id = ${lead}.tenant_id AND d.phone = ${lead}.key AND d.sent_at > now() - interval '30 days'
      AND d.state NOT IN ('refused', 'not_placed', 'cancelled', 'expired') AND d.result IS DISTINCT FROM 'not_placed'
    ORDER BY d.sent_at DESC LIMIT 100) AS earlier,
  (SELECT (extract(epoch FROM max(d.sent_at) FILTER (WHERE d.result = 'abandoned')) * 1000)::float8 FROM dial_attempt d
    WHERE d.tenant_id = ${lead}.tenant_id AND d.phone = ${lead}.key) AS last_drop_at,
  (extract(epoch FROM greatest(
    (SELECT max(d.sent_at) FROM dial_attempt d WHERE d.tenant_id = ${lead}.tenant_id AND d.phone = ${lead}.key AND d.result = 'answered'),
    -- Whoever called whom: a talk is a talk.
    (SELECT max(c.started_at) FROM call c WHERE c.tenant_id = ${lead}.tenant_id AND c.customer_number = ${lead}.phone
      AND c.result = 'answered'))) * 1000)::float8 AS last_talk_at,
  EXISTS (SELECT 1 FROM do_not_call x WHERE x.tenant_id = ${lead}.tenant_id AND x.phone = ${lead}.key) AS listed,
  (SELECT ARRAY[r.listed::int, extract(epoch FROM r.asked_at) * 1000]::float8[] FROM registry_check r
    WHERE r.tenant_id = ${lead}.tenant_id AND r.phone = ${lead}.key) AS registry,
  EXISTS (SELECT 1 FROM dial_attempt d WHERE d.tenant_id = ${lead}.tenant_id AND d.phone = ${lead}.key
    AND d.state IN ('reserved', 'sending', 'accepted', 'ringing', 'answered', 'unknown')) AS is_open`;
}

/**
 * Writes attempts as sent, before anything is. One whose number is being dialled by somebody else meets the index, and is not
 * written: its lead stays where it is.
 */
export const WRITE = `
WITH account AS (
  UPDATE pbx_account SET tokens = $3::float8, tokens_at = to_timestamp($4::float8 / 1000) WHERE id = $2
),
written AS (
  INSERT INTO dial_attempt (id, tenant_id, connection_id, source, actor, kind, phone, extension, request, same_key, state, sent_at,
    look_at, campaign_id, lead_id, owed, pace_key)
  SELECT n.id, c.tenant_id, c.connection_id, 'campaign', 'campaign:' || c.id, n.kind, n.phone, n.extension, n.request::json,
    uuid_send(n.id), 'sending', to_timestamp($5::float8 / 1000), to_timestamp($6::float8 / 1000), c.id, n.lead_id, true, n.pace_key
  FROM unnest($7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
    AS n(id, lead_id, kind, phone, extension, request, pace_key)
  JOIN campaign c ON c.id = $1
  ON CONFLICT DO NOTHING
  RETURNING id, lead_id
),
leads AS (
  UPDATE campaign_lead l SET state = 'dialling', next_at = NULL, retry_at = NULL, gate = NULL, reason = NULL,
    last_at = to_timestamp($5::float8 / 1000), updated_at = to_timestamp($5::float8 / 1000)
  FROM written w WHERE l.id = w.lead_id
)
SELECT id FROM written`;

/** Caller ids that a tenant's campaigns have shown within 24 hours. Ids of attempts begin with their time: that is the index. */
export const SHOWN = `
SELECT s.shown, count(*)::int AS uses, (extract(epoch FROM min(s.sent_at)) * 1000)::float8 AS oldest_at
FROM (
  SELECT d.sent_at, CASE WHEN d.request -> 'first' ->> 'kind' = 'number' THEN d.request -> 'callerId' ->> 'first'
    ELSE d.request -> 'callerId' ->> 'second' END AS shown
  FROM dial_attempt d WHERE d.tenant_id = $1 AND d.id >= $2::uuid AND d.campaign_id IS NOT NULL
    AND d.state NOT IN ('refused', 'not_placed', 'cancelled', 'expired')) s
WHERE s.shown IS NOT NULL GROUP BY s.shown`;

/** Leads that a rule holds back: until a time, or for good. */
export const HOLD_BACK = `
UPDATE campaign_lead l SET state = h.state, gate = h.gate, reason = h.reason,
  next_at = CASE WHEN h.state = 'waiting' THEN to_timestamp(h.next_at / 1000) END,
  retry_at = CASE WHEN h.state = 'waiting' THEN l.retry_at END, updated_at = to_timestamp($1::float8 / 1000)
FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::float8[]) AS h(id, state, gate, reason, next_at)
-- By its id, as where a look is left behind.
WHERE l.id = h.id AND l.state || '' = 'waiting'`;

/** What the PBX answered. One that was looked for meanwhile stays as it was found. */
export const ANSWERED = `
WITH d AS (
  UPDATE dial_attempt SET state = $2, vendor_call_id = $3, reason = $4, code = $5, settled_at = to_timestamp($6::float8 / 1000),
    look_at = to_timestamp($6::float8 / 1000), looks = 0
  WHERE id = $1 AND state = ANY($7::text[]) RETURNING connection_id, tenant_id, vendor_call_id
)
INSERT INTO call_context AS known (connection_id, vendor_call_id, tenant_id, data, created_at, updated_at)
SELECT d.connection_id, d.vendor_call_id, d.tenant_id, $8::jsonb, clock_timestamp(), clock_timestamp()
FROM d WHERE d.vendor_call_id IS NOT NULL
ON CONFLICT (connection_id, vendor_call_id) DO UPDATE SET
  data = CASE WHEN known.updated_at > clock_timestamp() - interval '1 day' THEN known.data || EXCLUDED.data
              ELSE EXCLUDED.data END,
  updated_at = greatest(clock_timestamp(), known.updated_at + interval '1 ms')`;

/**
 * Everything that a look of the dialer leaves behind, in one statement: what calls came to, where their leads go from there, the
 * tally of the hour, and what was learnt. Nothing where the lease was lost.
 */
export const LEAVE = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('campaign', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
),
told AS (
  UPDATE dial_attempt d SET owed = false, result = o.result,
    state = CASE WHEN d.state IN ('accepted', 'ringing', 'answered') THEN 'ended' ELSE d.state END,
    ended_at = coalesce(d.ended_at, to_timestamp(o.ended_at / 1000)),
    look_at = CASE WHEN d.state IN ('accepted', 'ringing', 'answered') THEN to_timestamp($3::float8 / 1000) ELSE d.look_at END
  FROM fence, unnest($4::uuid[], $5::text[], $6::float8[]) AS o(id, result, ended_at)
  WHERE d.campaign_id = $1::uuid AND d.owed AND d.id = o.id RETURNING d.id, d.lead_id
),
leads AS (
  UPDATE campaign_lead l SET state = n.state, attempts = l.attempts + n.counts,
    retry_at = CASE WHEN n.next_at IS NOT NULL THEN greatest(to_timestamp(n.next_at / 1000), l.not_before) END,
    next_at = CASE WHEN n.next_at IS NOT NULL THEN greatest(to_timestamp(n.next_at / 1000), l.not_before) END, last_result = n.result, reason = n.reason,
    gate = NULL, updated_at = to_timestamp($3::float8 / 1000)
  FROM told, unnest($7::uuid[], $8::text[], $9::int[], $10::float8[], $11::text[], $12::text[])
    AS n(id, state, counts, next_at, result, reason)
  -- Found by its id: the text hides from the planner that an index of open leads has it too, as that is of all campaigns.
  WHERE l.id = told.lead_id AND n.id = l.id AND l.state || '' = 'dialling'
    -- An agent may have put it back on the list during its call: what the next call comes to is what counts then.
    AND NOT EXISTS (SELECT 1 FROM dial_attempt later WHERE later.lead_id = l.id AND later.owed AND later.id > told.id)
),
tally AS (
  INSERT INTO campaign_tally AS t (campaign_id, hour, tenant_id, dials, answers, served, drops, busy, unanswered, failed, talk_seconds)
  SELECT c.id, date_trunc('hour', to_timestamp($3::float8 / 1000)), c.tenant_id, $13::int, $14::int, $15::int, $16::int, $17::int,
    $18::int, $19::int, $20::bigint
  FROM fence JOIN campaign c ON c.id = fence.id WHERE $13::int > 0
  ON CONFLICT (campaign_id, hour) DO UPDATE SET dials = t.dials + EXCLUDED.dials, answers = t.answers + EXCLUDED.answers,
    served = t.served + EXCLUDED.served, drops = t.drops + EXCLUDED.drops, busy = t.busy + EXCLUDED.busy,
    unanswered = t.unanswered + EXCLUDED.unanswered, failed = t.failed + EXCLUDED.failed,
    talk_seconds = t.talk_seconds + EXCLUDED.talk_seconds
)
UPDATE campaign c SET pacing = coalesce($21::json, c.pacing), standing = coalesce($22::json, c.standing),
  -- Whoever set it since the look began knows of leads that the look did not see.
  due_at = CASE WHEN (extract(epoch FROM c.due_at) * 1000)::float8 IS NOT DISTINCT FROM $24::float8
    THEN to_timestamp($23::float8 / 1000) ELSE least(c.due_at, to_timestamp($23::float8 / 1000)) END
FROM fence WHERE c.id = fence.id RETURNING (extract(epoch FROM c.due_at) * 1000)::float8 AS due_at`;

/** Leads that an agent was offered and did not decide about for five minutes; whose follows. */
export const TAKE_BACK_OFFERS = `
UPDATE campaign_lead SET state = 'waiting', agent_id = NULL, next_at = greatest(coalesce(retry_at, now()), not_before),
  updated_at = now()
WHERE state = 'offered' AND updated_at < now() - interval '5 min'`;

export const TAKE_BACK = `${TAKE_BACK_OFFERS} AND campaign_id = $1`;

/** Says on the live channel what the campaign is now, where somebody listens. */
export const TELL = 'SELECT tell_campaign($1, $2)';
