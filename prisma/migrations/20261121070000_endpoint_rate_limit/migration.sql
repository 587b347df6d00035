-- How many deliveries a minute an endpoint takes, null for as many as there are, and how many of them at once.
ALTER TABLE "endpoint" ADD COLUMN "rate_per_minute" INTEGER,
ADD COLUMN "rate_burst" INTEGER NOT NULL DEFAULT 1;
