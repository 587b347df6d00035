-- What was sent, where it is not the event as it stands. Its first 16 KiB; null for the format "standard".
ALTER TABLE "attempt" ADD COLUMN "request_body" TEXT;
