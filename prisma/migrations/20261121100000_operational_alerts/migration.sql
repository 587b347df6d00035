-- After how many minutes an endpoint's backlog is told, null for never.
ALTER TABLE "endpoint" ADD COLUMN "backlog_alert_minutes" INTEGER DEFAULT 15;

-- What tenants were told once: backlogs that are not over ("until" is null), and what stops working at a time. Written in one
-- statement with the event, so that it is told once whoever is killed and however many look after it.
CREATE TABLE "alert" (
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "tenant_id" UUID,
    "until" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("type","subject")
);

CREATE INDEX "alert_tenant_id_idx" ON "alert"("tenant_id");
ALTER TABLE "alert" ADD CONSTRAINT "alert_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "alert" TO "switchhook_api", "switchhook_worker";
ALTER TABLE "alert" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "worker_all" ON "alert" TO "switchhook_worker" USING (true) WITH CHECK (true);
CREATE POLICY "api_own_tenant" ON "alert" TO "switchhook_api"
  USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant());

-- What expires at all is little, and is looked for once a minute.
CREATE INDEX "endpoint_secret_expiring_idx" ON "endpoint_secret"("expires_at") WHERE "expires_at" IS NOT NULL;
CREATE INDEX "connection_token_expiring_idx" ON "connection_token"("expires_at") WHERE "expires_at" IS NOT NULL;
CREATE INDEX "api_key_expiring_idx" ON "api_key"("expires_at") WHERE "expires_at" IS NOT NULL;
CREATE INDEX "endpoint_credentials_expiring_idx" ON "endpoint"("credentials_expire_at") WHERE "credentials_expire_at" IS NOT NULL;
