-- A PBX may have two WebSockets open for one connection, its lines. What was kept so far is of the first.

ALTER TABLE "pbx_socket" ADD COLUMN "line" SMALLINT NOT NULL DEFAULT 1;
ALTER TABLE "socket_part" ADD COLUMN "line" SMALLINT NOT NULL DEFAULT 1;

ALTER TABLE "pbx_socket" DROP CONSTRAINT "pbx_socket_pkey",
  ADD CONSTRAINT "pbx_socket_pkey" PRIMARY KEY ("connection_id", "line");
ALTER TABLE "socket_part" DROP CONSTRAINT "socket_part_pkey",
  ADD CONSTRAINT "socket_part_pkey" PRIMARY KEY ("connection_id", "line", "part");

-- As the one before it, for the lines of connections: answers those that are held.
DROP FUNCTION "hold_sockets"(UUID[], BIGINT[]);
CREATE FUNCTION "hold_sockets"(ids UUID[], lines SMALLINT[], fences BIGINT[])
  RETURNS TABLE (held_id UUID, held_line SMALLINT) LANGUAGE plpgsql AS
$$
BEGIN
  RETURN QUERY
    SELECT s.connection_id, s.line FROM pbx_socket s
    JOIN unnest(ids, lines, fences) AS f(id, line, fence) ON s.connection_id = f.id AND s.line = f.line AND s.fence = f.fence
    ORDER BY s.connection_id, s.line FOR SHARE OF s;
END
$$;

-- What the lines of a PBX that has two told, so that a message that both tell is kept once. Rows live for minutes. After a crash of the
-- server it is empty: then some messages are kept twice, which changes no call.
CREATE UNLOGGED TABLE "socket_told" (
    "connection_id" UUID NOT NULL,
    "mark" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "receipt_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "socket_told_pkey" PRIMARY KEY ("connection_id", "mark")
);

CREATE INDEX "socket_told_tenant_id_idx" ON "socket_told"("tenant_id");

ALTER TABLE "socket_told" ADD CONSTRAINT "socket_told_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "socket_told" ADD CONSTRAINT "socket_told_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "socket_told" TO "switchhook_api", "switchhook_worker";
ALTER TABLE "socket_told" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "worker_all" ON "socket_told" TO "switchhook_worker" USING (true) WITH CHECK (true);
CREATE POLICY "api_own_tenant" ON "socket_told" TO "switchhook_api"
  USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant());
