-- Campaigns on the live channel.

-- A campaign as the live channel tells it: what it is, what the dialer did at its last look, how many wait (counted up to 10,000), and
-- what its calls of the last 24 hours came to.
CREATE FUNCTION "campaign_now"(which UUID) RETURNS JSON LANGUAGE sql STABLE AS
$$
SELECT json_build_object(
  'id', c.id, 'connectionId', c.connection_id, 'name', c.name, 'mode', c.mode, 'state', c.state,
  'stateAt', (extract(epoch FROM c.state_at) * 1000)::float8,
  'standing', CASE WHEN c.standing ->> 'at' IS NULL THEN NULL ELSE c.standing END,
  'waiting', (SELECT count(*)::int FROM (
     SELECT 1 FROM campaign_lead l WHERE l.campaign_id = c.id AND l.state = 'waiting' LIMIT 10000) w),
  'lastDay', (SELECT json_build_object('dials', coalesce(sum(t.dials), 0)::int, 'answers', coalesce(sum(t.answers), 0)::int,
     'served', coalesce(sum(t.served), 0)::int, 'drops', coalesce(sum(t.drops), 0)::int)
     FROM campaign_tally t WHERE t.campaign_id = c.id AND t.hour > now() - interval '24 h'))
FROM campaign c WHERE c.id = which
$$;

-- Tells what a campaign is now, as the last thing that the transaction does which changed it (see "tell_live"). Nothing is counted and
-- nothing written where nobody listens. Answers whether somebody does.
CREATE FUNCTION "tell_campaign"(tenant UUID, which UUID) RETURNS BOOLEAN LANGUAGE plpgsql AS
$$
DECLARE
  heard BOOLEAN;
BEGIN
  INSERT INTO live_log (tenant_id, number, since, until) VALUES (tenant, 0, now(), to_timestamp(0))
  ON CONFLICT (tenant_id) DO NOTHING;
  SELECT l.until > now() INTO heard FROM live_log l WHERE l.tenant_id = tenant FOR NO KEY UPDATE;
  IF heard IS NOT TRUE THEN
    RETURN false;
  END IF;
  RETURN tell_live(tenant, ARRAY[json_build_object('campaign', campaign_now(which))::text]);
END
$$;
