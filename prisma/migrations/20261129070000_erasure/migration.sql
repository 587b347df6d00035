-- Erasures: all that is kept about a number is deleted or masked, as a job that survives restarts. An erasure is a mailbox too,
-- and the forwarder drains it: slice by slice of each table, "place" saved with what was done to the slice.
CREATE TABLE "erasure" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "number" TEXT,
    "number_hash" BYTEA NOT NULL,
    "last_digits" TEXT NOT NULL,
    "keep" TEXT NOT NULL,
    "force" BOOLEAN NOT NULL DEFAULT false,
    "dry_run" BOOLEAN NOT NULL,
    "wait_minutes" INTEGER NOT NULL,
    "wait_until" TIMESTAMPTZ(3),
    "begun_at" TIMESTAMPTZ(3),
    "place" JSONB NOT NULL DEFAULT '{}',
    "waits_for" JSONB,
    "preview" JSONB,
    "report" JSONB NOT NULL DEFAULT '{}',
    "reason" TEXT,
    "created_by" TEXT NOT NULL,
    "created_by_kind" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("id")
);

-- What an erasure found of calls, by which later steps know what belongs to them; nothing is left of it when it is over.
CREATE TABLE "erasure_trace" (
    "erasure_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "spared" BOOLEAN NOT NULL,

    CONSTRAINT "erasure_trace_pkey" PRIMARY KEY ("erasure_id", "kind", "key")
);

CREATE INDEX "erasure_tenant_id_id_idx" ON "erasure"("tenant_id", "id");
CREATE INDEX "erasure_tenant_id_number_hash_idx" ON "erasure"("tenant_id", "number_hash");
-- What has work, and nothing else.
CREATE INDEX "erasure_running_idx" ON "erasure"("id") WHERE "state" IN ('counting', 'telling', 'erasing');

ALTER TABLE "erasure" ADD CONSTRAINT "erasure_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "erasure_trace" ADD CONSTRAINT "erasure_trace_erasure_id_fkey"
  FOREIGN KEY ("erasure_id") REFERENCES "erasure"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "erasure", "erasure_trace" TO "switchhook_api", "switchhook_worker";
DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['erasure', 'erasure_trace'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format('CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api"
      USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())', table_name);
  END LOOP;
END $$;
