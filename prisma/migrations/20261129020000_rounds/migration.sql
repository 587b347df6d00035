-- A round of a worker: one statement takes mailboxes and reads what their drains begin with, one writes what came of it and
-- gives them back (docs/adr/0025). They are functions because each of their statements must see what the one before waited
-- for: a lease that was had after a wait shows letters that the last holder has already put away in the older snapshot.

-- Ids by which the PBX calls the calls of a webhook, as ingress read them. Null for what came before there was this column.
ALTER TABLE "receipt" ADD COLUMN "vendor_call_ids" TEXT[];

-- Grows with every change of what a tenant's letters are read and sent with, so that workers read it again only then.
ALTER TABLE "tenant" ADD COLUMN "setup_version" BIGINT NOT NULL DEFAULT 0;

CREATE FUNCTION "setup_changed"() RETURNS TRIGGER LANGUAGE plpgsql AS
$$
BEGIN
  UPDATE tenant t SET setup_version = t.setup_version + 1
  WHERE t.id IN (SELECT c.tenant_id FROM changed c);
  RETURN NULL;
END
$$;

DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['connection', 'endpoint', 'endpoint_secret', 'agent', 'extension', 'queue', 'did'] LOOP
    EXECUTE format('CREATE TRIGGER "setup_added" AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION setup_changed()', table_name);
    EXECUTE format('CREATE TRIGGER "setup_changed" AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION setup_changed()', table_name);
    EXECUTE format('CREATE TRIGGER "setup_removed" AFTER DELETE ON %I REFERENCING OLD TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION setup_changed()', table_name);
  END LOOP;
END
$$;

CREATE TYPE "mailbox_lease" AS ("id" UUID, "fence" BIGINT, "memo" JSONB, "epoch" INTEGER, "rung" BOOLEAN);

-- Leases of the mailboxes that are free. On one that somebody holds it is noted that it was rung: the holder may have looked
-- for letters before the latest one came. In one order, so that statements never wait for each other in a circle.
CREATE FUNCTION "take_mailboxes"(mailbox_kind TEXT, wanted UUID[], owner_name TEXT, lease_ms FLOAT8)
RETURNS "mailbox_lease"[] LANGUAGE plpgsql AS
$$
DECLARE
  leases mailbox_lease[];
BEGIN
  WITH taken AS (
    INSERT INTO mailbox AS m (kind, id, fence, owner, lease_until, not_before, memo)
    SELECT mailbox_kind, w.id, 1, owner_name, now() + lease_ms * interval '1 ms', to_timestamp(0), '{}'
    FROM (SELECT DISTINCT u.id FROM unnest(wanted) AS u(id) ORDER BY u.id) w
    ON CONFLICT (kind, id) DO UPDATE SET
      rung = m.lease_until > now(),
      fence = CASE WHEN m.lease_until > now() THEN m.fence ELSE m.fence + 1 END,
      owner = CASE WHEN m.lease_until > now() THEN m.owner ELSE EXCLUDED.owner END,
      lease_until = CASE WHEN m.lease_until > now() THEN m.lease_until ELSE EXCLUDED.lease_until END
      WHERE (m.lease_until > now() AND NOT m.rung) OR (m.lease_until <= now() AND m.not_before <= now())
    RETURNING m.id, m.fence, m.memo, m.epoch, m.rung
  )
  SELECT coalesce(array_agg(ROW(t.id, t.fence, t.memo, t.epoch, t.rung)::mailbox_lease) FILTER (WHERE NOT t.rung), '{}')
  INTO leases FROM taken t;
  RETURN leases;
END
$$;

-- Gives leases back, those whose fence is still the caller's. `waits` in ms from now, 0 for none. A memo is dropped, and its
-- wait with it, where somebody started the mailbox afresh meanwhile. Answers whether each was rung while it was held.
CREATE FUNCTION "give_back"(mailbox_kind TEXT, ids UUID[], fences BIGINT[], waits FLOAT8[], memos TEXT[], epochs INTEGER[])
RETURNS TABLE ("id" UUID, "rung" BOOLEAN) LANGUAGE plpgsql AS
$$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH mine AS MATERIALIZED (
      SELECT m.id, l.wait, l.memo, m.epoch <> l.epoch AS afresh, m.rung FROM mailbox m
      JOIN unnest(ids, fences, waits, memos, epochs) AS l(id, fence, wait, memo, epoch)
        ON m.id = l.id AND m.fence = l.fence
      WHERE m.kind = mailbox_kind
      ORDER BY m.id FOR UPDATE OF m
    )
    UPDATE mailbox m SET
      owner = NULL,
      lease_until = to_timestamp(0),
      rung = false,
      -- Not simply now(): rounded to a millisecond it may lie ahead, and the next drain would find the mailbox waiting.
      not_before = CASE WHEN mine.afresh THEN m.not_before
        WHEN mine.wait > 0 THEN now() + mine.wait * interval '1 ms' ELSE to_timestamp(0) END,
      memo = CASE WHEN mine.afresh THEN m.memo ELSE coalesce(mine.memo::jsonb, m.memo) END
    FROM mine WHERE m.kind = mailbox_kind AND m.id = mine.id
    RETURNING m.id, mine.rung;
END
$$;

-- Takes connections' mailboxes and reads what their drains begin with: a row `lease` for each that was had, with its context
-- where the caller knows another version of it, with the directory where that is asked for; rows `receipt`, the oldest `most` of each mailbox; rows `call`, the calls
-- that had the ids which these receipts speak of, and what is remembered of them.
CREATE FUNCTION "claim_connections"(wanted UUID[], versions BIGINT[], directories BOOLEAN[], owner_name TEXT, lease_ms FLOAT8, most INTEGER,
  most_occurrences INTEGER)
RETURNS TABLE ("part" TEXT, "mailbox" UUID, "fence" TEXT, "memo" JSONB, "epoch" INTEGER, "settling" BOOLEAN,
  "version" TEXT, "context" JSON, "id" UUID, "route" TEXT, "method" TEXT, "query" TEXT, "headers" JSON, "body" BYTEA,
  "surplus" BYTEA, "at" FLOAT8, "tries" SMALLINT, "vendor_call_ids" TEXT[], "vendor_call_id" TEXT, "occurrence" INTEGER,
  "sequence" INTEGER, "record" JSON, "remembered" JSONB, "remembered_at" FLOAT8)
LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
  leases mailbox_lease[];
BEGIN
  -- Whoever rang had committed: where nothing is due by now, somebody has answered that ring.
  leases := take_mailboxes('connection', ARRAY(
    SELECT w.id FROM unnest(wanted) AS w(id)
    -- The first of its own each time; asked whether there is any, the planner may look through what all of them have due.
    WHERE (SELECT r.id FROM receipt r WHERE r.connection_id = w.id AND r.state = 'due' ORDER BY r.id LIMIT 1) IS NOT NULL
       OR (SELECT s.settle_at FROM call s WHERE s.connection_id = w.id AND s.settle_at IS NOT NULL
           ORDER BY s.settle_at LIMIT 1) <= now()), owner_name, lease_ms);
  IF cardinality(leases) = 0 THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT 'lease', l.id, l.fence::text, l.memo, l.epoch,
      coalesce((SELECT w.settle_at FROM call w WHERE w.connection_id = l.id AND w.settle_at IS NOT NULL
        ORDER BY w.settle_at LIMIT 1) <= now(), false),
      t.setup_version::text,
      CASE WHEN t.setup_version IS DISTINCT FROM k.version THEN connection_context(l.id, k.directory) END,
      NULL::uuid, NULL, NULL, NULL, NULL::json, NULL::bytea, NULL::bytea, NULL::float8, NULL::smallint, NULL::text[],
      NULL, NULL::int, NULL::int, NULL::json, NULL::jsonb, NULL::float8
    FROM unnest(leases) l
    LEFT JOIN unnest(wanted, versions, directories) AS k(id, version, directory) ON k.id = l.id
    LEFT JOIN connection c ON c.id = l.id
    LEFT JOIN tenant t ON t.id = c.tenant_id;
  RETURN QUERY
    SELECT 'receipt', l.id, NULL, NULL::jsonb, NULL::int, NULL::boolean, NULL, NULL::json,
      r.id, r.route, r.method, r.query, r.headers, r.body, r.surplus,
      (extract(epoch FROM r.received_at) * 1000)::float8, r.tries, r.vendor_call_ids,
      NULL, NULL::int, NULL::int, NULL::json, NULL::jsonb, NULL::float8
    FROM unnest(leases) l
    CROSS JOIN LATERAL (
      SELECT * FROM receipt d WHERE d.connection_id = l.id AND d.state = 'due' ORDER BY d.id LIMIT most) r
    ORDER BY r.id;
  RETURN QUERY
    SELECT 'call', k.mailbox, NULL, NULL::jsonb, NULL::int, NULL::boolean, NULL, NULL::json,
      c.id, NULL, NULL, NULL, NULL::json, NULL::bytea, NULL::bytea,
      (extract(epoch FROM c.started_at) * 1000)::float8, NULL::smallint, NULL::text[],
      k.vendor_call_id, c.occurrence, c.sequence, c.record, x.data,
      (extract(epoch FROM x.updated_at) * 1000)::float8
    FROM (
      SELECT DISTINCT l.id AS mailbox, u.vendor_call_id FROM unnest(leases) l
      CROSS JOIN LATERAL (
        SELECT d.vendor_call_ids FROM receipt d WHERE d.connection_id = l.id AND d.state = 'due'
        ORDER BY d.id LIMIT most) r
      CROSS JOIN LATERAL unnest(r.vendor_call_ids) AS u(vendor_call_id)
    ) k
    LEFT JOIN LATERAL (
      SELECT * FROM call o WHERE o.connection_id = k.mailbox AND o.vendor_call_id = k.vendor_call_id
      ORDER BY o.occurrence DESC LIMIT most_occurrences) c ON true
    LEFT JOIN call_context x ON x.connection_id = k.mailbox AND x.vendor_call_id = k.vendor_call_id
    WHERE c.id IS NOT NULL OR x.data IS NOT NULL;
END
$$;

-- What a connection's letters are read with; null when there is no such connection.
CREATE FUNCTION "connection_context"(wanted UUID, directory BOOLEAN) RETURNS JSON LANGUAGE sql STABLE AS
$$
  SELECT json_build_object(
    'tenantId', c.tenant_id, 'dialect', c.dialect, 'timeZone', c.time_zone, 'country', c.country, 'epochs', c.epochs,
    'settings', c.settings, 'guarded', c.sealed_credentials IS NOT NULL, 'recordingsByName', c.recordings_by_name,
    'endpoints', (SELECT coalesce(json_agg(json_build_object(
         'id', e.id, 'eventTypes', e.event_types, 'filter', e.filter, 'enabled', e.state = 'enabled')), '[]')
       FROM endpoint e WHERE e.tenant_id = c.tenant_id),
    'people', CASE WHEN directory THEN json_build_object(
      'agents', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'email', a.email, 'code', a.code)), '[]')
         FROM agent a WHERE a.tenant_id = c.tenant_id),
      'extensions', (SELECT coalesce(json_agg(json_build_object(
           'number', x.number, 'aliases', x.aliases, 'agentId', x.agent_id, 'label', x.label)), '[]')
         FROM extension x WHERE x.connection_id = c.id),
      'queues', (SELECT coalesce(json_agg(json_build_object('vendorId', q.vendor_id, 'label', q.label)), '[]')
         FROM queue q WHERE q.connection_id = c.id),
      'dids', (SELECT coalesce(json_agg(json_build_object('number', d.number, 'label', d.label)), '[]')
         FROM did d WHERE d.connection_id = c.id)) END)
  FROM connection c WHERE c.id = wanted
$$;

-- Where an endpoint's letters go, and how; null when there is no such endpoint. Secrets say until when they hold.
CREATE FUNCTION "endpoint_target"(wanted UUID) RETURNS JSON LANGUAGE sql STABLE AS
$$
  SELECT json_build_object(
    'tenantId', e.tenant_id, 'name', e.name, 'url', e.url, 'format', e.format, 'formatSettings', e.format_settings,
    'state', e.state, 'stateReason', e.state_reason, 'ordered', e.ordered, 'concurrency', e.concurrency,
    'timeoutMs', e.timeout_ms, 'scheduleMs', e.schedule_ms, 'ratePerMinute', e.rate_per_minute,
    'rateBurst', e.rate_burst, 'disableAfterHours', e.disable_after_hours, 'sealedAccess', e.sealed_access,
    'secrets', (SELECT coalesce(json_agg(json_build_object(
         'sealed', s.sealed, 'until', extract(epoch FROM s.expires_at) * 1000) ORDER BY s.created_at DESC), '[]')
       FROM endpoint_secret s WHERE s.endpoint_id = e.id AND (s.expires_at IS NULL OR s.expires_at > now())))
  FROM endpoint e WHERE e.id = wanted
$$;

-- Takes endpoints' mailboxes and reads what their drains begin with: a row `lease` for each that was had, with its target
-- where the caller knows another version of it; rows `letter`, for each place of its concurrency at most `per_place`.
CREATE FUNCTION "claim_endpoints"(wanted UUID[], versions BIGINT[], owner_name TEXT, lease_ms FLOAT8, per_place INTEGER,
  order_waits_ms FLOAT8)
RETURNS TABLE ("part" TEXT, "mailbox" UUID, "fence" TEXT, "memo" JSONB, "epoch" INTEGER, "version" TEXT, "target" JSON,
  "most" INTEGER, "id" UUID, "tenant_id" UUID, "event_id" UUID, "call_id" UUID, "event_type" TEXT, "sequence" INTEGER,
  "attempt_count" SMALLINT, "refusals" SMALLINT, "tries" SMALLINT, "parts_done" TEXT, "replay_id" UUID,
  "first_tried_at" FLOAT8, "occurred_at" FLOAT8, "payload" TEXT)
LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
  leases mailbox_lease[];
BEGIN
  -- Whoever rang had committed: where nothing is due by now, somebody has answered that ring.
  leases := take_mailboxes('endpoint', ARRAY(
    SELECT w.id FROM unnest(wanted) AS w(id)
    WHERE (SELECT d.due_at FROM delivery d WHERE d.endpoint_id = w.id AND d.state = 'due'
           ORDER BY d.due_at LIMIT 1) <= now()),
    owner_name, lease_ms);
  IF cardinality(leases) = 0 THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT 'lease', l.id, l.fence::text, l.memo, l.epoch, t.setup_version::text,
      CASE WHEN t.setup_version IS DISTINCT FROM k.version THEN endpoint_target(l.id) END,
      e.concurrency * per_place,
      NULL::uuid, NULL::uuid, NULL::uuid, NULL::uuid, NULL, NULL::int, NULL::smallint, NULL::smallint, NULL::smallint,
      NULL, NULL::uuid, NULL::float8, NULL::float8, NULL
    FROM unnest(leases) l
    LEFT JOIN unnest(wanted, versions) AS k(id, version) ON k.id = l.id
    LEFT JOIN endpoint e ON e.id = l.id
    LEFT JOIN tenant t ON t.id = e.tenant_id;
  RETURN QUERY
    SELECT 'letter', l.id, NULL, NULL::jsonb, NULL::int, NULL, NULL::json, NULL::int,
      d.id, d.tenant_id, d.event_id, d.call_id, d.event_type, d.sequence, d.attempt_count, d.refusals, d.tries,
      d.parts_done, d.replay_id, (extract(epoch FROM d.first_tried_at) * 1000)::float8,
      (extract(epoch FROM v.occurred_at) * 1000)::float8, v.payload::text
    FROM unnest(leases) l JOIN endpoint e ON e.id = l.id AND e.state IN ('enabled', 'enabling')
    CROSS JOIN LATERAL (
      SELECT * FROM delivery w
      WHERE w.endpoint_id = l.id AND w.state = 'due' AND w.due_at <= now()
        AND NOT (e.ordered AND EXISTS (
          SELECT 1 FROM delivery p
          WHERE p.endpoint_id = w.endpoint_id AND p.call_id = w.call_id AND p.state = 'due'
            AND p.first_tried_at > now() - order_waits_ms * interval '1 ms' AND p.sequence < w.sequence))
      ORDER BY w.due_at, w.id LIMIT e.concurrency * per_place) d
    LEFT JOIN call_event v ON v.id = d.event_id
    ORDER BY d.due_at, d.id;
END
$$;

-- Worker processes that may hold leases. Each keeps an advisory lock on its key for as long as its session lasts, so that
-- the others know at once when it is gone, and need not wait until its leases have run out.
CREATE TABLE "worker" (
    "key" INTEGER NOT NULL,
    "owner" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("key")
);

GRANT SELECT, INSERT, UPDATE, DELETE ON "worker" TO "switchhook_worker";
ALTER TABLE "worker" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "worker_all" ON "worker" TO "switchhook_worker" USING (true) WITH CHECK (true);

-- Frees the leases of other workers that are gone, and answers how many. After a restart of the server nobody has a session yet:
-- workers of before it have `grace_ms` to come back.
CREATE FUNCTION "free_the_dead"(lock_class INTEGER, own_key INTEGER, grace_ms FLOAT8) RETURNS INTEGER LANGUAGE plpgsql AS
$$
DECLARE
  suspect worker;
  freed INTEGER;
  all_freed INTEGER := 0;
BEGIN
  FOR suspect IN
    SELECT * FROM worker w
    -- A session has its own locks as often as it likes.
    WHERE w.key <> own_key
      AND (w.since > pg_postmaster_start_time() OR now() > pg_postmaster_start_time() + grace_ms * interval '1 ms')
    ORDER BY w.key
  LOOP
    CONTINUE WHEN NOT pg_try_advisory_xact_lock(lock_class, suspect.key);
    UPDATE mailbox SET lease_until = to_timestamp(0) WHERE owner = suspect.owner AND lease_until > now();
    GET DIAGNOSTICS freed = ROW_COUNT;
    DELETE FROM worker WHERE key = suspect.key;
    all_freed := all_freed + freed;
  END LOOP;
  RETURN all_freed;
END
$$;

-- As before, but for the last condition of its update.
CREATE OR REPLACE FUNCTION "release_held"(endpoint_id UUID, since UUID, most INTEGER, for_replay UUID) RETURNS INTEGER
LANGUAGE plpgsql SET enable_partition_pruning = off AS
$$
DECLARE
  released INTEGER;
BEGIN
  PERFORM 1 FROM endpoint e WHERE e.id = release_held.endpoint_id AND e.state = 'enabling' FOR UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  UPDATE delivery d SET
    state = CASE WHEN d.id < since THEN 'skipped' ELSE 'due' END,
    reason = CASE WHEN d.id < since THEN 'skipped when the endpoint was enabled' END,
    due_at = CASE WHEN d.id < since THEN d.due_at ELSE now() END,
    finished_at = CASE WHEN d.id < since THEN now() END,
    replay_id = coalesce(for_replay, d.replay_id)
  WHERE d.id IN (
    SELECT w.id FROM delivery w WHERE w.endpoint_id = release_held.endpoint_id AND w.state = 'held'
    ORDER BY w.id LIMIT most)
    -- Written so that the planner finds each row by its id, and does not walk all that is held for each of them.
    AND coalesce(d.state, '') = 'held';
  GET DIAGNOSTICS released = ROW_COUNT;
  IF released < most THEN
    UPDATE endpoint e SET state = 'enabled', state_reason = NULL, updated_at = now() WHERE e.id = release_held.endpoint_id;
  END IF;
  RETURN released;
END
$$;
