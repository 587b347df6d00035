-- The live channel: a numbered log for each tenant, of what happens to calls while somebody listens (docs/adr/0030).

-- "number" is of the last row, and its row lock is what makes numbers follow commits: whoever counts on holds it until his commit,
-- so nobody reads a number before the ones below it, and what is rolled back leaves no gap. Nobody listens after "until".
CREATE TABLE "live_log" (
    "tenant_id" UUID NOT NULL,
    "number" BIGINT NOT NULL DEFAULT 0,
    "since" TIMESTAMPTZ(6) NOT NULL,
    "until" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "live_log_pkey" PRIMARY KEY ("tenant_id")
)
-- Counted on all the time: its new versions go beside the old ones.
WITH (fillfactor = 50);

CREATE TABLE "live_event" (
    "tenant_id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSON NOT NULL,

    CONSTRAINT "live_event_pkey" PRIMARY KEY ("tenant_id", "number")
);

ALTER TABLE "live_log" ADD CONSTRAINT "live_log_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "live_log", "live_event" TO "switchhook_api", "switchhook_worker";
DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['live_log', 'live_event'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format('CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api"
      USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())', table_name);
  END LOOP;
END $$;

-- Somebody listens to these tenants for so long from now. Where nobody did, a number is left out: whoever knows the one before it
-- has missed what was not written meanwhile, and sees that by the gap. Answers how long somebody has listened.
CREATE FUNCTION "watch_live"(tenants UUID[], for_ms FLOAT8)
RETURNS TABLE ("tenant_id" UUID, "number" BIGINT, "listened_ms" FLOAT8) LANGUAGE plpgsql AS
$$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    INSERT INTO live_log AS l (tenant_id, number, since, until)
    SELECT t.id, 0, now(), now() + for_ms * interval '1 ms'
    FROM (SELECT DISTINCT u.id FROM unnest(tenants) AS u(id) ORDER BY u.id) w JOIN tenant t ON t.id = w.id
    ON CONFLICT (tenant_id) DO UPDATE SET
      number = CASE WHEN l.until > now() THEN l.number ELSE l.number + 1 END,
      since = CASE WHEN l.until > now() THEN l.since ELSE now() END,
      until = greatest(l.until, EXCLUDED.until)
    RETURNING l.tenant_id, l.number, (extract(epoch FROM now() - l.since) * 1000)::float8;
END
$$;

-- The next numbers for these rows, in their order. Counters are locked in one order, so that two that count on for the same
-- tenants never wait for each other in a circle. Costs nothing where there are no rows.
CREATE FUNCTION "number_live"(tenants UUID[], datas TEXT[])
RETURNS TABLE ("tenant_id" UUID, "number" BIGINT, "data" TEXT) LANGUAGE plpgsql AS
$$
#variable_conflict use_column
BEGIN
  IF cardinality(tenants) = 0 THEN
    RETURN;
  END IF;
  PERFORM 1 FROM live_log l WHERE l.tenant_id = ANY(tenants) ORDER BY l.tenant_id FOR NO KEY UPDATE;
  RETURN QUERY
    WITH given AS MATERIALIZED (
      SELECT u.tenant, u.data, row_number() OVER (PARTITION BY u.tenant ORDER BY u.place) AS nth
      FROM unnest(tenants, datas) WITH ORDINALITY AS u(tenant, data, place)
    ),
    counted AS (
      UPDATE live_log l SET number = l.number + g.rows
      FROM (SELECT given.tenant, max(given.nth) AS rows FROM given GROUP BY given.tenant) g
      WHERE l.tenant_id = g.tenant
      RETURNING l.tenant_id, l.number - g.rows AS before
    )
    SELECT c.tenant_id, c.before + g.nth, g.data FROM given g JOIN counted c ON c.tenant_id = g.tenant;
END
$$;

-- The leases under which the tenant's connections are worked on at this moment; whoever takes one later knows who listens. It waits
-- for claims and writes that are under way, also for the first claim of a connection: it is not enough to see who holds a lease.
CREATE FUNCTION "live_drains"(tenant UUID) RETURNS TABLE ("id" UUID, "fence" BIGINT) LANGUAGE plpgsql AS
$$
#variable_conflict use_column
BEGIN
  INSERT INTO mailbox (kind, id, lease_until, not_before)
  SELECT 'connection', c.id, to_timestamp(0), to_timestamp(0) FROM connection c WHERE c.tenant_id = tenant ORDER BY c.id
  ON CONFLICT (kind, id) DO NOTHING;
  RETURN QUERY
    WITH held AS MATERIALIZED (
      SELECT m.id, m.fence, m.lease_until FROM mailbox m
      WHERE m.kind = 'connection' AND m.id = ANY(ARRAY(SELECT c.id FROM connection c WHERE c.tenant_id = tenant))
      ORDER BY m.id FOR SHARE
    )
    SELECT h.id, h.fence FROM held h WHERE h.lease_until > clock_timestamp();
END
$$;

DROP FUNCTION "claim_connections"(UUID[], BIGINT[], BOOLEAN[], TEXT, FLOAT8, INTEGER, INTEGER);

-- As before, but that a row `lease` also says whether somebody listens to what happens to the tenant's calls (`live`): a row
-- `lease` for each mailbox that was had, with its context where the caller knows another version of it, with the directory where
-- that is asked for; rows `receipt`, the oldest `most` of each mailbox; rows `call`, the calls
-- that had the ids which these receipts speak of, and what is remembered of them.
CREATE FUNCTION "claim_connections"(wanted UUID[], versions BIGINT[], directories BOOLEAN[], owner_name TEXT, lease_ms FLOAT8, most INTEGER,
  most_occurrences INTEGER)
RETURNS TABLE ("part" TEXT, "mailbox" UUID, "fence" TEXT, "memo" JSONB, "epoch" INTEGER, "settling" BOOLEAN,
  "version" TEXT, "context" JSON, "id" UUID, "route" TEXT, "method" TEXT, "query" TEXT, "headers" JSON, "body" BYTEA,
  "surplus" BYTEA, "at" FLOAT8, "tries" SMALLINT, "vendor_call_ids" TEXT[], "vendor_call_id" TEXT, "occurrence" INTEGER,
  "sequence" INTEGER, "record" JSON, "remembered" JSONB, "remembered_at" FLOAT8, "live" BOOLEAN)
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
      NULL, NULL::int, NULL::int, NULL::json, NULL::jsonb, NULL::float8,
      coalesce((SELECT v.until FROM live_log v WHERE v.tenant_id = c.tenant_id) > now(), false)
    FROM unnest(leases) l
    LEFT JOIN unnest(wanted, versions, directories) AS k(id, version, directory) ON k.id = l.id
    LEFT JOIN connection c ON c.id = l.id
    LEFT JOIN tenant t ON t.id = c.tenant_id;
  RETURN QUERY
    SELECT 'receipt', l.id, NULL, NULL::jsonb, NULL::int, NULL::boolean, NULL, NULL::json,
      r.id, r.route, r.method, r.query, r.headers, r.body, r.surplus,
      (extract(epoch FROM r.received_at) * 1000)::float8, r.tries, r.vendor_call_ids,
      NULL, NULL::int, NULL::int, NULL::json, NULL::jsonb, NULL::float8, NULL::boolean
    FROM unnest(leases) l
    CROSS JOIN LATERAL (
      SELECT * FROM receipt d WHERE d.connection_id = l.id AND d.state = 'due' ORDER BY d.id LIMIT most) r
    ORDER BY r.id;
  RETURN QUERY
    SELECT 'call', k.mailbox, NULL, NULL::jsonb, NULL::int, NULL::boolean, NULL, NULL::json,
      c.id, NULL, NULL, NULL, NULL::json, NULL::bytea, NULL::bytea,
      (extract(epoch FROM c.started_at) * 1000)::float8, NULL::smallint, NULL::text[],
      k.vendor_call_id, c.occurrence, c.sequence, c.record, x.data,
      (extract(epoch FROM x.updated_at) * 1000)::float8, NULL::boolean
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
