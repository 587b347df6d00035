-- The tenants' own directories: who is called by which number. Whoever rings is looked up here while the phone rings.
CREATE TABLE "contact" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "external_id" TEXT,
    "name" TEXT NOT NULL,
    "company" TEXT,
    "email" TEXT,
    "url" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "contact_phone" (
    "tenant_id" UUID NOT NULL,
    "e164" TEXT NOT NULL,
    "contact_id" UUID NOT NULL,
    "label" TEXT,
    "place" SMALLINT NOT NULL,

    CONSTRAINT "contact_phone_pkey" PRIMARY KEY ("tenant_id", "e164", "contact_id")
);

CREATE UNIQUE INDEX "contact_tenant_id_id_key" ON "contact"("tenant_id", "id");
CREATE UNIQUE INDEX "contact_tenant_id_external_id_key" ON "contact"("tenant_id", "external_id");
CREATE INDEX "contact_phone_tenant_id_contact_id_idx" ON "contact_phone"("tenant_id", "contact_id");

ALTER TABLE "contact" ADD CONSTRAINT "contact_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- With the tenant in it, so that a number can never belong to another tenant's contact.
ALTER TABLE "contact_phone" ADD CONSTRAINT "contact_phone_tenant_id_contact_id_fkey"
  FOREIGN KEY ("tenant_id", "contact_id") REFERENCES "contact"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "contact", "contact_phone" TO "switchhook_api", "switchhook_worker";

DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['contact', 'contact_phone'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format(
      'CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api" USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())',
      table_name);
  END LOOP;
END
$$;
