/**
 * Connections that are switched on and of whose WebSockets none has been open for $2 seconds, though one was, and of which nobody was
 * told: whose they are, since when in epoch milliseconds, and why the last one ended. One that nobody says any more that he holds is not
 * open. Those that were closed first come first.
 */
export const SOCKETS_DOWN = `
SELECT c.id, c.tenant_id, c.name, extract(epoch FROM s.closed_at)::float8 * 1000 AS since, s.reason
FROM (
  SELECT connection_id, max(CASE WHEN state = 'up' THEN beat_at ELSE since END) AS closed_at,
    (array_agg(reason ORDER BY since DESC) FILTER (WHERE state = 'down'))[1] AS reason
  FROM pbx_socket GROUP BY connection_id
  HAVING NOT bool_or(state = 'up' AND beat_at >= now() - interval '10 s')
) s
JOIN connection c ON c.id = s.connection_id
WHERE c.enabled AND s.closed_at <= now() - $2::int * interval '1 s'
  AND (SELECT a.told_at FROM alert a WHERE a.type = 'connection.socket_down' AND a.subject = c.id::text) IS NULL
ORDER BY s.closed_at LIMIT $1::int`;

/** Connections of which that was told, and which have a WebSocket again. */
export const SOCKETS_UP_AGAIN = `
SELECT c.id, c.tenant_id, c.name
FROM alert a JOIN connection c ON c.id = CASE WHEN a.type = 'connection.socket_down' THEN a.subject::uuid END
WHERE a.type = 'connection.socket_down' AND EXISTS (
  SELECT 1 FROM pbx_socket s
  WHERE s.connection_id = c.id AND s.state = 'up' AND s.beat_at >= now() - interval '10 s')`;
