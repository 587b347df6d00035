-- What a public do-not-call registry said of a number, as the tenant has told: each under the form that stands for all of its forms.
CREATE TABLE "registry_check" (
    "tenant_id" UUID NOT NULL,
    "phone" TEXT NOT NULL,
    "listed" BOOLEAN NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registry_check_pkey" PRIMARY KEY ("tenant_id", "phone")
);
ALTER TABLE "registry_check" ADD CONSTRAINT "registry_check_tenant_id_fkey"
  FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON "registry_check" TO "switchhook_api", "switchhook_worker";
ALTER TABLE "registry_check" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "worker_all" ON "registry_check" TO "switchhook_worker" USING (true) WITH CHECK (true);
CREATE POLICY "api_own_tenant" ON "registry_check" TO "switchhook_api"
  USING (tenant_id = serving_tenant()) WITH CHECK (tenant_id = serving_tenant());
