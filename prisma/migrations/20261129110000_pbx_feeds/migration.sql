-- Realtime channels of PBXs that are listened to, one process each: the mailbox kind "feed", by connection.

-- The few accounts that want it are looked for once a second.
CREATE INDEX "pbx_account_feed_idx" ON "pbx_account"("connection_id") WHERE "enabled" AND "settings"->>'feed' = 'on';

-- Rows of the live log about something that is no call, in the transaction that changes it and as the last thing that it does. The
-- tenant's counter is locked also while nobody listens: whoever begins to listen meanwhile waits for the commit, and has the change in
-- the snapshot. Answers whether somebody listens.
CREATE FUNCTION "tell_live"(tenant UUID, datas TEXT[]) RETURNS BOOLEAN LANGUAGE plpgsql AS
$$
DECLARE
  heard BOOLEAN;
BEGIN
  IF cardinality(datas) = 0 THEN
    RETURN false;
  END IF;
  INSERT INTO live_log (tenant_id, number, since, until) VALUES (tenant, 0, now(), to_timestamp(0))
  ON CONFLICT (tenant_id) DO NOTHING;
  SELECT l.until > now() INTO heard FROM live_log l WHERE l.tenant_id = tenant FOR NO KEY UPDATE;
  IF heard IS NOT TRUE THEN
    RETURN false;
  END IF;
  INSERT INTO live_event (tenant_id, number, at, data)
  SELECT n.tenant_id, n.number, now(), n.data::json
  FROM number_live(array_fill(tenant, ARRAY[cardinality(datas)]), datas) n;
  RETURN true;
END
$$;
