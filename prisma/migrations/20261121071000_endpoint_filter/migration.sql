-- Which of the events that it asked for by type an endpoint wants at all, null for all of them.
ALTER TABLE "endpoint" ADD COLUMN "filter" JSONB;
