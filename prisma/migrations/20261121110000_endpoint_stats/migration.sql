-- What came of an endpoint's tries, counted by minute and by hour (docs/adr/0014). The forwarders add to these rows every
-- ten seconds, so there is room on the page for that, and the first index is the only one that an addition looks at.
CREATE TABLE "endpoint_stat" (
    "endpoint_id" UUID NOT NULL,
    "span" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "tenant_id" UUID NOT NULL,
    "counts" JSONB NOT NULL,
    "longest_answered_ms" DOUBLE PRECISION NOT NULL,
    "longest_ms" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "endpoint_stat_pkey" PRIMARY KEY ("endpoint_id","span","at")
);

ALTER TABLE "endpoint_stat" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- For forgetting.
CREATE INDEX "endpoint_stat_span_at_idx" ON "endpoint_stat"("span", "at");

-- Every change of an endpoint's state, whoever made it, and when it began to fail and recovered.
CREATE TABLE "endpoint_state_change" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "reason" TEXT,
    "actor" TEXT NOT NULL,

    CONSTRAINT "endpoint_state_change_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "endpoint_state_change_endpoint_id_id_idx" ON "endpoint_state_change"("endpoint_id", "id");

ALTER TABLE "endpoint_state_change" ADD CONSTRAINT "endpoint_state_change_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "endpoint_stat", "endpoint_state_change" TO "switchhook_api", "switchhook_worker";

DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['endpoint_stat', 'endpoint_state_change'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format(
      'CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api" USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())',
      table_name);
  END LOOP;
END
$$;
