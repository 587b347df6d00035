-- Sources of contacts beside the directory: the tenant's own servers, asked who has a number while the phone rings.
CREATE TABLE "contact_source" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "sealed_headers" TEXT,
    "sealed_secret" TEXT,
    "timeout_ms" INTEGER NOT NULL,
    "found_seconds" INTEGER NOT NULL,
    "not_found_seconds" INTEGER NOT NULL,
    "stale_seconds" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_source_pkey" PRIMARY KEY ("id")
);

-- What a source said of a number: null contacts for nobody. Of another version of its settings it counts for nothing. Unlogged:
-- it is asked again after a crash, and many rows come and go.
CREATE UNLOGGED TABLE "source_answer" (
    "source_id" UUID NOT NULL,
    "e164" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "contacts" JSONB,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "fresh_until" TIMESTAMPTZ(3) NOT NULL,
    "stale_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_answer_pkey" PRIMARY KEY ("source_id", "e164")
);

-- How a source did lately, as the workers tell. "open_until": until then it is left alone.
CREATE TABLE "source_health" (
    "source_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "failures_in_a_row" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ(3),

    CONSTRAINT "source_health_pkey" PRIMARY KEY ("source_id")
);

CREATE INDEX "contact_source_tenant_id_id_idx" ON "contact_source"("tenant_id", "id");
-- Rows come in the order of their time, so a few ranges of pages are all that forgetting has to look at.
CREATE INDEX "source_answer_stale_until_idx" ON "source_answer" USING BRIN ("stale_until");

ALTER TABLE "contact_source" ADD CONSTRAINT "contact_source_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "source_answer" ADD CONSTRAINT "source_answer_source_id_fkey"
  FOREIGN KEY ("source_id") REFERENCES "contact_source"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "source_health" ADD CONSTRAINT "source_health_source_id_fkey"
  FOREIGN KEY ("source_id") REFERENCES "contact_source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From then on the tenant's callers are looked for.
CREATE TRIGGER "contacts_known" AFTER INSERT ON "contact_source" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION contacts_known();

GRANT SELECT, INSERT, UPDATE, DELETE ON "contact_source", "source_answer", "source_health"
  TO "switchhook_api", "switchhook_worker";
DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['contact_source', 'source_answer', 'source_health'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format('CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api"
      USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())', table_name);
  END LOOP;
END $$;
