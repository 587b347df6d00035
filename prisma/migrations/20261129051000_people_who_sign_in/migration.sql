-- People who sign in: who they are, what they are to which tenant, their sessions, and links that let somebody in once.
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "last_sign_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "app_user_email_check" CHECK ("email" = lower("email"))
);

CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "tenant_id" UUID,
    "role" TEXT NOT NULL,
    "agent_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id"),
    -- Whoever belongs to no tenant is an operator, and nobody else is.
    CONSTRAINT "membership_role_check" CHECK (("tenant_id" IS NULL) = ("role" = 'operator'))
);

CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "method" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "one_time_link" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "tenant_id" UUID,
    "email" TEXT,
    "role" TEXT,
    "agent_id" UUID,
    "user_id" UUID,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_link_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");
CREATE UNIQUE INDEX "membership_user_id_tenant_id_key" ON "membership"("user_id", "tenant_id");
CREATE UNIQUE INDEX "membership_operator_key" ON "membership"("user_id") WHERE "tenant_id" IS NULL;
CREATE INDEX "membership_tenant_id_id_idx" ON "membership"("tenant_id", "id");
CREATE INDEX "membership_agent_id_idx" ON "membership"("agent_id");
CREATE UNIQUE INDEX "session_hash_key" ON "session"("hash");
CREATE INDEX "session_user_id_id_idx" ON "session"("user_id", "id");
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");
CREATE UNIQUE INDEX "one_time_link_hash_key" ON "one_time_link"("hash");
CREATE INDEX "one_time_link_tenant_id_id_idx" ON "one_time_link"("tenant_id", "id");
CREATE INDEX "one_time_link_user_id_idx" ON "one_time_link"("user_id");
CREATE INDEX "one_time_link_agent_id_idx" ON "one_time_link"("agent_id");
CREATE INDEX "one_time_link_expires_at_idx" ON "one_time_link"("expires_at");

ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "membership" ADD CONSTRAINT "membership_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "membership" ADD CONSTRAINT "membership_agent_id_fkey"
  FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "one_time_link" ADD CONSTRAINT "one_time_link_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "one_time_link" ADD CONSTRAINT "one_time_link_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "one_time_link" ADD CONSTRAINT "one_time_link_agent_id_fkey"
  FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Nothing of this is for the workers.
GRANT SELECT, INSERT, UPDATE, DELETE ON "app_user", "membership", "session", "one_time_link" TO "switchhook_api";
ALTER TABLE "app_user" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "membership" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "session" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "one_time_link" ENABLE ROW LEVEL SECURITY;
-- A tenant sees its members and changes none: they may be another tenant's too.
CREATE POLICY "api_operator" ON "app_user" TO "switchhook_api" USING (serving_operator()) WITH CHECK (serving_operator());
CREATE POLICY "api_own_members" ON "app_user" FOR SELECT TO "switchhook_api"
  USING (EXISTS (SELECT 1 FROM "membership" m WHERE m."user_id" = "app_user"."id" AND m."tenant_id" = serving_tenant()));
CREATE POLICY "api_operator" ON "session" TO "switchhook_api" USING (serving_operator()) WITH CHECK (serving_operator());
CREATE POLICY "api_own_tenant" ON "membership" TO "switchhook_api"
  USING (tenant_id = serving_tenant() OR serving_operator()) WITH CHECK (tenant_id = serving_tenant() OR serving_operator());
CREATE POLICY "api_own_tenant" ON "one_time_link" TO "switchhook_api"
  USING (tenant_id = serving_tenant() OR serving_operator()) WITH CHECK (tenant_id = serving_tenant() OR serving_operator());
