-- What people agreed to on the pages of their CRMs (OAuth 2 with a code): the tokens of an endpoint, by whom, and in which order
-- they are used. One process renews at a time: whoever holds the lease of the row.

CREATE TABLE "endpoint_grant" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "connected_at" TIMESTAMPTZ(3),
    "connected_by" TEXT,
    "connected_by_kind" TEXT,
    "base_url" TEXT,
    "sealed_access" TEXT,
    "sealed_refresh" TEXT,
    "sealed_previous" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "slides" BOOLEAN NOT NULL DEFAULT false,
    "renewed_at" TIMESTAMPTZ(3),
    "renew_by" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,
    "leased_until" TIMESTAMPTZ(3),
    "leased_by" TEXT,
    "state_hash" BYTEA,
    "state_expires_at" TIMESTAMPTZ(3),
    "sealed_verifier" TEXT,
    "asked_by" TEXT,
    "asked_by_kind" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "endpoint_grant_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "endpoint_grant_state_check" CHECK ("state" IN ('waiting', 'good', 'needs_attention'))
);
CREATE INDEX "endpoint_grant_endpoint_id_position_idx" ON "endpoint_grant"("endpoint_id", "position");
CREATE INDEX "endpoint_grant_tenant_id_id_idx" ON "endpoint_grant"("tenant_id", "id");
CREATE UNIQUE INDEX "endpoint_grant_state_hash_key" ON "endpoint_grant"("state_hash");
-- Those that have to be kept alive, the most urgent first.
CREATE INDEX "endpoint_grant_renew_by_idx" ON "endpoint_grant"("renew_by") WHERE "state" = 'good';
CREATE INDEX "endpoint_grant_ends_at_idx" ON "endpoint_grant"("ends_at") WHERE "ends_at" IS NOT NULL;
CREATE INDEX "endpoint_grant_state_id_idx" ON "endpoint_grant"("state", "id");

ALTER TABLE "endpoint_grant" ADD CONSTRAINT "endpoint_grant_endpoint_id_fkey"
  FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "endpoint_grant" ADD CONSTRAINT "endpoint_grant_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Grows whenever somebody connects, removes or changes grants: what processes remember of the old ones counts no more.
ALTER TABLE "endpoint" ADD COLUMN "grant_epoch" INTEGER NOT NULL DEFAULT 0;
-- It was stopped by us for want of a grant, and goes on by itself as soon as there is one.
ALTER TABLE "endpoint" ADD COLUMN "awaits_grant" BOOLEAN NOT NULL DEFAULT false;

CREATE OR REPLACE FUNCTION "endpoint_target"(wanted UUID) RETURNS JSON LANGUAGE sql STABLE AS
$$
  SELECT json_build_object(
    'tenantId', e.tenant_id, 'name', e.name, 'url', e.url, 'format', e.format, 'formatSettings', e.format_settings,
    'state', e.state, 'stateReason', e.state_reason, 'ordered', e.ordered, 'concurrency', e.concurrency,
    'timeoutMs', e.timeout_ms, 'scheduleMs', e.schedule_ms, 'ratePerMinute', e.rate_per_minute,
    'rateBurst', e.rate_burst, 'disableAfterHours', e.disable_after_hours, 'sealedAccess', e.sealed_access,
    'grantEpoch', e.grant_epoch,
    'secrets', (SELECT coalesce(json_agg(json_build_object(
         'sealed', s.sealed, 'until', extract(epoch FROM s.expires_at) * 1000) ORDER BY s.created_at DESC), '[]')
       FROM endpoint_secret s WHERE s.endpoint_id = e.id AND (s.expires_at IS NULL OR s.expires_at > now())))
  FROM endpoint e WHERE e.id = wanted
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON "endpoint_grant" TO "switchhook_api", "switchhook_worker";
ALTER TABLE "endpoint_grant" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "worker_all" ON "endpoint_grant" TO "switchhook_worker" USING (true) WITH CHECK (true);
-- Whoever comes back from a CRM's page is nobody here: their state says whose grant it is.
CREATE POLICY "api_own_tenant" ON "endpoint_grant" TO "switchhook_api"
  USING (tenant_id = serving_tenant() OR serving_operator()) WITH CHECK (tenant_id = serving_tenant() OR serving_operator());
