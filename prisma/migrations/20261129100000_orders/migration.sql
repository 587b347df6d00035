-- How a connection's PBX is commanded. "tokens" and "tokens_at" are the bucket of its rate: all processes take from this row.
CREATE TABLE "pbx_account" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "sealed_secrets" TEXT NOT NULL,
    "numbers" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "per_second" INTEGER NOT NULL,
    "at_once" INTEGER NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "tokens_at" TIMESTAMPTZ(6) NOT NULL DEFAULT to_timestamp(0),
    "sealed_token" TEXT,
    "token_expires_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pbx_account_pkey" PRIMARY KEY ("id")
);

-- An order to dial, the truth of what was sent to a PBX. It is committed as "sending" before anything is sent.
CREATE TABLE "dial_attempt" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "agent_id" UUID,
    "kind" TEXT NOT NULL,
    "phone" TEXT,
    "extension" TEXT,
    "request" JSON NOT NULL,
    "same_key" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "vendor_call_id" TEXT,
    "reason" TEXT,
    "code" TEXT,
    "told" TEXT,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "look_at" TIMESTAMPTZ(3),
    "looks" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "dial_attempt_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "dial_attempt_state_check" CHECK ("state" IN ('reserved', 'sending', 'accepted', 'ringing', 'answered',
      'unknown', 'ended', 'refused', 'not_placed', 'orphaned', 'cancelled', 'expired'))
);

-- Numbers that nobody of the tenant may be connected to: each under the form that stands for all of its forms.
CREATE TABLE "do_not_call" (
    "tenant_id" UUID NOT NULL,
    "phone" TEXT NOT NULL,
    "name" TEXT,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "do_not_call_pkey" PRIMARY KEY ("tenant_id", "phone")
);

-- What software that was written for a vendor's request API shows us. "shown": the part that is no secret.
CREATE TABLE "api_credential" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "facade" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "shown" TEXT NOT NULL,
    "rights" TEXT[] NOT NULL,
    "scope" TEXT NOT NULL,
    "agent_id" UUID,
    "department" TEXT,
    "allow_from" TEXT[] NOT NULL DEFAULT '{}',
    "origins" TEXT[] NOT NULL DEFAULT '{}',
    "per_minute" INTEGER NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_credential_pkey" PRIMARY KEY ("id")
);

-- Whether an agent may be called for: ours, obeyed by dialers and shown on wallboards. No row: nothing was said.
CREATE TABLE "agent_state" (
    "agent_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "standing" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "extension" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "agent_state_pkey" PRIMARY KEY ("agent_id"),
    CONSTRAINT "agent_state_standing_check" CHECK ("standing" IN ('available', 'paused', 'away'))
);

-- What a tenant calls the statuses of its agents, where that is not what everybody calls them.
CREATE TABLE "agent_status" (
    "tenant_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "color" TEXT NOT NULL,

    CONSTRAINT "agent_status_pkey" PRIMARY KEY ("tenant_id", "number")
);

-- Integers by which vendors' clients know agents, extensions and queues. Once given they stay.
CREATE TABLE "vendor_number" (
    "connection_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "vendor_number_pkey" PRIMARY KEY ("connection_id", "kind", "subject")
);

CREATE UNIQUE INDEX "pbx_account_connection_id_key" ON "pbx_account"("connection_id");
CREATE INDEX "pbx_account_tenant_id_idx" ON "pbx_account"("tenant_id");
CREATE INDEX "dial_attempt_tenant_id_id_idx" ON "dial_attempt"("tenant_id", "id");
CREATE INDEX "dial_attempt_same_key_sent_at_idx" ON "dial_attempt"("same_key", "sent_at");
CREATE INDEX "dial_attempt_tenant_id_phone_sent_at_idx" ON "dial_attempt"("tenant_id", "phone", "sent_at");
CREATE INDEX "dial_attempt_connection_id_vendor_call_id_idx" ON "dial_attempt"("connection_id", "vendor_call_id");
CREATE INDEX "dial_attempt_sent_at_idx" ON "dial_attempt"("sent_at");
-- Two calls to one number at once cannot be, whoever wants them.
CREATE UNIQUE INDEX "dial_attempt_open_phone_key" ON "dial_attempt"("tenant_id", "phone")
  WHERE "phone" IS NOT NULL AND "state" IN ('reserved', 'sending', 'accepted', 'ringing', 'answered', 'unknown');
CREATE INDEX "dial_attempt_due_idx" ON "dial_attempt"("connection_id", "look_at") WHERE "look_at" IS NOT NULL;
CREATE INDEX "dial_attempt_under_way_idx" ON "dial_attempt"("connection_id") WHERE "state" = 'sending';
CREATE UNIQUE INDEX "api_credential_hash_key" ON "api_credential"("hash");
CREATE INDEX "api_credential_tenant_id_id_idx" ON "api_credential"("tenant_id", "id");
CREATE INDEX "api_credential_connection_id_idx" ON "api_credential"("connection_id");
CREATE INDEX "agent_state_connection_id_idx" ON "agent_state"("connection_id");
CREATE INDEX "agent_state_tenant_id_idx" ON "agent_state"("tenant_id");
CREATE UNIQUE INDEX "vendor_number_connection_id_kind_number_key" ON "vendor_number"("connection_id", "kind", "number");
CREATE INDEX "vendor_number_tenant_id_idx" ON "vendor_number"("tenant_id");

ALTER TABLE "pbx_account" ADD CONSTRAINT "pbx_account_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "pbx_account" ADD CONSTRAINT "pbx_account_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "dial_attempt" ADD CONSTRAINT "dial_attempt_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "do_not_call" ADD CONSTRAINT "do_not_call_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "api_credential" ADD CONSTRAINT "api_credential_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "api_credential" ADD CONSTRAINT "api_credential_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "agent_state" ADD CONSTRAINT "agent_state_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "agent_state" ADD CONSTRAINT "agent_state_agent_id_fkey"
  FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "agent_state" ADD CONSTRAINT "agent_state_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "agent_status" ADD CONSTRAINT "agent_status_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "vendor_number" ADD CONSTRAINT "vendor_number_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "vendor_number" ADD CONSTRAINT "vendor_number_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "pbx_account", "dial_attempt", "do_not_call", "api_credential", "agent_state",
  "agent_status", "vendor_number" TO "switchhook_api", "switchhook_worker";
DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['pbx_account', 'dial_attempt', 'do_not_call', 'agent_state', 'agent_status', 'vendor_number'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format('CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api"
      USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())', table_name);
  END LOOP;
END $$;
-- Whose a credential is, is only known when it was found.
ALTER TABLE "api_credential" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "worker_all" ON "api_credential" TO "switchhook_worker" USING (true) WITH CHECK (true);
CREATE POLICY "api_own_tenant" ON "api_credential" TO "switchhook_api"
  USING (tenant_id = serving_tenant() OR serving_operator()) WITH CHECK (tenant_id = serving_tenant() OR serving_operator());
