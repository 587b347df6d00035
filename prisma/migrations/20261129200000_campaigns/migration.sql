-- A list of people to call, and how. "due_at": when the dialer looks at it next; null for not by itself. "pacing" and "standing"
-- are the dialer's: what it has learnt, and what it did last and why.
CREATE TABLE "campaign" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "sealed_code" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "pacing" JSON NOT NULL DEFAULT '{}',
    "standing" JSON NOT NULL DEFAULT '{}',
    "due_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "state_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "campaign_mode_check" CHECK ("mode" IN ('preview', 'progressive', 'predictive', 'message', 'callback')),
    CONSTRAINT "campaign_state_check" CHECK ("state" IN ('stopped', 'running', 'paused', 'deleted'))
);

-- For whom a campaign calls: the PBX's words of their phones.
CREATE TABLE "campaign_member" (
    "campaign_id" UUID NOT NULL,
    "extension" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_member_pkey" PRIMARY KEY ("campaign_id", "extension")
);

-- Somebody to call. "key": the form that stands for all forms of the number. "retry_at": when they were to be called by the schedule; "next_at": when they may be, which is later where a
-- rule holds them back ("gate"). Both null once they are not to be called any more.
CREATE TABLE "campaign_lead" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "import_id" UUID,
    "phone" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "caller_id" TEXT,
    "caller_name" TEXT,
    "custom_data" JSON NOT NULL DEFAULT '{}',
    "region" TEXT,
    "postal" TEXT,
    "zone" TEXT,
    "consent_at" TIMESTAMPTZ(3),
    "not_before" TIMESTAMPTZ(3),
    "max_tries" INTEGER,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),
    "gate" TEXT,
    "reason" TEXT,
    "last_result" TEXT,
    "last_at" TIMESTAMPTZ(3),
    "agent_id" UUID,
    "disposition" TEXT,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_lead_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "campaign_lead_state_check" CHECK ("state" IN ('waiting', 'offered', 'dialling', 'done', 'given_up', 'invalid',
      'removed'))
);

-- What a campaign's calls came to, by the hour: what the law counts, and what is shown.
CREATE TABLE "campaign_tally" (
    "campaign_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "tenant_id" UUID NOT NULL,
    "dials" INTEGER NOT NULL DEFAULT 0,
    "answers" INTEGER NOT NULL DEFAULT 0,
    "served" INTEGER NOT NULL DEFAULT 0,
    "drops" INTEGER NOT NULL DEFAULT 0,
    "busy" INTEGER NOT NULL DEFAULT 0,
    "unanswered" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "talk_seconds" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "campaign_tally_pkey" PRIMARY KEY ("campaign_id", "hour")
);

-- "owed": its lead has not been told yet what became of it.
ALTER TABLE "dial_attempt" ADD COLUMN "campaign_id" UUID;
ALTER TABLE "dial_attempt" ADD COLUMN "lead_id" UUID;
ALTER TABLE "dial_attempt" ADD COLUMN "owed" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "dial_attempt" ADD COLUMN "pace_key" TEXT;
ALTER TABLE "dial_attempt" ADD COLUMN "result" TEXT;

CREATE UNIQUE INDEX "campaign_code_hash_key" ON "campaign"("code_hash");
CREATE INDEX "campaign_tenant_id_id_idx" ON "campaign"("tenant_id", "id");
CREATE INDEX "campaign_connection_id_idx" ON "campaign"("connection_id");
CREATE INDEX "campaign_due_idx" ON "campaign"("due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "campaign_member_tenant_id_idx" ON "campaign_member"("tenant_id");
CREATE INDEX "campaign_lead_campaign_id_id_idx" ON "campaign_lead"("campaign_id", "id");
CREATE INDEX "campaign_lead_tenant_id_key_idx" ON "campaign_lead"("tenant_id", "key");
CREATE INDEX "campaign_lead_import_id_idx" ON "campaign_lead"("import_id", "id") WHERE "import_id" IS NOT NULL;
-- A number waits in a campaign once.
CREATE UNIQUE INDEX "campaign_lead_open_key" ON "campaign_lead"("campaign_id", "key")
  WHERE "state" IN ('waiting', 'offered', 'dialling');
CREATE INDEX "campaign_lead_claim_idx" ON "campaign_lead"("campaign_id", "priority" DESC, "next_at") WHERE "state" = 'waiting';
CREATE INDEX "campaign_lead_next_idx" ON "campaign_lead"("campaign_id", "next_at") WHERE "state" = 'waiting';
CREATE INDEX "campaign_lead_offered_idx" ON "campaign_lead"("campaign_id") WHERE "state" = 'offered';
CREATE INDEX "campaign_tally_tenant_id_idx" ON "campaign_tally"("tenant_id");
CREATE INDEX "dial_attempt_owed_idx" ON "dial_attempt"("campaign_id") WHERE "owed";
CREATE INDEX "dial_attempt_lead_id_idx" ON "dial_attempt"("lead_id", "id") WHERE "lead_id" IS NOT NULL;

ALTER TABLE "campaign" ADD CONSTRAINT "campaign_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "campaign_member" ADD CONSTRAINT "campaign_member_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "campaign_member" ADD CONSTRAINT "campaign_member_campaign_id_fkey"
  FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "campaign_lead" ADD CONSTRAINT "campaign_lead_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "campaign_lead" ADD CONSTRAINT "campaign_lead_campaign_id_fkey"
  FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "campaign_tally" ADD CONSTRAINT "campaign_tally_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "campaign_tally" ADD CONSTRAINT "campaign_tally_campaign_id_fkey"
  FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "campaign", "campaign_member", "campaign_lead", "campaign_tally"
  TO "switchhook_api", "switchhook_worker";
DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['campaign_member', 'campaign_lead', 'campaign_tally'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format('CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api"
      USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())', table_name);
  END LOOP;
END $$;
-- Whose a campaign's code is, is only known when it was found.
ALTER TABLE "campaign" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "worker_all" ON "campaign" TO "switchhook_worker" USING (true) WITH CHECK (true);
CREATE POLICY "api_own_tenant" ON "campaign" TO "switchhook_api"
  USING (tenant_id = serving_tenant() OR serving_operator()) WITH CHECK (tenant_id = serving_tenant() OR serving_operator());
