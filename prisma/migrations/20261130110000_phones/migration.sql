-- Where the phones in browsers register with the PBX of a connection.
CREATE TABLE "web_phone" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "ws_url" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "id_header" TEXT NOT NULL,
    "ice_urls" TEXT[] NOT NULL DEFAULT '{}',
    "sealed_turn_secret" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "web_phone_pkey" PRIMARY KEY ("id")
);

-- With what an extension registers. By its number: an import writes extensions anew.
CREATE TABLE "sip_account" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "extension" TEXT NOT NULL,
    "sip_user" TEXT NOT NULL,
    "sealed_password" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sip_account_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "web_phone_connection_id_key" ON "web_phone"("connection_id");
CREATE INDEX "web_phone_tenant_id_idx" ON "web_phone"("tenant_id");
CREATE UNIQUE INDEX "sip_account_connection_id_extension_key" ON "sip_account"("connection_id", "extension");
CREATE INDEX "sip_account_tenant_id_idx" ON "sip_account"("tenant_id");

ALTER TABLE "web_phone" ADD CONSTRAINT "web_phone_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "web_phone" ADD CONSTRAINT "web_phone_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "sip_account" ADD CONSTRAINT "sip_account_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "sip_account" ADD CONSTRAINT "sip_account_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "web_phone", "sip_account" TO "switchhook_api", "switchhook_worker";
DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['web_phone', 'sip_account'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format('CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api"
      USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())', table_name);
  END LOOP;
END $$;
