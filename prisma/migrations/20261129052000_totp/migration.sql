-- A second factor: codes of an app (RFC 6238), each taken once, and recovery codes for who has lost it.
ALTER TABLE "app_user"
  ADD COLUMN "sealed_totp" TEXT,
  ADD COLUMN "totp_since" TIMESTAMPTZ(3),
  ADD COLUMN "totp_last_step" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "recovery_hashes" BYTEA[];
ALTER TABLE "session" ADD COLUMN "second_factor" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "tenant" ADD COLUMN "requires_totp" BOOLEAN NOT NULL DEFAULT false;
