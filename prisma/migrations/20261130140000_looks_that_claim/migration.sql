-- What is due is looked for and taken in one statement, and nobody waits for the disk before it has a lease (docs/adr/0048).

-- As before, but that a fence is also the time, in microseconds: a lease that is lost with the server, because its commit was
-- not on the disk yet, is never given to anybody else under the same fence.
CREATE OR REPLACE FUNCTION "take_mailboxes"(mailbox_kind TEXT, wanted UUID[], owner_name TEXT, lease_ms FLOAT8)
RETURNS "mailbox_lease"[] LANGUAGE plpgsql AS
$$
DECLARE
  leases mailbox_lease[];
  new_fence BIGINT := extract(epoch FROM clock_timestamp()) * 1000000;
BEGIN
  WITH taken AS (
    INSERT INTO mailbox AS m (kind, id, fence, owner, lease_until, not_before, memo)
    SELECT mailbox_kind, w.id, new_fence, owner_name, now() + lease_ms * interval '1 ms', to_timestamp(0), '{}'
    FROM (SELECT DISTINCT u.id FROM unnest(wanted) AS u(id) ORDER BY u.id) w
    ON CONFLICT (kind, id) DO UPDATE SET
      rung = m.lease_until > now(),
      fence = CASE WHEN m.lease_until > now() THEN m.fence ELSE greatest(m.fence + 1, EXCLUDED.fence) END,
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

DROP FUNCTION "claim_connections"(UUID[], BIGINT[], BOOLEAN[], TEXT, FLOAT8, INTEGER, INTEGER);

-- Takes connections' mailboxes and reads what their drains begin with: those that are `wanted` or, where that is null, those
-- with receipts that nobody works on. Of more than there are `places` for none is taken, and there is a row `found` for each.
-- Else a row `lease` for each that was had, with the version of its tenant's setup, null where there is no such connection, and
-- whether somebody listens to the tenant's calls (`live`); rows `receipt`, the oldest `most` of each, which share in `budget`; rows
-- `call`, the calls that had the ids which these receipts speak of, and what is remembered of them.
CREATE FUNCTION "claim_connections"(wanted UUID[], places INTEGER, owner_name TEXT, lease_ms FLOAT8, budget INTEGER,
  most_occurrences INTEGER)
RETURNS TABLE ("part" TEXT, "mailbox" UUID, "fence" TEXT, "memo" JSONB, "epoch" INTEGER, "settling" BOOLEAN,
  "version" TEXT, "live" BOOLEAN, "most" INTEGER, "id" UUID, "route" TEXT, "method" TEXT, "query" TEXT, "headers" JSON,
  "body" BYTEA, "surplus" BYTEA, "at" FLOAT8, "tries" SMALLINT, "vendor_call_ids" TEXT[], "vendor_call_id" TEXT,
  "occurrence" INTEGER, "sequence" INTEGER, "record" JSON, "remembered" JSONB, "remembered_at" FLOAT8)
LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
  candidates UUID[];
  leases mailbox_lease[];
  each_most INTEGER;
BEGIN
  -- A lease that a crash undoes was held by nobody: see the fence of `take_mailboxes`.
  PERFORM set_config('synchronous_commit', 'off', true);
  IF wanted IS NULL THEN
    -- Hops along the index of what is due: one probe for each mailbox, however much waits in it.
    candidates := ARRAY(
      WITH RECURSIVE hop AS (
        (SELECT connection_id AS id FROM receipt WHERE state = 'due' ORDER BY connection_id LIMIT 1)
        UNION ALL
        SELECT (SELECT r.connection_id FROM receipt r WHERE r.state = 'due' AND r.connection_id > hop.id
                ORDER BY r.connection_id LIMIT 1)
        FROM hop WHERE hop.id IS NOT NULL
      )
      SELECT hop.id FROM hop LEFT JOIN mailbox m ON m.kind = 'connection' AND m.id = hop.id
      WHERE hop.id IS NOT NULL AND (m.id IS NULL OR (m.lease_until <= now() AND m.not_before <= now()))
      LIMIT 200);
    IF cardinality(candidates) > places THEN
      part := 'found';
      FOREACH mailbox IN ARRAY candidates LOOP
        RETURN NEXT;
      END LOOP;
      RETURN;
    END IF;
  ELSE
    -- Whoever rang had committed: where nothing is due by now, somebody has answered that ring.
    candidates := ARRAY(
      SELECT w.id FROM unnest(wanted) AS w(id)
      -- The first of its own each time; asked whether there is any, the planner may look through what all of them have due.
      WHERE (SELECT r.id FROM receipt r WHERE r.connection_id = w.id AND r.state = 'due' ORDER BY r.id LIMIT 1) IS NOT NULL
         OR (SELECT s.settle_at FROM call s WHERE s.connection_id = w.id AND s.settle_at IS NOT NULL
             ORDER BY s.settle_at LIMIT 1) <= now());
  END IF;
  IF cardinality(candidates) = 0 THEN
    RETURN;
  END IF;
  leases := take_mailboxes('connection', candidates, owner_name, lease_ms);
  IF cardinality(leases) = 0 THEN
    RETURN;
  END IF;
  each_most := least(greatest(budget / cardinality(leases), 10), 200);
  RETURN QUERY
    SELECT 'lease', l.id, l.fence::text, l.memo, l.epoch,
      coalesce((SELECT w.settle_at FROM call w WHERE w.connection_id = l.id AND w.settle_at IS NOT NULL
        ORDER BY w.settle_at LIMIT 1) <= now(), false),
      t.setup_version::text,
      coalesce((SELECT v.until FROM live_log v WHERE v.tenant_id = c.tenant_id) > now(), false),
      each_most,
      NULL::uuid, NULL, NULL, NULL, NULL::json, NULL::bytea, NULL::bytea, NULL::float8, NULL::smallint, NULL::text[],
      NULL, NULL::int, NULL::int, NULL::json, NULL::jsonb, NULL::float8
    FROM unnest(leases) l
    LEFT JOIN connection c ON c.id = l.id
    LEFT JOIN tenant t ON t.id = c.tenant_id;
  RETURN QUERY
    WITH due AS MATERIALIZED (
      SELECT l.id AS mailbox, r.* FROM unnest(leases) l
      CROSS JOIN LATERAL (
        SELECT d.id, d.route, d.method, d.query, d.headers, d.body, d.surplus,
          (extract(epoch FROM d.received_at) * 1000)::float8 AS at, d.tries, d.vendor_call_ids
        FROM receipt d WHERE d.connection_id = l.id AND d.state = 'due' ORDER BY d.id LIMIT each_most) r
    )
    SELECT 'receipt', d.mailbox, NULL, NULL::jsonb, NULL::int, NULL::boolean, NULL, NULL::boolean, NULL::int,
      d.id, d.route, d.method, d.query, d.headers, d.body, d.surplus, d.at, d.tries, d.vendor_call_ids,
      NULL, NULL::int, NULL::int, NULL::json, NULL::jsonb, NULL::float8
    FROM due d
    UNION ALL
    SELECT 'call', k.mailbox, NULL, NULL::jsonb, NULL::int, NULL::boolean, NULL, NULL::boolean, NULL::int,
      c.id, NULL, NULL, NULL, NULL::json, NULL::bytea, NULL::bytea,
      (extract(epoch FROM c.started_at) * 1000)::float8, NULL::smallint, NULL::text[],
      k.vendor_call_id, c.occurrence, c.sequence, c.record, x.data,
      (extract(epoch FROM x.updated_at) * 1000)::float8
    FROM (
      SELECT DISTINCT d.mailbox, u.vendor_call_id FROM due d CROSS JOIN LATERAL unnest(d.vendor_call_ids) AS u(vendor_call_id)
    ) k
    LEFT JOIN LATERAL (
      SELECT * FROM call o WHERE o.connection_id = k.mailbox AND o.vendor_call_id = k.vendor_call_id
      ORDER BY o.occurrence DESC LIMIT most_occurrences) c ON true
    LEFT JOIN call_context x ON x.connection_id = k.mailbox AND x.vendor_call_id = k.vendor_call_id
    WHERE c.id IS NOT NULL OR x.data IS NOT NULL;
END
$$;

DROP FUNCTION "claim_endpoints"(UUID[], BIGINT[], TEXT, FLOAT8, INTEGER, FLOAT8);

-- Takes endpoints' mailboxes and reads what their drains begin with: those that are `wanted` or, where that is null, those with
-- deliveries that were made `since` and that nobody works on. Of more than there are `places` for none is taken, and there is a
-- row `found` for each. Else a row `lease` for each that was had, with the version of its tenant's setup, null where there is no
-- such endpoint; rows `letter`, for each place of its concurrency at most `per_place`.
CREATE FUNCTION "claim_endpoints"(wanted UUID[], since UUID, places INTEGER, owner_name TEXT, lease_ms FLOAT8,
  per_place INTEGER, order_waits_ms FLOAT8)
RETURNS TABLE ("part" TEXT, "mailbox" UUID, "fence" TEXT, "memo" JSONB, "epoch" INTEGER, "version" TEXT,
  "most" INTEGER, "id" UUID, "tenant_id" UUID, "event_id" UUID, "call_id" UUID, "event_type" TEXT, "sequence" INTEGER,
  "attempt_count" SMALLINT, "refusals" SMALLINT, "tries" SMALLINT, "parts_done" TEXT, "replay_id" UUID,
  "first_tried_at" FLOAT8, "occurred_at" FLOAT8, "payload" TEXT)
LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
  candidates UUID[];
  leases mailbox_lease[];
BEGIN
  -- As in `claim_connections`.
  PERFORM set_config('synchronous_commit', 'off', true);
  IF wanted IS NULL THEN
    -- By their ids, which tell since when they are there: what waits in dead endpoints is not walked through.
    candidates := ARRAY(
      SELECT d.id FROM (
        -- Written so that the planner begins with the ids and does not walk the index of all that is due.
        SELECT DISTINCT n.endpoint_id AS id FROM delivery n
        WHERE n.id > since AND coalesce(n.state, '') = 'due' AND n.due_at <= now()
      ) d
      LEFT JOIN mailbox m ON m.kind = 'endpoint' AND m.id = d.id
      WHERE m.id IS NULL OR (m.lease_until <= now() AND m.not_before <= now())
      LIMIT 200);
    IF cardinality(candidates) > places THEN
      part := 'found';
      FOREACH mailbox IN ARRAY candidates LOOP
        RETURN NEXT;
      END LOOP;
      RETURN;
    END IF;
  ELSE
    -- Whoever rang had committed: where nothing is due by now, somebody has answered that ring.
    candidates := ARRAY(
      SELECT w.id FROM unnest(wanted) AS w(id)
      WHERE (SELECT d.due_at FROM delivery d WHERE d.endpoint_id = w.id AND d.state = 'due'
             ORDER BY d.due_at LIMIT 1) <= now());
  END IF;
  IF cardinality(candidates) = 0 THEN
    RETURN;
  END IF;
  leases := take_mailboxes('endpoint', candidates, owner_name, lease_ms);
  IF cardinality(leases) = 0 THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT 'lease', l.id, l.fence::text, l.memo, l.epoch, t.setup_version::text, e.concurrency * per_place,
      NULL::uuid, NULL::uuid, NULL::uuid, NULL::uuid, NULL, NULL::int, NULL::smallint, NULL::smallint, NULL::smallint,
      NULL, NULL::uuid, NULL::float8, NULL::float8, NULL
    FROM unnest(leases) l
    LEFT JOIN endpoint e ON e.id = l.id
    LEFT JOIN tenant t ON t.id = e.tenant_id;
  RETURN QUERY
    SELECT 'letter', l.id, NULL, NULL::jsonb, NULL::int, NULL, NULL::int,
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
