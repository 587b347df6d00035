-- The agents on whose phones or screens a call was: what they are shown as their own. Null for none.
ALTER TABLE "call" ADD COLUMN "agents" UUID[];

-- Missed calls that an agent has seen.
CREATE TABLE "call_seen" (
    "call_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_seen_pkey" PRIMARY KEY ("call_id", "agent_id")
);
CREATE INDEX "call_seen_agent_id_idx" ON "call_seen"("agent_id");
CREATE INDEX "call_seen_tenant_id_idx" ON "call_seen"("tenant_id");
ALTER TABLE "call_seen" ADD CONSTRAINT "call_seen_call_id_fkey"
  FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "call_seen" ADD CONSTRAINT "call_seen_agent_id_fkey"
  FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "call_seen" ADD CONSTRAINT "call_seen_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "call_seen" TO "switchhook_api", "switchhook_worker";
ALTER TABLE "call_seen" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "worker_all" ON "call_seen" TO "switchhook_worker" USING (true) WITH CHECK (true);
CREATE POLICY "api_own_tenant" ON "call_seen" TO "switchhook_api"
  USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant());
