-- Whose a number is: the tenant's policy where several contacts have it, and what is never anybody's number.
ALTER TABLE "tenant" ADD COLUMN "match_policy" JSONB NOT NULL DEFAULT '{}';
-- Whether there was ever a contact: of the calls of all others nobody is asked.
ALTER TABLE "tenant" ADD COLUMN "knows_contacts" BOOLEAN NOT NULL DEFAULT false;
UPDATE "tenant" t SET "knows_contacts" = true WHERE EXISTS (SELECT 1 FROM "contact" c WHERE c."tenant_id" = t."id");

CREATE FUNCTION "contacts_known"() RETURNS TRIGGER LANGUAGE plpgsql AS
$$
BEGIN
  UPDATE tenant t SET knows_contacts = true, setup_version = t.setup_version + 1
  WHERE t.id = ANY(ARRAY(SELECT DISTINCT c.tenant_id FROM changed c)) AND NOT t.knows_contacts;
  RETURN NULL;
END
$$;
CREATE TRIGGER "contacts_known" AFTER INSERT ON "contact" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION contacts_known();

-- The last digits are the same in every spelling of a number. The tenant's own numbers and phones are few, and are read by them.
CREATE INDEX "did_tenant_id_tail_idx" ON "did"("tenant_id", right(regexp_replace("number", '\D', '', 'g'), 7));
CREATE INDEX "extension_tenant_id_tail_idx" ON "extension"("tenant_id", right(regexp_replace("number", '\D', '', 'g'), 7));

-- As before, and with what decides whose a number is.
CREATE OR REPLACE FUNCTION "connection_context"(wanted UUID, directory BOOLEAN) RETURNS JSON LANGUAGE sql STABLE AS
$$
  SELECT json_build_object(
    'tenantId', c.tenant_id, 'dialect', c.dialect, 'timeZone', c.time_zone, 'country', c.country, 'epochs', c.epochs,
    'settings', c.settings, 'guarded', c.sealed_credentials IS NOT NULL, 'recordingsByName', c.recordings_by_name,
    'knowsContacts', t.knows_contacts, 'matchPolicy', t.match_policy,
    'endpoints', (SELECT coalesce(json_agg(json_build_object(
         'id', e.id, 'eventTypes', e.event_types, 'filter', e.filter, 'enabled', e.state = 'enabled')), '[]')
       FROM endpoint e WHERE e.tenant_id = c.tenant_id),
    'people', CASE WHEN directory THEN json_build_object(
      'agents', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'email', a.email, 'code', a.code)), '[]')
         FROM agent a WHERE a.tenant_id = c.tenant_id),
      'extensions', (SELECT coalesce(json_agg(json_build_object(
           'number', x.number, 'aliases', x.aliases, 'agentId', x.agent_id, 'label', x.label)), '[]')
         FROM extension x WHERE x.connection_id = c.id),
      'queues', (SELECT coalesce(json_agg(json_build_object('vendorId', q.vendor_id, 'label', q.label)), '[]')
         FROM queue q WHERE q.connection_id = c.id),
      'dids', (SELECT coalesce(json_agg(json_build_object('number', d.number, 'label', d.label)), '[]')
         FROM did d WHERE d.connection_id = c.id)) END)
  FROM connection c JOIN tenant t ON t.id = c.tenant_id WHERE c.id = wanted
$$;
