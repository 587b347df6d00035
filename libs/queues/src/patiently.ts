import { setTimeout as delay } from 'node:timers/promises';

/** How long a process that stops waits for a queue that may be away. */
const PATIENCE_MS = 2_000;

/** Waits for the end of `work`, good or bad, but not for ever: BullMQ would, while its server is away. */
export async function patiently(work: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  const tooLong = delay(PATIENCE_MS, undefined, { signal: timer.signal });
  await Promise.allSettled([Promise.race([work, tooLong])]);
  timer.abort();
  await tooLong.catch(() => undefined);
}
