-- Not only API keys make requests: also people who sign in, and holders of portal links.
ALTER TABLE "audit_entry" ADD COLUMN "actor_kind" TEXT NOT NULL DEFAULT 'key';
UPDATE "audit_entry" SET "actor_kind" = 'system' WHERE "actor" = 'system';
ALTER TABLE "idempotency_key" RENAME COLUMN "api_key_id" TO "actor_id";
