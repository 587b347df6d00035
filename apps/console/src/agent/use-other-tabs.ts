import { useCallback, useEffect, useRef } from 'react';

/**
 * What tabs of one agent's tell each other.
 *
 * @param about  whose they are, and of what they tell
 * @param hear  what another tab tells
 * @returns what tells the others
 */
export function useOtherTabs<News>(about: string, hear: (news: News) => void): (news: News) => void {
  const latest = useRef(hear);
  const channel = useRef<BroadcastChannel>(undefined);
  useEffect(() => {
    latest.current = hear;
  });
  useEffect(() => {
    const made = new BroadcastChannel(`switchhook.agent.${about}`);
    made.addEventListener('message', ({ data }: MessageEvent<News>) => {
      latest.current(data);
    });
    channel.current = made;
    return () => {
      made.close();
      channel.current = undefined;
    };
  }, [about]);
  return useCallback((news) => channel.current?.postMessage(news), []);
}
