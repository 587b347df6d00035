import { useEffect, useState } from 'react';
import { nowMs } from '../page/now-ms';

const SECOND = 1_000;

/** Milliseconds since 1970, anew each second. */
export function useNow(): number {
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    const tick = setInterval(() => {
      setNow(nowMs());
    }, SECOND);
    return () => {
      clearInterval(tick);
    };
  }, []);
  return now;
}
