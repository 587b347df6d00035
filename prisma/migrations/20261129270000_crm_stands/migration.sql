-- When the CRM was asked last to make something: from then on its search may be behind. Null: when it was asked first.

ALTER TABLE "crm_log" ADD COLUMN "asked_at" TIMESTAMPTZ(3);
ALTER TABLE "crm_contact" ADD COLUMN "asked_at" TIMESTAMPTZ(3);

-- Where a record is that its CRM could not move, and the second records of a call, by contact.
ALTER TABLE "crm_log" ADD COLUMN "stands" JSONB, ADD COLUMN "anew" JSONB;
