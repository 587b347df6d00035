-- Portals: what a tenant shows of itself inside other pages, by links that work once and tokens that work for minutes.
ALTER TABLE "tenant" ADD COLUMN "portal_origins" TEXT[] DEFAULT ARRAY[]::TEXT[];

CREATE TABLE "portal" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "areas" TEXT[],
    "read_only" BOOLEAN NOT NULL,
    "minutes" INTEGER NOT NULL,
    "agent_id" UUID,
    "look" JSONB NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "code_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "portal_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "portal_agent_check" CHECK (("agent_id" IS NOT NULL) = ('agent' = ANY("areas"))),
    CONSTRAINT "portal_minutes_check" CHECK ("minutes" BETWEEN 1 AND 480)
);

CREATE TABLE "portal_token" (
    "hash" BYTEA NOT NULL,
    "portal_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "portal_token_pkey" PRIMARY KEY ("hash")
);

CREATE UNIQUE INDEX "portal_code_hash_key" ON "portal"("code_hash");
CREATE INDEX "portal_tenant_id_id_idx" ON "portal"("tenant_id", "id");
CREATE INDEX "portal_agent_id_idx" ON "portal"("agent_id");
CREATE INDEX "portal_ends_at_idx" ON "portal"("ends_at");
CREATE INDEX "portal_token_portal_id_idx" ON "portal_token"("portal_id");
CREATE INDEX "portal_token_tenant_id_idx" ON "portal_token"("tenant_id");
CREATE INDEX "portal_token_expires_at_idx" ON "portal_token"("expires_at");

ALTER TABLE "portal" ADD CONSTRAINT "portal_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "portal" ADD CONSTRAINT "portal_agent_id_fkey"
  FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "portal_token" ADD CONSTRAINT "portal_token_portal_id_fkey"
  FOREIGN KEY ("portal_id") REFERENCES "portal"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "portal_token" ADD CONSTRAINT "portal_token_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Nothing of this is for the workers.
GRANT SELECT, INSERT, UPDATE, DELETE ON "portal", "portal_token" TO "switchhook_api";
ALTER TABLE "portal" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "portal_token" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "api_own_tenant" ON "portal" TO "switchhook_api"
  USING (tenant_id = serving_tenant() OR serving_operator()) WITH CHECK (tenant_id = serving_tenant() OR serving_operator());
CREATE POLICY "api_own_tenant" ON "portal_token" TO "switchhook_api"
  USING (tenant_id = serving_tenant() OR serving_operator()) WITH CHECK (tenant_id = serving_tenant() OR serving_operator());
