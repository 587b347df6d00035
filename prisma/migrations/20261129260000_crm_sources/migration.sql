-- A source of contacts may be the CRM of an endpoint: it is asked by the endpoint's connector, with the endpoint's credentials, and
-- goes with it. It has no URL of its own then.
ALTER TABLE "contact_source" ALTER COLUMN "url" DROP NOT NULL, ADD COLUMN "endpoint_id" UUID;
ALTER TABLE "contact_source" ADD CONSTRAINT "contact_source_asks_one" CHECK (("url" IS NULL) <> ("endpoint_id" IS NULL));
ALTER TABLE "contact_source" ADD CONSTRAINT "contact_source_endpoint_id_fkey"
  FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "contact_source_endpoint_id_idx" ON "contact_source"("endpoint_id");

-- With another CRM, other settings or other credentials behind it, what was said and how it did before count for nothing.
CREATE FUNCTION "asked_otherwise"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "contact_source" SET "version" = "version" + 1 WHERE "endpoint_id" = NEW."id" AND "tenant_id" = NEW."tenant_id";
  RETURN NULL;
END $$;
CREATE TRIGGER "asked_otherwise" AFTER UPDATE OF "url", "format", "format_settings", "sealed_access", "grant_epoch" ON "endpoint"
  FOR EACH ROW WHEN (
    (OLD."url", OLD."format", OLD."format_settings", OLD."sealed_access", OLD."grant_epoch")
    IS DISTINCT FROM (NEW."url", NEW."format", NEW."format_settings", NEW."sealed_access", NEW."grant_epoch")
  ) EXECUTE FUNCTION "asked_otherwise"();
