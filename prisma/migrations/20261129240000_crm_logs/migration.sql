-- What we wrote into tenants' CRMs, by endpoint: the record of each call, and whom a number was last seen to be. A row is committed
-- before the CRM is asked to make something, so that an answer that gets lost is followed by a look and not by a second record.

CREATE TABLE "crm_log" (
    "endpoint_id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "record_id" TEXT,
    "record_type" TEXT,
    "contact" JSONB,
    "wrote" JSONB,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "task_id" TEXT,
    "candidates" JSONB,

    CONSTRAINT "crm_log_pkey" PRIMARY KEY ("endpoint_id", "call_id")
);
CREATE INDEX "crm_log_tenant_id_idx" ON "crm_log"("tenant_id");
-- By age: ids of calls tell their time.
CREATE INDEX "crm_log_call_id_idx" ON "crm_log" USING BRIN ("call_id");
-- Those on which people have to choose.
CREATE INDEX "crm_log_undecided_idx" ON "crm_log"("endpoint_id", "call_id") WHERE "candidates" IS NOT NULL;

CREATE TABLE "crm_contact" (
    "endpoint_id" UUID NOT NULL,
    "e164" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "contact" JSONB,
    "chosen" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "crm_contact_pkey" PRIMARY KEY ("endpoint_id", "e164")
);
CREATE INDEX "crm_contact_tenant_id_idx" ON "crm_contact"("tenant_id");

ALTER TABLE "crm_log" ADD CONSTRAINT "crm_log_endpoint_id_fkey"
  FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "crm_log" ADD CONSTRAINT "crm_log_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "crm_contact" ADD CONSTRAINT "crm_contact_endpoint_id_fkey"
  FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "crm_contact" ADD CONSTRAINT "crm_contact_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "crm_log", "crm_contact" TO "switchhook_api", "switchhook_worker";
DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['crm_log', 'crm_contact'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format('CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api"
      USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())', table_name);
  END LOOP;
END $$;
