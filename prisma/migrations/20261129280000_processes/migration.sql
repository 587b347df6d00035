-- Processes of the installation, for operators: each says every few seconds that it is there, and which version it is of.
CREATE TABLE "process" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "process_pkey" PRIMARY KEY ("id")
);

GRANT SELECT, INSERT, UPDATE, DELETE ON "process" TO "switchhook_worker";
ALTER TABLE "process" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "worker_all" ON "process" TO "switchhook_worker" USING (true) WITH CHECK (true);
