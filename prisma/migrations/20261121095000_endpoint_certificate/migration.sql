-- When an endpoint's credentials expire, in the clear so that it can be asked for; null for never, or nobody knows.
ALTER TABLE "endpoint" ADD COLUMN "credentials_expire_at" TIMESTAMPTZ(3);
