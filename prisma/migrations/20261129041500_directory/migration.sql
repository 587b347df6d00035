-- The directory as people use it: persons and companies, kinds of numbers, owners, ids in several systems, a search that finds the
-- right one among a million, and merging that can be taken back.

-- Both come with PostgreSQL and may be made by the owner of a database: names are found by three letters of them, of one tenant.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- A name as it is searched: without case and marks, in letters and digits of ASCII. What is no ASCII stands as its bytes, z and three
-- digits each, so that neither the search nor its indexes depend on the locale of the database, of which many know no letters beyond.
CREATE FUNCTION "folded"(given TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
  SELECT translate(encode(convert_to(
    translate(
      lower(regexp_replace(normalize(given, NFKD), '[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]', '', 'g')),
      'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁІЇЄҐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ',
      'абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґαβγδεζηθικλμνξοπρστυφχψω'),
    'UTF8'), 'escape'), '\', 'z')
$$;
CREATE FUNCTION "contact_search"(name TEXT, company TEXT) RETURNS TEXT LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS
$$
DECLARE
  whole TEXT := CASE WHEN company IS NULL THEN name ELSE name || ' ' || company END;
BEGIN
  -- Most are ASCII, and cost a third of the others.
  RETURN CASE WHEN octet_length(whole) = char_length(whole) THEN lower(whole) ELSE folded(whole) END;
END
$$;

ALTER TABLE "contact" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'person';
ALTER TABLE "contact" ADD COLUMN "company_id" UUID;
ALTER TABLE "contact" ADD COLUMN "owner_id" UUID;
ALTER TABLE "contact" ADD COLUMN "search" TEXT GENERATED ALWAYS AS (contact_search("name", "company")) STORED;
ALTER TABLE "contact_phone" ADD COLUMN "kind" TEXT;
-- So that its key finds numbers by how they begin.
ALTER TABLE "contact_phone" ALTER COLUMN "e164" TYPE TEXT COLLATE "C";

CREATE INDEX "contact_search_idx" ON "contact" USING gin ("tenant_id", "search" gin_trgm_ops) WHERE "search" IS NOT NULL;
CREATE INDEX "contact_tenant_id_search_idx" ON "contact"("tenant_id", "search" COLLATE "C") WHERE "search" IS NOT NULL;
CREATE INDEX "contact_company_id_idx" ON "contact"("company_id") WHERE "company_id" IS NOT NULL;
CREATE INDEX "contact_owner_id_idx" ON "contact"("owner_id") WHERE "owner_id" IS NOT NULL;
-- Numbers by how they end.
CREATE INDEX "contact_phone_tail_idx" ON "contact_phone"("tenant_id", reverse("e164") COLLATE "C");

ALTER TABLE "contact" ADD CONSTRAINT "contact_company_id_fkey"
  FOREIGN KEY ("company_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "contact" ADD CONSTRAINT "contact_owner_id_fkey"
  FOREIGN KEY ("owner_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Ids of a contact in other systems, beside the tenant's own one ("external_id" of the contact itself).
CREATE TABLE "contact_external_id" (
    "tenant_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "contact_id" UUID NOT NULL,

    CONSTRAINT "contact_external_id_pkey" PRIMARY KEY ("tenant_id", "source", "external_id")
);
CREATE INDEX "contact_external_id_tenant_id_contact_id_idx" ON "contact_external_id"("tenant_id", "contact_id");
ALTER TABLE "contact_external_id" ADD CONSTRAINT "contact_external_id_tenant_id_contact_id_fkey"
  FOREIGN KEY ("tenant_id", "contact_id") REFERENCES "contact"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Contacts that became one: what each of them was, so that it can be taken back.
CREATE TABLE "contact_merge" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "before" JSONB NOT NULL,
    "merged" JSONB NOT NULL,
    "merged_ids" UUID[] NOT NULL,
    "merged_at" TIMESTAMPTZ(3) NOT NULL,
    "merged_by" TEXT NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_merge_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "contact_merge_tenant_id_id_idx" ON "contact_merge"("tenant_id", "id");
CREATE INDEX "contact_merge_merged_ids_idx" ON "contact_merge" USING gin ("merged_ids");
ALTER TABLE "contact_merge" ADD CONSTRAINT "contact_merge_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "contact_external_id", "contact_merge" TO "switchhook_api", "switchhook_worker";
DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['contact_external_id', 'contact_merge'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format('CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api"
      USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())', table_name);
  END LOOP;
END $$;

-- A company or an owner of another tenant is none. (A foreign key with the tenant in it could not be set to null alone.)
CREATE FUNCTION "contact_relations"() RETURNS TRIGGER LANGUAGE plpgsql AS
$$
BEGIN
  IF NEW.company_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM contact c WHERE c.id = NEW.company_id AND c.tenant_id = NEW.tenant_id AND c.kind = 'company') THEN
    RAISE EXCEPTION 'no such company';
  END IF;
  IF NEW.owner_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM agent a WHERE a.id = NEW.owner_id AND a.tenant_id = NEW.tenant_id) THEN
    RAISE EXCEPTION 'no such agent';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "contact_relations" BEFORE INSERT OR UPDATE OF "company_id", "owner_id", "tenant_id" ON "contact"
  FOR EACH ROW WHEN (NEW.company_id IS NOT NULL OR NEW.owner_id IS NOT NULL) EXECUTE FUNCTION contact_relations();

-- The kind of a number whose label is the word for one: imports know labels only.
CREATE FUNCTION "phone_kind"(label TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN lower(label) IN ('mobile', 'work', 'home', 'main', 'fax', 'other') THEN lower(label) END $$;
UPDATE "contact_phone" SET "kind" = phone_kind("label") WHERE "label" IS NOT NULL;
CREATE FUNCTION "contact_phone_kind"() RETURNS TRIGGER LANGUAGE plpgsql AS
$$
BEGIN
  NEW.kind := phone_kind(NEW.label);
  RETURN NEW;
END
$$;
CREATE TRIGGER "contact_phone_kind" BEFORE INSERT ON "contact_phone"
  FOR EACH ROW WHEN (NEW.kind IS NULL AND NEW.label IS NOT NULL) EXECUTE FUNCTION contact_phone_kind();

-- As before, with kinds, so that an undo brings them back.
CREATE OR REPLACE FUNCTION "contact_before"(tenant UUID, contact UUID) RETURNS JSONB LANGUAGE sql STABLE AS
$$
  SELECT jsonb_build_object(
    'name', c.name, 'company', c.company, 'email', c.email, 'url', c.url, 'metadata', c.metadata, 'updatedAt', c.updated_at,
    'phones', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                 'e164', p.e164, 'label', p.label, 'kind', p.kind, 'place', p.place)), '[]')
               FROM contact_phone p WHERE p.tenant_id = c.tenant_id AND p.contact_id = c.id))
  FROM contact c WHERE c.tenant_id = contact_before.tenant AND c.id = contact_before.contact
$$;

-- As before, with kinds of numbers. Takes back a batch of what an import did. A contact that somebody changed or deleted since is left as it is, and counted.
-- Answers the state afterwards; null when the lease was lost.
CREATE OR REPLACE FUNCTION "undo_import"(import_id UUID, fence BIGINT, at TIMESTAMPTZ, most INTEGER) RETURNS TEXT LANGUAGE plpgsql AS
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
  INSERT INTO contact_phone (tenant_id, e164, contact_id, label, kind, place)
  SELECT job.tenant_id, p.e164, h.contact_id, p.label, p.kind, p.place
  FROM import_change h CROSS JOIN jsonb_to_recordset(h.before -> 'phones') AS p(e164 TEXT, label TEXT, kind TEXT, place SMALLINT)
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

-- Makes or changes contacts by the tenant's id of them, or by their ids in another system ("from_source"): all or none of them.
-- A document has the members that were given, the others stay as they are. Documents are about different contacts, and say with
-- "id" what a new one is called. Answers for each, in their order, the contact and what became of it: made, changed, unchanged;
-- nameless: there is none yet, and a new one needs a name.
CREATE FUNCTION "upsert_contacts"(tenant UUID, from_source TEXT, at TIMESTAMPTZ, docs JSONB)
RETURNS TABLE(nr INTEGER, contact_id UUID, outcome TEXT) LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
  made_nrs INTEGER[];
  differing INTEGER[];
  known UUID[];
BEGIN
  -- Two at once that bring the same ids wait for each other, and not in a circle.
  PERFORM pg_advisory_xact_lock(hashtextextended('upsert_contacts' || upsert_contacts.tenant::text, 0));
  SELECT array_agg(coalesce(o.id, x.contact_id) ORDER BY d.nr) INTO known
  FROM jsonb_array_elements(docs) WITH ORDINALITY AS d(doc, nr)
  LEFT JOIN contact o ON from_source IS NULL AND o.tenant_id = tenant AND o.external_id = d.doc ->> 'externalId'
  LEFT JOIN contact_external_id x ON from_source IS NOT NULL AND x.tenant_id = tenant AND x.source = from_source
    AND x.external_id = d.doc ->> 'externalId';
  PERFORM 1 FROM contact c WHERE c.tenant_id = tenant AND c.id = ANY(known) ORDER BY c.id FOR UPDATE;

  SELECT coalesce(array_agg(d.nr::int), '{}') INTO made_nrs
  FROM jsonb_array_elements(docs) WITH ORDINALITY AS d(doc, nr) WHERE known[d.nr] IS NULL AND d.doc ? 'name';
  SELECT coalesce(array_agg(d.nr::int), '{}') INTO differing
  FROM jsonb_array_elements(docs) WITH ORDINALITY AS d(doc, nr)
  JOIN contact c ON c.tenant_id = tenant AND c.id = known[d.nr]
  WHERE (d.doc ? 'kind' AND c.kind IS DISTINCT FROM d.doc ->> 'kind')
    OR (d.doc ? 'name' AND c.name IS DISTINCT FROM d.doc ->> 'name')
    OR (d.doc ? 'company' AND c.company IS DISTINCT FROM d.doc ->> 'company')
    OR (d.doc ? 'email' AND c.email IS DISTINCT FROM d.doc ->> 'email')
    OR (d.doc ? 'url' AND c.url IS DISTINCT FROM d.doc ->> 'url')
    OR (d.doc ? 'metadata' AND c.metadata IS DISTINCT FROM d.doc -> 'metadata')
    OR (d.doc ? 'phones' AND
        (SELECT coalesce(jsonb_agg(jsonb_build_object('e164', p.e164, 'label', p.label, 'kind', p.kind) ORDER BY p.place), '[]')
         FROM contact_phone p WHERE p.tenant_id = tenant AND p.contact_id = c.id) <> d.doc -> 'phones');

  INSERT INTO contact (id, tenant_id, external_id, kind, name, company, email, url, metadata, created_at, updated_at)
  SELECT (d.doc ->> 'id')::uuid, tenant, CASE WHEN from_source IS NULL THEN d.doc ->> 'externalId' END,
         coalesce(d.doc ->> 'kind', 'person'), d.doc ->> 'name', d.doc ->> 'company', d.doc ->> 'email', d.doc ->> 'url',
         coalesce(d.doc -> 'metadata', '{}'), at, at
  FROM jsonb_array_elements(docs) WITH ORDINALITY AS d(doc, nr) WHERE d.nr = ANY(made_nrs);
  INSERT INTO contact_external_id (tenant_id, source, external_id, contact_id)
  SELECT tenant, from_source, d.doc ->> 'externalId', (d.doc ->> 'id')::uuid
  FROM jsonb_array_elements(docs) WITH ORDINALITY AS d(doc, nr) WHERE from_source IS NOT NULL AND d.nr = ANY(made_nrs);

  UPDATE contact c SET
    kind = coalesce(d.doc ->> 'kind', c.kind),
    name = coalesce(d.doc ->> 'name', c.name),
    company = CASE WHEN d.doc ? 'company' THEN d.doc ->> 'company' ELSE c.company END,
    email = CASE WHEN d.doc ? 'email' THEN d.doc ->> 'email' ELSE c.email END,
    url = CASE WHEN d.doc ? 'url' THEN d.doc ->> 'url' ELSE c.url END,
    metadata = coalesce(d.doc -> 'metadata', c.metadata),
    updated_at = at
  FROM jsonb_array_elements(docs) WITH ORDINALITY AS d(doc, nr)
  WHERE d.nr = ANY(differing) AND c.tenant_id = tenant AND c.id = known[d.nr];
  DELETE FROM contact_phone p USING jsonb_array_elements(docs) WITH ORDINALITY AS d(doc, nr)
  WHERE d.nr = ANY(differing) AND d.doc ? 'phones' AND p.tenant_id = tenant AND p.contact_id = known[d.nr];
  INSERT INTO contact_phone (tenant_id, e164, contact_id, label, kind, place)
  SELECT tenant, n.phone ->> 'e164', coalesce(known[d.nr], (d.doc ->> 'id')::uuid), n.phone ->> 'label', n.phone ->> 'kind', n.place - 1
  FROM jsonb_array_elements(docs) WITH ORDINALITY AS d(doc, nr)
  CROSS JOIN LATERAL jsonb_array_elements(d.doc -> 'phones') WITH ORDINALITY AS n(phone, place)
  WHERE d.doc ? 'phones' AND (d.nr = ANY(differing) OR d.nr = ANY(made_nrs));

  RETURN QUERY
  SELECT d.nr::int,
         CASE WHEN d.nr = ANY(made_nrs) THEN (d.doc ->> 'id')::uuid ELSE known[d.nr] END,
         CASE WHEN d.nr = ANY(made_nrs) THEN 'made' WHEN known[d.nr] IS NULL THEN 'nameless'
              WHEN d.nr = ANY(differing) THEN 'changed' ELSE 'unchanged' END
  FROM jsonb_array_elements(docs) WITH ORDINALITY AS d(doc, nr) ORDER BY d.nr;
END
$$;

-- Searching. Under row-level security the planner may use no index for an operator that could leak what it sees in an error, and
-- LIKE and likeness are such. So these run as the owner of the tables, and see to it themselves that a caller is served his own
-- tenant only: whoever serves one sees that one, and nobody else anything.
CREATE FUNCTION "contacts_within"(tenant UUID, folded TEXT, pattern TEXT, most INTEGER)
RETURNS TABLE("id" UUID, "word" BOOLEAN) LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS
$$
  SELECT c.id, position(' ' || contacts_within.folded IN c.search) > 0 AS word FROM contact c
  WHERE c.tenant_id = serving_tenant() AND c.tenant_id = contacts_within.tenant AND c.search LIKE pattern
  ORDER BY word DESC, c.search COLLATE "C", c.id LIMIT most
$$;

-- Newest first, before an id.
CREATE FUNCTION "contacts_like"(tenant UUID, pattern TEXT, before UUID, most INTEGER)
RETURNS TABLE("id" UUID) LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS
$$
  SELECT c.id FROM contact c
  WHERE c.tenant_id = serving_tenant() AND c.tenant_id = contacts_like.tenant AND c.search LIKE pattern
    AND (before IS NULL OR c.id < before)
  ORDER BY c.id DESC LIMIT most
$$;

-- The likest of those that are as like as that, from 0 to 1. Of very many some are looked at.
CREATE FUNCTION "contacts_similar"(tenant UUID, folded TEXT, most INTEGER)
RETURNS TABLE("id" UUID) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS
$$
DECLARE
  least TEXT;
BEGIN
  -- The index hands over the fewer, the more alike they have to be.
  FOREACH least IN ARRAY ARRAY['0.8', '0.65', '0.5'] LOOP
    PERFORM set_config('pg_trgm.word_similarity_threshold', least, true);
    RETURN QUERY
    SELECT f.id FROM (
      SELECT c.id, c.search FROM contact c
      WHERE c.tenant_id = serving_tenant() AND c.tenant_id = contacts_similar.tenant AND c.search %> contacts_similar.folded
      LIMIT 2000) f
    ORDER BY word_similarity(contacts_similar.folded, f.search) DESC, f.search COLLATE "C", f.id LIMIT most;
    EXIT WHEN FOUND;
  END LOOP;
END
$$;

-- Contacts with a number that ends so, which is said backwards.
CREATE FUNCTION "contacts_ending"(tenant UUID, backwards TEXT, most INTEGER)
RETURNS TABLE("id" UUID) LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS
$$
  SELECT p.contact_id FROM contact_phone p
  WHERE p.tenant_id = serving_tenant() AND p.tenant_id = contacts_ending.tenant
    AND reverse(p.e164) COLLATE "C" >= backwards AND reverse(p.e164) COLLATE "C" < backwards || ':'
  ORDER BY reverse(p.e164) COLLATE "C", p.contact_id LIMIT most
$$;
