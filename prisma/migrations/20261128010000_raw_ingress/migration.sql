-- A sender may be gone before anybody could ask for its address.
ALTER TABLE "receipt" ALTER COLUMN "source_ip" DROP NOT NULL;

-- What was odd about a request that was kept all the same, and what came after its announced length (docs/adr/0015).
ALTER TABLE "receipt" ADD COLUMN "note" TEXT;
ALTER TABLE "receipt" ADD COLUMN "surplus" BYTEA;

-- What a tenant's PBXs may send; null for as much as they like.
ALTER TABLE "tenant" ADD COLUMN "webhooks_per_second" INTEGER;
ALTER TABLE "tenant" ADD COLUMN "webhook_burst" INTEGER;
ALTER TABLE "tenant" ADD COLUMN "webhook_bytes_per_day" BIGINT;

-- Webhooks that were refused before there was a receipt, by the hour. Ingress counts in memory and adds to it now and then.
CREATE TABLE "ingress_refusal" (
    "connection_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "count" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "sample" TEXT NOT NULL,

    CONSTRAINT "ingress_refusal_pkey" PRIMARY KEY ("connection_id","at","reason")
);

-- For forgetting, and for looking for limits that were reached.
CREATE INDEX "ingress_refusal_at_idx" ON "ingress_refusal"("at");

ALTER TABLE "ingress_refusal" ADD CONSTRAINT "ingress_refusal_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Bytes of webhooks that tenants with a limit had kept, by day of UTC.
CREATE TABLE "tenant_usage" (
    "tenant_id" UUID NOT NULL,
    "day" TIMESTAMPTZ(3) NOT NULL,
    "webhook_bytes" BIGINT NOT NULL,

    CONSTRAINT "tenant_usage_pkey" PRIMARY KEY ("tenant_id","day")
);

ALTER TABLE "tenant_usage" ADD CONSTRAINT "tenant_usage_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "ingress_refusal", "tenant_usage" TO "switchhook_api", "switchhook_worker";

DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['ingress_refusal', 'tenant_usage'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format(
      'CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api" USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())',
      table_name);
  END LOOP;
END
$$;
