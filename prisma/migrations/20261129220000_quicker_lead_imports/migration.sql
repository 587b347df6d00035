-- A lead is of its campaign's tenant. One key says so where two said that there is such a campaign and such a tenant, and each is looked
-- up at every lead that is written.
CREATE UNIQUE INDEX "campaign_tenant_id_id_key" ON "campaign"("tenant_id", "id");
DROP INDEX "campaign_tenant_id_id_idx";
ALTER TABLE "campaign_lead" DROP CONSTRAINT "campaign_lead_tenant_id_fkey";
ALTER TABLE "campaign_lead" DROP CONSTRAINT "campaign_lead_campaign_id_fkey";
ALTER TABLE "campaign_lead" ADD CONSTRAINT "campaign_lead_tenant_id_campaign_id_fkey"
  FOREIGN KEY ("tenant_id", "campaign_id") REFERENCES "campaign"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Imports a batch of leads under the fence and saves how far it got: both or neither. Row n is the n-th of the arrays; an array that
-- is shorter is null from there on. "keys" is null where the number is its own key. A number that the file told of before is not
-- added again, whatever became of its lead; one that is on a list already is not either: of a lead of the campaign that is open
-- ('open'), of any of the campaign ('campaign'), of any of the tenant ('tenant').
-- Each row's number is looked up once: one that somebody else added in that moment breaks the index of open numbers, and all of it is
-- looked up again, when theirs is seen. "ON CONFLICT" would look each number up twice more.
-- Answers the state afterwards; null when the lease was lost. A dry run writes its counts and its faults only.
CREATE OR REPLACE FUNCTION "import_lead_rows"(
  import_id UUID, fence BIGINT, at TIMESTAMPTZ, duplicates TEXT,
  new_ids UUID[], phones TEXT[], keys TEXT[], names TEXT[], priorities INTEGER[], caller_ids TEXT[], caller_names TEXT[],
  custom_datas TEXT[], regions TEXT[], postals TEXT[], zones TEXT[], consents FLOAT8[], not_befores FLOAT8[], max_tries INTEGER[],
  problems TEXT[],
  to_bytes BIGINT, to_lines INTEGER, read_rows INTEGER, repeated_rows INTEGER, failed_rows INTEGER, faults JSONB, is_last BOOLEAN
) RETURNS TEXT LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
  job import;
  total INTEGER := cardinality(phones);
  repeated_here INTEGER := 0;
  known_here INTEGER := 0;
  made_here INTEGER := 0;
  invalid_here INTEGER := 0;
  next_state TEXT;
  broken TEXT;
BEGIN
  PERFORM 1 FROM hold_fence('import', ARRAY[import_id], ARRAY[fence]);
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT * INTO job FROM import i WHERE i.id = import_lead_rows.import_id FOR UPDATE;
  IF NOT FOUND OR job.state <> 'running' THEN
    RETURN coalesce(job.state, 'gone');
  END IF;

  IF job.dry_run THEN
    WITH given AS MATERIALIZED (
      SELECT r.nr, coalesce(r.key, r.phone) AS key, r.problem
      FROM unnest(phones, keys, problems) WITH ORDINALITY AS r(phone, key, problem, nr)
    ), fresh AS (
      INSERT INTO import_key (import_id, hash, tenant_id)
      SELECT job.id, hashtextextended(g.key, 0), job.tenant_id FROM given g ORDER BY 2
      ON CONFLICT DO NOTHING
      RETURNING hash
    ), judged AS (
      SELECT g.problem, hashtextextended(g.key, 0) IN (SELECT hash FROM fresh) AS is_first, EXISTS (
        SELECT 1 FROM campaign_lead l WHERE l.tenant_id = job.tenant_id AND l.key = g.key
          AND (duplicates = 'tenant' OR (l.campaign_id = job.campaign_id
            AND (duplicates = 'campaign' OR l.state IN ('waiting', 'offered', 'dialling'))))) AS is_known
      FROM given g
    )
    SELECT count(*) FILTER (WHERE NOT is_first), count(*) FILTER (WHERE is_first AND is_known),
           count(*) FILTER (WHERE is_first AND NOT is_known AND problem IS NULL),
           count(*) FILTER (WHERE is_first AND NOT is_known AND problem IS NOT NULL)
    INTO repeated_here, known_here, made_here, invalid_here FROM judged;
  ELSIF total > 0 THEN
    LOOP
      BEGIN
        WITH given AS MATERIALIZED (
          SELECT r.*, coalesce(r.key, r.phone) AS real_key, found.is_own
          FROM unnest(new_ids, phones, keys, names, priorities, caller_ids, caller_names, custom_datas, regions, postals, zones, consents,
                 not_befores, max_tries, problems)
            AS r(id, phone, key, name, priority, caller_id, caller_name, custom_data, region, postal, zone, consent, not_before, max_tries,
                 problem)
          LEFT JOIN LATERAL (
            SELECT bool_or(l.import_id IS NOT DISTINCT FROM job.id) AS is_own FROM campaign_lead l
            WHERE l.tenant_id = job.tenant_id AND l.key = coalesce(r.key, r.phone)
              AND (l.import_id = job.id OR duplicates = 'tenant' OR (l.campaign_id = job.campaign_id
                AND (duplicates = 'campaign' OR l.state IN ('waiting', 'offered', 'dialling'))))
          ) found ON true
        ), made AS (
          INSERT INTO campaign_lead (id, tenant_id, campaign_id, import_id, phone, key, name, priority, caller_id, caller_name,
            custom_data, region, postal, zone, consent_at, not_before, max_tries, state, reason, retry_at, next_at, created_at, updated_at)
          SELECT g.id, job.tenant_id, job.campaign_id, job.id, g.phone, g.real_key, g.name, coalesce(g.priority, 0), g.caller_id,
            g.caller_name, coalesce(g.custom_data, '{}')::json, g.region, g.postal, g.zone, to_timestamp(g.consent / 1000),
            to_timestamp(g.not_before / 1000), g.max_tries, CASE WHEN g.problem IS NULL THEN 'waiting' ELSE 'invalid' END, g.problem,
            due.at, due.at, import_lead_rows.at, import_lead_rows.at
          FROM given g
          CROSS JOIN LATERAL (SELECT CASE WHEN g.problem IS NULL
            THEN coalesce(to_timestamp(g.not_before / 1000), import_lead_rows.at) END AS at) due
          WHERE g.is_own IS NULL
          RETURNING state
        )
        SELECT (SELECT count(*) FROM given WHERE is_own), count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'invalid')
        INTO repeated_here, made_here, invalid_here FROM made;
        EXIT;
      EXCEPTION WHEN unique_violation THEN
        GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
        IF broken <> 'campaign_lead_open_key' THEN
          RAISE;
        END IF;
      END;
    END LOOP;
    known_here := total - repeated_here - made_here - invalid_here;
    -- Last, so that the dialer does not wait for all of it: it looks at the campaign again. Of a deleted one nothing is left.
    UPDATE campaign c SET due_at = import_lead_rows.at WHERE c.id = job.campaign_id AND c.state <> 'deleted';
    IF NOT FOUND THEN
      DELETE FROM campaign_lead l WHERE l.id = ANY(new_ids);
      UPDATE import i SET state = 'failed', reason = 'The campaign was deleted.', finished_at = import_lead_rows.at,
        updated_at = import_lead_rows.at
      WHERE i.id = job.id;
      DELETE FROM import_chunk c WHERE c.import_id = job.id;
      RETURN 'failed';
    END IF;
  END IF;

  IF faults <> '[]' THEN
    INSERT INTO import_fault (import_id, line, place, tenant_id, imported, "column", code, message, fields)
    SELECT job.id, f.line, f.place, job.tenant_id, f.imported, f."column", f.code, f.message, f.fields
    FROM jsonb_to_recordset(faults)
      AS f(line INTEGER, place SMALLINT, imported BOOLEAN, "column" TEXT, code TEXT, message TEXT, fields JSONB);
  END IF;

  next_state := CASE WHEN NOT is_last THEN 'running' WHEN job.dry_run THEN 'checked' ELSE 'done' END;
  UPDATE import i SET
    handled_bytes = to_bytes, handled_lines = to_lines, rows = i.rows + read_rows, repeated = i.repeated + repeated_rows + repeated_here,
    failed = i.failed + failed_rows, made = i.made + made_here, invalid = i.invalid + invalid_here,
    unchanged = i.unchanged + known_here, state = next_state, updated_at = import_lead_rows.at,
    finished_at = CASE WHEN is_last THEN import_lead_rows.at END
  WHERE i.id = job.id;
  IF next_state = 'done' THEN
    DELETE FROM import_chunk c WHERE c.import_id = job.id;
  ELSIF next_state = 'checked' THEN
    DELETE FROM import_key k WHERE k.import_id = job.id;
  END IF;
  RETURN next_state;
END
$$;
