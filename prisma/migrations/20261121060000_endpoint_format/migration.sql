-- What an endpoint's format is set to. Each format has settings of its own and checks them where they come in.
ALTER TABLE "endpoint" ADD COLUMN "format_settings" JSONB NOT NULL DEFAULT '{}';

-- A format may make several requests of one event: the keys of those that were taken, with commas between them, while
-- others are still to be tried. Null for the many deliveries that are one request.
ALTER TABLE "delivery" ADD COLUMN "parts_done" TEXT;
