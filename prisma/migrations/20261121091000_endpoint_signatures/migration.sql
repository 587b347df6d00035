-- How an endpoint's deliveries are signed, and with what its receiver checks those of the kind v1a.
ALTER TABLE "endpoint" ADD COLUMN "public_key" TEXT,
ADD COLUMN "signatures" TEXT[] DEFAULT ARRAY['v1']::TEXT[];
