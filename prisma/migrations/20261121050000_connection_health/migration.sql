-- What of a connection nobody could read or work on: its health counts these, and a replay of all of them finds them.
CREATE INDEX "receipt_connection_problem_idx" ON "receipt"("connection_id", "id") WHERE "state" IN ('unparsed', 'set_aside');
