-- The first tables. Made from schema.prisma, then changed by hand where Prisma has no word for it:
-- partitions, partial indexes, roles and row-level security. (The engine ends a statement at a semicolon even in a
-- comment, so there is none in these.)

-- receipt, call_event, delivery and attempt are partitioned by their own UUIDv7 key, so a partition is a span of time.
-- The maintenance job makes the partitions, there is no default one, because it would forbid concurrent detach.

CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "tenant_id" UUID,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "prefix" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "connection" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "dialect" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "epochs" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "connection_token" (
    "hash" BYTEA NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_token_pkey" PRIMARY KEY ("hash")
);

CREATE TABLE "endpoint" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "event_types" TEXT[],
    "state" TEXT NOT NULL,
    "state_reason" TEXT,
    "ordered" BOOLEAN NOT NULL DEFAULT true,
    "concurrency" INTEGER NOT NULL DEFAULT 10,
    "timeout_ms" INTEGER NOT NULL,
    "schedule_ms" INTEGER[],
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "endpoint_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "endpoint_secret" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "endpoint_secret_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "mailbox" (
    "kind" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "fence" BIGINT NOT NULL DEFAULT 0,
    "owner" TEXT,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "memo" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "mailbox_pkey" PRIMARY KEY ("kind","id")
);

CREATE TABLE "receipt" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "route" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "headers" JSON NOT NULL,
    "body" BYTEA NOT NULL,
    "source_ip" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "tries" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("id")
) PARTITION BY RANGE ("id");

CREATE TABLE "call" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "vendor_call_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "direction" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "extension" TEXT,
    "customer_number" TEXT NOT NULL,
    "did" TEXT,
    "sequence" INTEGER NOT NULL,
    "record" JSON NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "call_event" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "call_id" UUID,
    "receipt_id" UUID,
    "type" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "payload" JSON NOT NULL,

    CONSTRAINT "call_event_pkey" PRIMARY KEY ("id")
) PARTITION BY RANGE ("id");

CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "call_id" UUID,
    "event_type" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempt_count" SMALLINT NOT NULL DEFAULT 0,
    "refusals" SMALLINT NOT NULL DEFAULT 0,
    "tries" SMALLINT NOT NULL DEFAULT 0,
    "reason" TEXT,
    "first_tried_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
) PARTITION BY RANGE ("id");

CREATE TABLE "attempt" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" REAL NOT NULL,
    "outcome" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "status" SMALLINT,
    "error" TEXT,
    "response_headers" JSON,
    "response_body" TEXT,
    "resolved_ip" TEXT,
    "timings" JSON NOT NULL,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
) PARTITION BY RANGE ("id");

CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "tenant_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "changes" JSONB NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "idempotency_key" (
    "api_key_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "tenant_id" UUID,
    "request_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "sealed_body" TEXT,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("api_key_id","key")
);

-- Counters of a running minute: losing them in a crash is no loss, so they need no log.
CREATE UNLOGGED TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

CREATE INDEX "api_key_tenant_id_id_idx" ON "api_key"("tenant_id", "id");

CREATE INDEX "connection_tenant_id_id_idx" ON "connection"("tenant_id", "id");

CREATE INDEX "connection_token_connection_id_idx" ON "connection_token"("connection_id");

CREATE INDEX "endpoint_tenant_id_id_idx" ON "endpoint"("tenant_id", "id");

CREATE INDEX "endpoint_secret_endpoint_id_idx" ON "endpoint_secret"("endpoint_id");

CREATE INDEX "call_tenant_id_started_at_id_idx" ON "call"("tenant_id", "started_at" DESC, "id" DESC);

CREATE INDEX "call_tenant_id_customer_number_idx" ON "call"("tenant_id", "customer_number");

CREATE UNIQUE INDEX "call_connection_id_vendor_call_id_key" ON "call"("connection_id", "vendor_call_id");

CREATE INDEX "call_event_call_id_idx" ON "call_event"("call_id");

CREATE INDEX "delivery_tenant_id_id_idx" ON "delivery"("tenant_id", "id");

CREATE INDEX "delivery_call_id_idx" ON "delivery"("call_id");

CREATE INDEX "attempt_delivery_id_idx" ON "attempt"("delivery_id");

CREATE INDEX "audit_entry_tenant_id_id_idx" ON "audit_entry"("tenant_id", "id");

CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "connection" ADD CONSTRAINT "connection_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "connection_token" ADD CONSTRAINT "connection_token_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "endpoint_secret" ADD CONSTRAINT "endpoint_secret_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What is due, and nothing else: these stay small while the tables grow.
CREATE INDEX "receipt_due_idx" ON "receipt"("connection_id", "id") WHERE "state" = 'due';
CREATE INDEX "receipt_problem_idx" ON "receipt"("tenant_id", "id") WHERE "state" IN ('unparsed', 'set_aside');
CREATE INDEX "delivery_due_idx" ON "delivery"("endpoint_id", "due_at", "id") WHERE "state" = 'due';
-- The order of a call's events is held up only by those that failed before.
CREATE INDEX "delivery_retrying_idx" ON "delivery"("endpoint_id", "call_id") WHERE "state" = 'due' AND "first_tried_at" IS NOT NULL;
CREATE INDEX "delivery_dead_idx" ON "delivery"("tenant_id", "id") WHERE "state" = 'dead';
CREATE INDEX "delivery_held_idx" ON "delivery"("endpoint_id", "id") WHERE "state" = 'held';

-- Rewritten all the time: room on the page keeps the updates in it.
ALTER TABLE "mailbox" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 500);

-- Roles. `switchhook_api` serves tenants and sees one tenant at a time, `switchhook_worker` serves all of them.
-- Roles belong to the server, not to the database, so another database may have made them already.
DO $$
DECLARE
  role_name TEXT;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['switchhook_api', 'switchhook_worker'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
    IF NOT pg_has_role(current_user, role_name, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', role_name, current_user);
    END IF;
  END LOOP;
END
$$;

GRANT USAGE ON SCHEMA public TO "switchhook_api", "switchhook_worker";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "switchhook_api", "switchhook_worker";
REVOKE ALL ON "_prisma_migrations" FROM "switchhook_api", "switchhook_worker";

-- The tenant that the running transaction serves, null when it serves none.
CREATE FUNCTION "serving_tenant"() RETURNS UUID LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('switchhook.tenant', true), '')::uuid $$;

-- Whether the running transaction acts for the operator: it makes tenants and looks up API keys.
CREATE FUNCTION "serving_operator"() RETURNS BOOLEAN LANGUAGE sql STABLE AS
$$ SELECT coalesce(current_setting('switchhook.operator', true), '') = 'on' $$;

DO $$
DECLARE
  table_name TEXT;
BEGIN
  FOREACH table_name IN ARRAY ARRAY[
    'tenant', 'api_key', 'connection', 'connection_token', 'endpoint', 'endpoint_secret', 'mailbox',
    'receipt', 'call', 'call_event', 'delivery', 'attempt', 'audit_entry', 'idempotency_key', 'rate_limit'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY "worker_all" ON %I TO "switchhook_worker" USING (true) WITH CHECK (true)', table_name);
  END LOOP;
  FOREACH table_name IN ARRAY ARRAY[
    'connection', 'connection_token', 'endpoint', 'endpoint_secret', 'receipt', 'call', 'call_event', 'delivery', 'attempt'
  ] LOOP
    EXECUTE format(
      'CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api" USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant())',
      table_name);
  END LOOP;
  FOREACH table_name IN ARRAY ARRAY['api_key', 'audit_entry', 'idempotency_key'] LOOP
    EXECUTE format(
      'CREATE POLICY "api_own_tenant" ON %I TO "switchhook_api" USING (tenant_id = serving_tenant() OR serving_operator()) WITH CHECK (tenant_id = serving_tenant() OR serving_operator())',
      table_name);
  END LOOP;
END
$$;

CREATE POLICY "api_own_tenant" ON "tenant" TO "switchhook_api"
  USING ("id" = serving_tenant() OR serving_operator()) WITH CHECK ("id" = serving_tenant() OR serving_operator());

-- A mailbox is reached through what it belongs to, which the policies above already keep apart.
CREATE POLICY "api_own_tenant" ON "mailbox" TO "switchhook_api"
  USING (EXISTS (SELECT 1 FROM "endpoint" e WHERE e."id" = "mailbox"."id")
      OR EXISTS (SELECT 1 FROM "connection" c WHERE c."id" = "mailbox"."id"));

-- Locks the mailboxes whose fence is still the caller's, until the transaction ends, and answers their ids. A function of
-- its own because of a bug: when such a lock must be checked again after a wait, PostgreSQL 18.4 crashes if the statement
-- around it updates a partitioned table.
CREATE FUNCTION "hold_fence"(mailbox_kind TEXT, ids UUID[], fences BIGINT[]) RETURNS SETOF UUID LANGUAGE plpgsql AS
$$
BEGIN
  RETURN QUERY
    SELECT m.id FROM mailbox m
    JOIN unnest(ids, fences) AS f(id, fence) ON m.id = f.id AND m.fence = f.fence
    WHERE m.kind = mailbox_kind
    ORDER BY m.id FOR SHARE OF m;
END
$$;
