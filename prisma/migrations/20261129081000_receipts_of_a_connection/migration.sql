-- The receipts of a connection that were worked on, in their order; those that are due or need somebody have such indexes
-- already. It is written to when a receipt is done, so whoever sends a webhook does not wait for it.
CREATE INDEX "receipt_done_idx" ON "receipt"("connection_id", "id") WHERE "state" = 'done';
