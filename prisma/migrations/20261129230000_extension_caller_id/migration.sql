-- The number, in E.164, that leads are shown who are dialled for this phone.

ALTER TABLE "extension" ADD COLUMN "caller_id" TEXT;
