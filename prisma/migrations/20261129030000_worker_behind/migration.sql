-- How late the letters are that a worker takes up now, told once a second while they are: ingress slows down by it.
ALTER TABLE "worker" ADD COLUMN "behind_ms" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "behind_at" TIMESTAMPTZ(3);
