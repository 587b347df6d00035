-- A PBX may give the id of a call that is over to another one: the calls that had an id are counted.
ALTER TABLE "call" ADD COLUMN "occurrence" INTEGER NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX "call_connection_id_vendor_call_id_occurrence_key" ON "call"("connection_id", "vendor_call_id", "occurrence");

DROP INDEX "call_connection_id_vendor_call_id_key";
