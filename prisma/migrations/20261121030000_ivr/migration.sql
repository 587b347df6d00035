-- What a caller hears: flows that we keep, which source answers for which number, and what the answers made us remember
-- of a call.

CREATE TABLE "ivr_flow" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ivr_flow_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ivr_route" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "did" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "flow_id" UUID,
    "url" TEXT,
    "protocol" TEXT NOT NULL,
    "timeout_ms" INTEGER NOT NULL,
    "sealed_headers" TEXT,
    "sealed_secret" TEXT,
    "default_answer" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ivr_route_pkey" PRIMARY KEY ("id")
);

-- Like a call, it outlives its connection, and like one it is known by the PBX's id. Only maintenance deletes from it.
CREATE TABLE "call_context" (
    "connection_id" UUID NOT NULL,
    "vendor_call_id" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_context_pkey" PRIMARY KEY ("connection_id","vendor_call_id")
);

CREATE INDEX "ivr_flow_tenant_id_id_idx" ON "ivr_flow"("tenant_id", "id");

CREATE UNIQUE INDEX "ivr_route_connection_id_did_key" ON "ivr_route"("connection_id", "did");

CREATE INDEX "ivr_route_flow_id_idx" ON "ivr_route"("flow_id");

-- Rows come in the order of their time, so a few ranges of pages are all that retention has to look at.
CREATE INDEX "call_context_created_at_idx" ON "call_context" USING BRIN ("created_at");

ALTER TABLE "ivr_flow" ADD CONSTRAINT "ivr_flow_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "ivr_route" ADD CONSTRAINT "ivr_route_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Checked at the end of the statement: a flow in use stays, and a tenant can still be deleted with all that it has.
ALTER TABLE "ivr_route" ADD CONSTRAINT "ivr_route_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "ivr_flow"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "ivr_flow", "ivr_route", "call_context" TO "switchhook_api", "switchhook_worker";

DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['ivr_flow', 'ivr_route', 'call_context'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format(
      'CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api" USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())',
      table_name);
  END LOOP;
END
$$;
