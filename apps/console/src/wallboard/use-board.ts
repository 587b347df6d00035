import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { ask } from '../api/ask';
import type { LiveEvent } from '../live/live-connection';
import { nowMs } from '../page/now-ms';
import { useLive } from '../live/use-live';
import { LiveBoard, type Board } from './live-board';

const ROOMS = ['agents', 'popups', 'queues'];
const POLL_MS = 5_000;

/** What goes on at queues and agents, and when it was last heard of. Without a connection it is asked for every five seconds. */
export function useBoard(tenant: string): { board: Board; heardAt: RefObject<number>; isLive: boolean } {
  const live = useMemo(() => new LiveBoard(), [tenant]);
  const heardAt = useRef(nowMs());
  const [isLive, setLive] = useState(false);
  const hear =
    (take: (events: readonly LiveEvent[]) => void) =>
    (events: readonly LiveEvent[]): void => {
      heardAt.current = nowMs();
      take(events);
    };
  useLive(
    { tenant },
    { rooms: ROOMS, begin: hear(live.begin), change: hear(live.change), connected: setLive },
  );
  const { data } = useQuery({
    queryKey: ['wallboard', tenant, 'now'],
    queryFn: ({ signal }) => ask('live.events', { tenant, signal }),
    enabled: !isLive,
    refetchInterval: POLL_MS,
    refetchIntervalInBackground: true,
    gcTime: 0,
  });
  useEffect(() => {
    if (data === undefined || isLive) return;
    heardAt.current = nowMs();
    live.begin(data.events);
  }, [data, isLive, live]);
  return { board: useSyncExternalStore(live.subscribe, live.read), heardAt, isLive };
}
