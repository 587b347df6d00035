-- Replay: events that are sent once more as a job that survives restarts. A replay is a mailbox too, and the forwarder
-- drains it: batch by batch of events in the order of their ids, "handled_to" saved with the deliveries that it made.
CREATE TABLE "replay" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "endpoint_id" UUID,
    "kind" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "rate_per_minute" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "handled_to" UUID,
    "total" INTEGER NOT NULL,
    "total_exact" BOOLEAN NOT NULL,
    "queued" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "replay_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "replay_tenant_id_id_idx" ON "replay"("tenant_id", "id");
-- What has work, and nothing else.
CREATE INDEX "replay_running_idx" ON "replay"("id") WHERE "state" IN ('running', 'cancelling');

GRANT SELECT, INSERT, UPDATE, DELETE ON "replay" TO "switchhook_api", "switchhook_worker";
ALTER TABLE "replay" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "worker_all" ON "replay" TO "switchhook_worker" USING (true) WITH CHECK (true);
CREATE POLICY "api_own_tenant" ON "replay" TO "switchhook_api"
  USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant());

ALTER TABLE "delivery" ADD COLUMN "replay_id" UUID,
ADD COLUMN "last_status" SMALLINT;
-- What a replay made, for its progress and for cancelling it. Ordinary deliveries are not in it.
CREATE INDEX "delivery_replay_idx" ON "delivery"("replay_id", "state", "id") WHERE "replay_id" IS NOT NULL;

-- A replay walks one tenant's events in the order of time.
CREATE INDEX "call_event_tenant_id_id_idx" ON "call_event"("tenant_id", "id");

-- What was sent, as far as it does not follow from the event.
ALTER TABLE "attempt" ADD COLUMN "request_method" TEXT,
ADD COLUMN "request_url" TEXT,
ADD COLUMN "request_headers" JSON;

-- Keeps a tenant's log for fewer days than the installation does. Null for as long as the installation.
ALTER TABLE "tenant" ADD COLUMN "retention_days" INTEGER;

-- Why a new delivery to this endpoint has to be held, null when it may be sent. Waits for whoever is changing the
-- endpoint's state, and whoever wants to change it waits for the caller's transaction: so nothing is held after the
-- last held one was released. For an endpoint that was deleted it is null, and the forwarder buries the delivery.
CREATE FUNCTION "held_now"(endpoint_id UUID) RETURNS TEXT LANGUAGE plpgsql AS
$$
DECLARE
  found_state TEXT;
BEGIN
  SELECT e.state INTO found_state FROM endpoint e WHERE e.id = held_now.endpoint_id FOR SHARE;
  RETURN CASE found_state
    WHEN 'disabled' THEN 'endpoint disabled'
    WHEN 'paused' THEN 'endpoint paused'
    WHEN 'enabling' THEN 'endpoint is being enabled'
  END;
END
$$;

-- Releases a batch of what an endpoint that is being enabled was owed, oldest first, so that the order of a call stays:
-- those with ids below "since" are skipped, the others are due. When the batch is the last one, the endpoint is enabled in
-- the same transaction. Answers how many were released, null when the endpoint is not being enabled.
-- Run-time pruning is off because of the bug that "hold_fence" tells of.
CREATE FUNCTION "release_held"(endpoint_id UUID, since UUID, most INTEGER, for_replay UUID) RETURNS INTEGER
LANGUAGE plpgsql SET enable_partition_pruning = off AS
$$
DECLARE
  released INTEGER;
BEGIN
  PERFORM 1 FROM endpoint e WHERE e.id = release_held.endpoint_id AND e.state = 'enabling' FOR UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  UPDATE delivery d SET
    state = CASE WHEN d.id < since THEN 'skipped' ELSE 'due' END,
    reason = CASE WHEN d.id < since THEN 'skipped when the endpoint was enabled' END,
    due_at = CASE WHEN d.id < since THEN d.due_at ELSE now() END,
    finished_at = CASE WHEN d.id < since THEN now() END,
    replay_id = coalesce(for_replay, d.replay_id)
  WHERE d.id IN (
    SELECT w.id FROM delivery w WHERE w.endpoint_id = release_held.endpoint_id AND w.state = 'held'
    ORDER BY w.id LIMIT most) AND d.state = 'held';
  GET DIAGNOSTICS released = ROW_COUNT;
  IF released < most THEN
    UPDATE endpoint e SET state = 'enabled', state_reason = NULL, updated_at = now() WHERE e.id = release_held.endpoint_id;
  END IF;
  RETURN released;
END
$$;
