import { useEffect, useState } from 'react';
import { nowMs } from './now-ms';

const TICK_MS = 1_000;

/** Now, once a second, for as long as something goes on. @param asOf  milliseconds since 1970: what is known is of then */
export function useNow(isRunning: boolean, asOf: number): number {
  const [now, setNow] = useState(asOf);
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => {
      setNow(nowMs());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isRunning]);
  return Math.max(now, asOf);
}
