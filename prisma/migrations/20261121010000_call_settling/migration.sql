-- A call that is not over yet is closed at this time if nothing more is heard of it: the end of a call of several legs is
-- held off for a moment, and a call whose end never comes is closed after the longest call time.
ALTER TABLE "call" ADD COLUMN "settle_at" TIMESTAMPTZ(3);

-- Calls that go on or wait, and nothing else: small, however many calls there were. By connection, as the sweeper hops.
CREATE INDEX "call_settling_idx" ON "call"("connection_id", "settle_at") WHERE "settle_at" IS NOT NULL;
