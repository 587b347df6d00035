import { useEffect, useRef } from 'react';
import { LiveConnection, type LiveListener } from './live-connection';

/** By whom they speak for. */
const connections = new Map<string, LiveConnection>();

/**
 * Listens to the live channel while a component is shown.
 *
 * @param identity  `{ tenant }` of a session, or `{ token }`; null listens to nothing
 * @param listener  may be another one each time; its rooms should not be
 */
export function useLive(identity: Readonly<Record<string, string>> | null, listener: LiveListener): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  const who = identity === null ? null : JSON.stringify(identity);
  const rooms = listener.rooms.join(' ');
  useEffect(() => {
    if (who === null) return undefined;
    const connection = connectionOf(who);
    const leave = connection.listen({
      rooms: rooms.split(' '),
      begin: (events) => latest.current.begin?.(events),
      change: (events) => latest.current.change?.(events),
      ring: (topic, ids) => latest.current.ring?.(topic, ids),
      connected: (up) => latest.current.connected?.(up),
    });
    return () => {
      leave();
      if (!connection.isUnheard) return;
      connections.delete(who);
      connection.close();
    };
  }, [who, rooms]);
}

function connectionOf(who: string): LiveConnection {
  const known = connections.get(who);
  if (known !== undefined) return known;
  const made = new LiveConnection(JSON.parse(who) as Record<string, string>);
  connections.set(who, made);
  return made;
}
