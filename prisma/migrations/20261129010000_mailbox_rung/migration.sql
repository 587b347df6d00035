-- Somebody rang while the mailbox was held: whoever holds it looks once more when it is given back.
ALTER TABLE "mailbox" ADD COLUMN "rung" BOOLEAN NOT NULL DEFAULT false;
