-- Grows when a mailbox is started afresh; a drain that began before must not put back what it remembers.
ALTER TABLE "mailbox" ADD COLUMN "epoch" INTEGER NOT NULL DEFAULT 0;
