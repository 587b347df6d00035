import { setTimeout as delay } from 'node:timers/promises';
import { ApiServer } from '../apis/api-server.js';
import type { ApiOptions } from './api-options.js';

export interface ApiReport {
  /** Requests that came. */
  requests: number;
  /** Calls that were placed, by number. */
  placed: Record<string, number>;
}

/**
 * Plays a vendor's API until its time is used up or the signal aborts. Says first where it listens, with whom it works and
 * what a client has to be set up with.
 *
 * @param now  time of day in milliseconds
 */
export async function runApi(
  options: ApiOptions,
  { now, signal, tell }: { now: () => number; signal: AbortSignal; tell: (opened: object) => void },
): Promise<ApiReport> {
  const { vendor, ingressUrl, lines, speed, seed } = options;
  const server = new ApiServer({
    vendor,
    now,
    speed,
    seed,
    lines,
    ...(ingressUrl === undefined ? {} : { ingressUrl }),
  });
  const url = await server.listen(options.port, options.host);
  const { settings, secrets } = server.account;
  const extensions = server.desk.office.agents.map(({ sip, extension, name }) => ({ sip, extension, name }));
  tell({ url, settings, secrets, extensions });
  try {
    await delay(options.seconds * 1_000, undefined, { signal }).catch(() => undefined);
    const placed: Record<string, number> = {};
    for (const { outside } of server.desk.calls) placed[outside] = (placed[outside] ?? 0) + 1;
    return { requests: server.requests.length, placed };
  } finally {
    await server.close();
  }
}
