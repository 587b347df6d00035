import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLive } from '../live/use-live';

/** First words of the keys of queries that are asked anew when the server rings for a list, or polls. */
const SHOWN_OF: Readonly<Record<string, readonly string[]>> = {
  calls: ['calls', 'overview'],
  // Deliveries are on the timeline of their call as well.
  deliveries: ['deliveries', 'calls', 'overview', 'endpoints', 'replays', 'connectors'],
};
const ROOMS = Object.keys(SHOWN_OF);
const POLL_MS = 15_000;

/** Asks anew for what is shown, by key of its query, whenever the server rings; without a connection every 15 seconds. @param mayHear  that there is one for whoever asks @returns whether it is connected */
export function useDoorbells(tenant: string, mayHear = true): boolean {
  const client = useQueryClient();
  const [connected, setConnected] = useState(false);
  const ring = (topic: string): void => {
    for (const key of SHOWN_OF[topic] ?? []) void client.invalidateQueries({ queryKey: [key, tenant] });
  };
  useLive(mayHear ? { tenant } : null, {
    rooms: ROOMS,
    ring,
    begin: () => {
      ROOMS.forEach(ring);
    },
    connected: setConnected,
  });
  useEffect(() => {
    if (connected) return undefined;
    const poll = setInterval(() => {
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === tenant });
    }, POLL_MS);
    return () => {
      clearInterval(poll);
    };
  }, [client, connected, tenant]);
  return connected;
}
