-- What an endpoint's requests carry besides ours: headers of its own and its credentials, sealed. Null for nothing.
ALTER TABLE "endpoint" ADD COLUMN "sealed_access" TEXT;
