-- Single sign-on: who answers for people elsewhere, for a tenant or for the installation, and signings in under way.
CREATE TABLE "identity_provider" (
    "id" UUID NOT NULL,
    "tenant_id" UUID,
    "label" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "sealed_secret" TEXT,
    "domains" TEXT[],
    "role" TEXT,
    "enforced" BOOLEAN NOT NULL DEFAULT false,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "answers_since" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_provider_pkey" PRIMARY KEY ("id"),
    -- No provider makes operators, and the installation has nobody else.
    CONSTRAINT "identity_provider_role_check"
      CHECK ("role" IS NULL OR ("tenant_id" IS NOT NULL AND "role" IN ('admin', 'supervisor', 'agent')))
);

CREATE TABLE "sign_in_attempt" (
    "state_hash" BYTEA NOT NULL,
    "browser_hash" BYTEA NOT NULL,
    "provider_id" UUID NOT NULL,
    "return_to" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("state_hash")
);

-- A session that a provider answered for ends with it.
ALTER TABLE "session" ADD COLUMN "provider_id" UUID;

CREATE INDEX "identity_provider_tenant_id_id_idx" ON "identity_provider"("tenant_id", "id");
CREATE INDEX "identity_provider_domains_idx" ON "identity_provider" USING GIN ("domains");
CREATE INDEX "sign_in_attempt_provider_id_idx" ON "sign_in_attempt"("provider_id");
CREATE INDEX "sign_in_attempt_expires_at_idx" ON "sign_in_attempt"("expires_at");
CREATE INDEX "session_provider_id_idx" ON "session"("provider_id");

ALTER TABLE "identity_provider" ADD CONSTRAINT "identity_provider_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "sign_in_attempt" ADD CONSTRAINT "sign_in_attempt_provider_id_fkey"
  FOREIGN KEY ("provider_id") REFERENCES "identity_provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "session" ADD CONSTRAINT "session_provider_id_fkey"
  FOREIGN KEY ("provider_id") REFERENCES "identity_provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Nothing of this is for the workers.
GRANT SELECT, INSERT, UPDATE, DELETE ON "identity_provider", "sign_in_attempt" TO "switchhook_api";
ALTER TABLE "identity_provider" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "sign_in_attempt" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "api_own_tenant" ON "identity_provider" TO "switchhook_api"
  USING (tenant_id = serving_tenant() OR serving_operator()) WITH CHECK (tenant_id = serving_tenant() OR serving_operator());
CREATE POLICY "api_operator" ON "sign_in_attempt" TO "switchhook_api" USING (serving_operator()) WITH CHECK (serving_operator());
