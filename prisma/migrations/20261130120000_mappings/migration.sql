-- What signatures of a connection's messages are checked with, by name, sealed. Null: nothing is kept.

ALTER TABLE "connection" ADD COLUMN "sealed_signing_secrets" TEXT;
