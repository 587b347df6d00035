-- Imports: files of contacts that become rows of the directory as a job that survives restarts. An import is a mailbox too,
-- and the forwarder drains it: batch by batch of rows, "handled_bytes" saved with what the batch made.
CREATE TABLE "import" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "file_name" TEXT,
    "charset" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "settings" JSONB NOT NULL,
    "dry_run" BOOLEAN NOT NULL DEFAULT false,
    "handled_bytes" BIGINT NOT NULL DEFAULT 0,
    "handled_lines" INTEGER NOT NULL DEFAULT 0,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "made" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "repeated" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "undone" INTEGER NOT NULL DEFAULT 0,
    "undo_refused" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- The file in UTF-8, in pieces: "at" is how many bytes come before the piece.
CREATE TABLE "import_chunk" (
    "import_id" UUID NOT NULL,
    "at" BIGINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "import_chunk_pkey" PRIMARY KEY ("import_id", "at")
);

-- What could not be read, by the line of the file.
CREATE TABLE "import_fault" (
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "place" SMALLINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "imported" BOOLEAN NOT NULL,
    "column" TEXT,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "fields" JSONB NOT NULL,

    CONSTRAINT "import_fault_pkey" PRIMARY KEY ("import_id", "line", "place")
);

-- What an import did, so that it can be undone: "before" is null for a contact that it made.
CREATE TABLE "import_change" (
    "import_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "before" JSONB,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_change_pkey" PRIMARY KEY ("import_id", "contact_id")
);

CREATE INDEX "import_tenant_id_id_idx" ON "import"("tenant_id", "id");
-- What has work, and nothing else.
CREATE INDEX "import_running_idx" ON "import"("id") WHERE "state" IN ('running', 'undoing');

ALTER TABLE "import" ADD CONSTRAINT "import_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "import_chunk" ADD CONSTRAINT "import_chunk_import_id_fkey"
  FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "import_fault" ADD CONSTRAINT "import_fault_import_id_fkey"
  FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "import_change" ADD CONSTRAINT "import_change_import_id_fkey"
  FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "import", "import_chunk", "import_fault", "import_change"
  TO "switchhook_api", "switchhook_worker";
DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['import', 'import_chunk', 'import_fault', 'import_change'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format('CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api"
      USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())', table_name);
  END LOOP;
END $$;

-- Imports a batch of rows under the fence and saves how far it got: both or neither. Row n is the n-th of the arrays; a number
-- says which row it belongs to. "wanted" are the columns that the file has: the others stay as they are. With an external id a row
-- is about the contact that has it, without one about the contact of the same name that has one of its numbers.
-- Rows of one batch are about different contacts. Answers the state afterwards; null when the lease was lost.
-- A dry run writes its counts and its faults only.
CREATE FUNCTION "import_contact_rows"(
  import_id UUID, fence BIGINT, at TIMESTAMPTZ, wanted TEXT[],
  new_ids UUID[], external_ids TEXT[], names TEXT[], companies TEXT[], emails TEXT[], urls TEXT[], metadatas TEXT[], numbers TEXT[],
  phone_rows INTEGER[], e164s TEXT[], labels TEXT[], places SMALLINT[],
  to_bytes BIGINT, to_lines INTEGER, read_rows INTEGER, repeated_rows INTEGER, failed_rows INTEGER, faults JSONB, is_last BOOLEAN
) RETURNS TEXT LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
  job import;
  total INTEGER := cardinality(names);
  known UUID[];
  differing INTEGER[] := '{}';
  made_rows INTEGER[] := '{}';
  made_ids UUID[] := '{}';
  lost_rows INTEGER := 0;
  next_state TEXT;
BEGIN
  PERFORM 1 FROM hold_fence('import', ARRAY[import_id], ARRAY[fence]);
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT * INTO job FROM import i WHERE i.id = import_contact_rows.import_id FOR UPDATE;
  IF NOT FOUND OR job.state <> 'running' THEN
    RETURN coalesce(job.state, 'gone');
  END IF;

  IF total > 0 THEN
    SELECT array_agg(found.id ORDER BY r.nr) INTO known
    FROM unnest(external_ids, names, numbers) WITH ORDINALITY AS r(external_id, name, numbers, nr)
    LEFT JOIN LATERAL (
      SELECT c.id FROM contact c
      WHERE r.external_id IS NOT NULL AND c.tenant_id = job.tenant_id AND c.external_id = r.external_id
      UNION ALL
      (SELECT c.id FROM contact_phone p JOIN contact c ON c.tenant_id = p.tenant_id AND c.id = p.contact_id
       WHERE r.external_id IS NULL AND p.tenant_id = job.tenant_id AND p.e164 = ANY(string_to_array(r.numbers, ' '))
         AND lower(c.name) = lower(r.name)
       ORDER BY c.updated_at DESC, c.id DESC LIMIT 1)
    ) found ON true;
    PERFORM 1 FROM contact c WHERE c.tenant_id = job.tenant_id AND c.id = ANY(known) ORDER BY c.id FOR UPDATE;

    SELECT coalesce(array_agg(r.nr::int), '{}') INTO differing
    FROM unnest(known, external_ids, names, companies, emails, urls, metadatas) WITH ORDINALITY
      AS r(id, external_id, name, company, email, url, metadata, nr)
    JOIN contact c ON c.tenant_id = job.tenant_id AND c.id = r.id
    WHERE c.name IS DISTINCT FROM r.name
      OR ('company' = ANY(wanted) AND c.company IS DISTINCT FROM r.company)
      OR ('email' = ANY(wanted) AND c.email IS DISTINCT FROM r.email)
      OR ('url' = ANY(wanted) AND c.url IS DISTINCT FROM r.url)
      OR c.metadata <> jsonb_strip_nulls(c.metadata || r.metadata::jsonb)
      OR ('phone' = ANY(wanted) AND
          (SELECT coalesce(array_agg(p.e164 || ' ' || coalesce(p.label, '') ORDER BY p.place), '{}') FROM contact_phone p
           WHERE p.tenant_id = job.tenant_id AND p.contact_id = c.id)
          <> (SELECT coalesce(array_agg(n.e164 || ' ' || coalesce(n.label, '') ORDER BY n.place), '{}')
              FROM unnest(phone_rows, e164s, labels, places) AS n(nr, e164, label, place) WHERE n.nr = r.nr));
    made_rows := ARRAY(SELECT u.nr FROM unnest(known) WITH ORDINALITY AS u(id, nr) WHERE u.id IS NULL);
  END IF;

  IF NOT job.dry_run AND cardinality(made_rows) > 0 THEN
    WITH made AS (
      INSERT INTO contact (id, tenant_id, external_id, name, company, email, url, metadata, created_at, updated_at)
      SELECT new_ids[nr], job.tenant_id, external_ids[nr], names[nr], companies[nr], emails[nr], urls[nr],
             jsonb_strip_nulls(metadatas[nr]::jsonb), at, at
      FROM unnest(made_rows) AS m(nr)
      -- Somebody else made it a moment ago.
      ON CONFLICT (tenant_id, external_id) DO NOTHING
      RETURNING id
    )
    SELECT coalesce(array_agg(id), '{}') INTO made_ids FROM made;
    lost_rows := cardinality(made_rows) - cardinality(made_ids);
    INSERT INTO contact_phone (tenant_id, e164, contact_id, label, place)
    SELECT job.tenant_id, n.e164, new_ids[n.nr], n.label, n.place
    FROM unnest(phone_rows, e164s, labels, places) AS n(nr, e164, label, place)
    WHERE known[n.nr] IS NULL AND (lost_rows = 0 OR new_ids[n.nr] = ANY(made_ids));
    INSERT INTO import_change (import_id, contact_id, tenant_id, before, written_at)
    SELECT job.id, m.id, job.tenant_id, NULL, at FROM unnest(made_ids) AS m(id);
    INSERT INTO import_fault (import_id, line, place, tenant_id, imported, "column", code, message, fields)
    SELECT job.id, to_lines, 1000 + nr, job.tenant_id, false, NULL, 'contact.made_meanwhile',
           'Another request made a contact with this externalId at the same time: import the row again.',
           jsonb_build_array(external_ids[nr], names[nr])
    FROM unnest(made_rows) AS m(nr) WHERE lost_rows > 0 AND NOT new_ids[nr] = ANY(made_ids);
  END IF;

  IF NOT job.dry_run AND cardinality(differing) > 0 THEN
    -- What was there before this import stays noted when a later row changes the contact again.
    INSERT INTO import_change (import_id, contact_id, tenant_id, before, written_at)
    SELECT job.id, c.id, job.tenant_id, contact_before(c.tenant_id, c.id), at
    FROM unnest(differing) AS d(nr) JOIN contact c ON c.tenant_id = job.tenant_id AND c.id = known[d.nr]
    ON CONFLICT (import_id, contact_id) DO UPDATE SET written_at = EXCLUDED.written_at;
    UPDATE contact c SET
      name = names[d.nr],
      company = CASE WHEN 'company' = ANY(wanted) THEN companies[d.nr] ELSE c.company END,
      email = CASE WHEN 'email' = ANY(wanted) THEN emails[d.nr] ELSE c.email END,
      url = CASE WHEN 'url' = ANY(wanted) THEN urls[d.nr] ELSE c.url END,
      metadata = jsonb_strip_nulls(c.metadata || metadatas[d.nr]::jsonb),
      updated_at = at
    FROM unnest(differing) AS d(nr) WHERE c.tenant_id = job.tenant_id AND c.id = known[d.nr];
    IF 'phone' = ANY(wanted) THEN
      DELETE FROM contact_phone p USING unnest(differing) AS d(nr)
      WHERE p.tenant_id = job.tenant_id AND p.contact_id = known[d.nr];
      INSERT INTO contact_phone (tenant_id, e164, contact_id, label, place)
      SELECT job.tenant_id, n.e164, known[n.nr], n.label, n.place
      FROM unnest(phone_rows, e164s, labels, places) AS n(nr, e164, label, place) WHERE n.nr = ANY(differing);
    END IF;
  END IF;

  INSERT INTO import_fault (import_id, line, place, tenant_id, imported, "column", code, message, fields)
  SELECT job.id, f.line, f.place, job.tenant_id, f.imported, f."column", f.code, f.message, f.fields
  FROM jsonb_to_recordset(faults)
    AS f(line INTEGER, place SMALLINT, imported BOOLEAN, "column" TEXT, code TEXT, message TEXT, fields JSONB);

  next_state := CASE WHEN NOT is_last THEN 'running' WHEN job.dry_run THEN 'checked' ELSE 'done' END;
  UPDATE import i SET
    handled_bytes = to_bytes, handled_lines = to_lines, rows = i.rows + read_rows, repeated = i.repeated + repeated_rows,
    failed = i.failed + failed_rows + lost_rows,
    made = i.made + cardinality(made_rows) - lost_rows,
    changed = i.changed + cardinality(differing),
    unchanged = i.unchanged + total - cardinality(made_rows) - cardinality(differing),
    state = next_state, updated_at = at, finished_at = CASE WHEN is_last THEN at END
  WHERE i.id = job.id;
  -- What was imported is kept as contacts, and need not be kept as a file.
  IF next_state = 'done' THEN
    DELETE FROM import_chunk c WHERE c.import_id = job.id;
  END IF;
  RETURN next_state;
END
$$;

-- A contact as it is, with what is needed to make it so again.
CREATE FUNCTION "contact_before"(tenant UUID, contact UUID) RETURNS JSONB LANGUAGE sql STABLE AS
$$
  SELECT jsonb_build_object(
    'name', c.name, 'company', c.company, 'email', c.email, 'url', c.url, 'metadata', c.metadata, 'updatedAt', c.updated_at,
    'phones', (SELECT coalesce(jsonb_agg(jsonb_build_object('e164', p.e164, 'label', p.label, 'place', p.place)), '[]')
               FROM contact_phone p WHERE p.tenant_id = c.tenant_id AND p.contact_id = c.id))
  FROM contact c WHERE c.tenant_id = contact_before.tenant AND c.id = contact_before.contact
$$;

-- Takes back a batch of what an import did. A contact that somebody changed or deleted since is left as it is, and counted.
-- Answers the state afterwards; null when the lease was lost.
CREATE FUNCTION "undo_import"(import_id UUID, fence BIGINT, at TIMESTAMPTZ, most INTEGER) RETURNS TEXT LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
  job import;
  seen UUID[];
  ours UUID[];
  next_state TEXT;
BEGIN
  PERFORM 1 FROM hold_fence('import', ARRAY[import_id], ARRAY[fence]);
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT * INTO job FROM import i WHERE i.id = undo_import.import_id FOR UPDATE;
  IF NOT FOUND OR job.state <> 'undoing' THEN
    RETURN coalesce(job.state, 'gone');
  END IF;
  seen := ARRAY(SELECT h.contact_id FROM import_change h WHERE h.import_id = job.id ORDER BY h.contact_id LIMIT most);
  ours := ARRAY(
    SELECT c.id FROM contact c JOIN import_change h ON h.import_id = job.id AND h.contact_id = c.id
    WHERE c.tenant_id = job.tenant_id AND c.id = ANY(seen) AND c.updated_at = h.written_at
    ORDER BY c.id FOR UPDATE OF c);
  DELETE FROM contact c USING import_change h
  WHERE c.tenant_id = job.tenant_id AND c.id = ANY(ours) AND h.import_id = job.id AND h.contact_id = c.id AND h.before IS NULL;
  DELETE FROM contact_phone p USING import_change h
  WHERE p.tenant_id = job.tenant_id AND p.contact_id = ANY(ours) AND h.import_id = job.id AND h.contact_id = p.contact_id
    AND h.before IS NOT NULL;
  UPDATE contact c SET
    name = h.before ->> 'name', company = h.before ->> 'company', email = h.before ->> 'email', url = h.before ->> 'url',
    metadata = h.before -> 'metadata', updated_at = (h.before ->> 'updatedAt')::timestamptz
  FROM import_change h
  WHERE c.tenant_id = job.tenant_id AND c.id = ANY(ours) AND h.import_id = job.id AND h.contact_id = c.id
    AND h.before IS NOT NULL;
  INSERT INTO contact_phone (tenant_id, e164, contact_id, label, place)
  SELECT job.tenant_id, p.e164, h.contact_id, p.label, p.place
  FROM import_change h CROSS JOIN jsonb_to_recordset(h.before -> 'phones') AS p(e164 TEXT, label TEXT, place SMALLINT)
  WHERE h.import_id = job.id AND h.contact_id = ANY(ours) AND h.before IS NOT NULL;
  DELETE FROM import_change h WHERE h.import_id = job.id AND h.contact_id = ANY(seen);
  next_state := CASE WHEN cardinality(seen) < most THEN 'undone' ELSE 'undoing' END;
  UPDATE import i SET
    undone = i.undone + cardinality(ours), undo_refused = i.undo_refused + cardinality(seen) - cardinality(ours),
    state = next_state, updated_at = at, finished_at = CASE WHEN next_state = 'undone' THEN at END
  WHERE i.id = job.id;
  RETURN next_state;
END
$$;
