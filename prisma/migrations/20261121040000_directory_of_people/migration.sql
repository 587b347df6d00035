-- Who is behind an extension, and what a tenant calls its queues and numbers. A CRM wants to read names, a PBX prints numbers.
CREATE TABLE "agent" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "code" TEXT,
    "external_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "extension" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "aliases" TEXT[],
    "agent_id" UUID,
    "label" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "extension_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "queue" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "vendor_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "queue_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "did" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "did_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "agent_tenant_id_id_idx" ON "agent"("tenant_id", "id");

CREATE UNIQUE INDEX "extension_connection_id_number_key" ON "extension"("connection_id", "number");

CREATE INDEX "extension_agent_id_idx" ON "extension"("agent_id");

CREATE UNIQUE INDEX "queue_connection_id_vendor_id_key" ON "queue"("connection_id", "vendor_id");

CREATE UNIQUE INDEX "did_connection_id_number_key" ON "did"("connection_id", "number");

ALTER TABLE "agent" ADD CONSTRAINT "agent_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "extension" ADD CONSTRAINT "extension_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "extension" ADD CONSTRAINT "extension_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "queue" ADD CONSTRAINT "queue_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "did" ADD CONSTRAINT "did_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- How recordings are fetched from the PBX: user and password, a header, a template. The second column says of it what the
-- enricher must know, which is not given the keys to open the first for that.
ALTER TABLE "connection" ADD COLUMN "sealed_credentials" TEXT;
ALTER TABLE "connection" ADD COLUMN "recordings_by_name" BOOLEAN NOT NULL DEFAULT false;

-- Links to recordings of this call that were given out before stop working.
ALTER TABLE "call" ADD COLUMN "links_revoked_at" TIMESTAMPTZ(3);

GRANT SELECT, INSERT, UPDATE, DELETE ON "agent", "extension", "queue", "did" TO "switchhook_api", "switchhook_worker";

DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['agent', 'extension', 'queue', 'did'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format(
      'CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api" USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())',
      table_name);
  END LOOP;
END
$$;
