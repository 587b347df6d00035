-- What PBXs' realtime channels tell of extensions and queues, and how each channel is.

-- "since" is of being up or not. What a channel told holds while it is up and whoever listens has the lease of this fence.
CREATE TABLE "pbx_feed" (
    "connection_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "fence" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "connected_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "failed_at" TIMESTAMPTZ(3),

    CONSTRAINT "pbx_feed_pkey" PRIMARY KEY ("connection_id")
);

-- Written at each event of a phone: new versions go beside the old ones.
CREATE TABLE "pbx_told" (
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "device" TEXT,
    "data" JSON NOT NULL,

    CONSTRAINT "pbx_told_pkey" PRIMARY KEY ("tenant_id", "connection_id", "kind", "key")
)
WITH (fillfactor = 50);

CREATE INDEX "pbx_feed_tenant_id_idx" ON "pbx_feed"("tenant_id");
CREATE INDEX "pbx_told_connection_id_idx" ON "pbx_told"("connection_id");

ALTER TABLE "pbx_feed" ADD CONSTRAINT "pbx_feed_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "pbx_feed" ADD CONSTRAINT "pbx_feed_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "pbx_told" ADD CONSTRAINT "pbx_told_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "pbx_told" ADD CONSTRAINT "pbx_told_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "pbx_feed", "pbx_told" TO "switchhook_api", "switchhook_worker";
DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['pbx_feed', 'pbx_told'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
    EXECUTE format('CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api"
      USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())', table_name);
  END LOOP;
END $$;

-- What the connection's channel tells now; no row while it is not listened to.
CREATE FUNCTION "told_by_pbx"(connection UUID)
RETURNS TABLE ("kind" TEXT, "key" TEXT, "device" TEXT, "data" JSON) LANGUAGE sql STABLE AS
$$
  SELECT t.kind, t.key, t.device, t.data
  FROM pbx_feed f
  JOIN mailbox m ON m.kind = 'feed' AND m.id = f.connection_id AND m.fence = f.fence AND m.lease_until > now()
  JOIN pbx_told t ON t.tenant_id = f.tenant_id AND t.connection_id = f.connection_id
  WHERE f.connection_id = connection AND f.state = 'up'
$$;

-- The same as one value, with the ids of those calls in it that webhooks told of.
CREATE FUNCTION "feed_now"(connection UUID) RETURNS JSON LANGUAGE sql STABLE AS
$$
  WITH told AS MATERIALIZED (SELECT * FROM told_by_pbx($1))
  SELECT json_build_object(
    'phones', coalesce(json_agg(t.data ORDER BY t.key) FILTER (WHERE t.kind = 'phone'), '[]'),
    'queues', coalesce(json_agg(t.data ORDER BY t.key) FILTER (WHERE t.kind = 'queue'), '[]'),
    'known', (SELECT coalesce(json_agg(DISTINCT c.vendor_call_id), '[]')
      FROM told n CROSS JOIN LATERAL json_array_elements(coalesce(n.data->'calls', n.data->'callers')) AS one(item)
      JOIN call c ON c.connection_id = $1 AND c.vendor_call_id = one.item->>'vendorCallId'))
  FROM told t
$$;
