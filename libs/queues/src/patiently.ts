import { setTimeout as delay } from 'node:timers/promises';

/** How long a process that stops waits for a queue that may be away: all its workers together, as they stop one after the other. */
const PATIENCE_MS = 2_000;
/** What a worker gets when those before it have used that up: enough for a queue that answers. */
const LEAST_MS = 150;
/** Who comes so long after the last one is not of the same stop. */
const APART_MS = 1_000;

let until = 0;
let lastAt = -Infinity;

/** Waits for the end of `work`, good or bad, but not for ever: BullMQ would, while its server is away. */
export async function patiently(work: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  const tooLong = delay(patience(performance.now()), undefined, { signal: timer.signal });
  await Promise.allSettled([Promise.race([work, tooLong])]);
  timer.abort();
  await tooLong.catch(() => undefined);
  lastAt = performance.now();
}

function patience(now: number): number {
  if (now - lastAt > APART_MS && now > until) until = now + PATIENCE_MS;
  lastAt = now;
  return Math.max(LEAST_MS, until - now);
}
