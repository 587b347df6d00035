-- After how many hours without one success an endpoint is disabled, null for never.
ALTER TABLE "endpoint" ADD COLUMN "disable_after_hours" INTEGER DEFAULT 120;
