import { setTimeout as delay } from 'node:timers/promises';

/** An engine on this machine answers in milliseconds; a socket that nobody reads would keep every test run waiting. */
const ANSWERS_WITHIN_MS = 3_000;

/** Whether a Docker engine is there and answers, wherever testcontainers would look for one (DOCKER_HOST, the usual sockets). */
export async function dockerAnswers(withinMs = ANSWERS_WITHIN_MS): Promise<boolean> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const clock = new AbortController();
  const answers = getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
  const tooLate = delay(withinMs, false, { signal: clock.signal }).catch(() => false);
  try {
    return await Promise.race([answers, tooLate]);
  } finally {
    clock.abort();
  }
}
