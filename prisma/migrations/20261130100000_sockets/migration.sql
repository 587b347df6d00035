-- PBXs that open a WebSocket to us: whose socket counts, which parts of calls go on, and what is asked through it.

-- The newest socket of a connection. Whoever writes on behalf of a socket shows its fence.
CREATE TABLE "pbx_socket" (
    "connection_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "fence" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,
    "alive_at" TIMESTAMPTZ(3) NOT NULL,
    "source_ip" TEXT,
    "remote" TEXT,
    "clock_ahead_ms" INTEGER,
    "reason" TEXT,

    CONSTRAINT "pbx_socket_pkey" PRIMARY KEY ("connection_id")
)
WITH (fillfactor = 50);

-- Parts of calls (channels) that the PBX told of and whose end it has not told.
CREATE TABLE "socket_part" (
    "connection_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "call_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "socket_part_pkey" PRIMARY KEY ("connection_id", "part")
);

-- Questions on their way to whoever holds the socket, and answers on their way back; both are sealed and live for seconds. A crash of
-- the server empties the table, and then whoever waits knows that he does not know: nothing here may outlive what it is about.
CREATE UNLOGGED TABLE "socket_ask" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "sealed_request" TEXT NOT NULL,
    "sealed_answer" TEXT,

    CONSTRAINT "socket_ask_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "pbx_socket_tenant_id_idx" ON "pbx_socket"("tenant_id");
CREATE INDEX "socket_part_tenant_id_idx" ON "socket_part"("tenant_id");
CREATE INDEX "socket_ask_connection_id_idx" ON "socket_ask"("connection_id");
CREATE INDEX "socket_ask_tenant_id_idx" ON "socket_ask"("tenant_id");

ALTER TABLE "pbx_socket" ADD CONSTRAINT "pbx_socket_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "pbx_socket" ADD CONSTRAINT "pbx_socket_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "socket_part" ADD CONSTRAINT "socket_part_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "socket_part" ADD CONSTRAINT "socket_part_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "socket_ask" ADD CONSTRAINT "socket_ask_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "socket_ask" ADD CONSTRAINT "socket_ask_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "pbx_socket", "socket_part", "socket_ask" TO "switchhook_api", "switchhook_worker";
DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['pbx_socket', 'socket_part', 'socket_ask'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format('CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api"
      USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())', table_name);
  END LOOP;
END $$;

-- Keeps those sockets the newest of their connections that are it, until the transaction ends, and answers their connections. For the
-- reason that "hold_fence" gives it is a function.
CREATE FUNCTION "hold_sockets"(ids UUID[], fences BIGINT[]) RETURNS SETOF UUID LANGUAGE plpgsql AS
$$
BEGIN
  RETURN QUERY
    SELECT s.connection_id FROM pbx_socket s
    JOIN unnest(ids, fences) AS f(id, fence) ON s.connection_id = f.id AND s.fence = f.fence
    ORDER BY s.connection_id FOR SHARE OF s;
END
$$;
