-- PostgreSQL plans by the sizes that it knew of last, which for new tables is nothing, and looks again after a minute. Until then each
-- number of a large import was checked against its contact by an index that holds all contacts of the tenant: the time grew with the
-- square of the rows. So an import has the tables looked at while they are small; where they are known to be large nothing is done.
CREATE FUNCTION "learn_contact_sizes"() RETURNS BOOLEAN LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS
$$
BEGIN
  IF (SELECT reltuples FROM pg_class WHERE oid = 'public.contact'::regclass) >= 20000 THEN
    RETURN false;
  END IF;
  ANALYZE "contact";
  ANALYZE "contact_phone";
  RETURN true;
END
$$;
REVOKE ALL ON FUNCTION "learn_contact_sizes"() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "learn_contact_sizes"() TO "switchhook_worker";
