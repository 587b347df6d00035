-- What people want the next one to know of an endpoint.
ALTER TABLE "endpoint" ADD COLUMN "note" TEXT;
