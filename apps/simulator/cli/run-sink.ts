import { setTimeout as delay } from 'node:timers/promises';
import { CrmSink } from '../crm/crm-sink.js';
import type { SinkStats } from '../crm/delivery-book.js';
import type { SinkOptions } from './sink-options.js';

const LOOK_EVERY_MS = 1_000;

/**
 * Runs the sink until its deliveries or its time are used up or the signal aborts.
 * @param now  time of day in milliseconds
 */
export async function runSink(
  options: SinkOptions,
  { now, signal, say }: { now: () => number; signal: AbortSignal; say: (line: string) => void },
): Promise<Record<string, SinkStats>> {
  const { secrets, scripts, keep: keepBodies } = options;
  const sink = new CrmSink({ now, secrets, scripts, keepBodies });
  const port = await sink.listen(options.port, options.host);
  say(`listening on http://${options.host}:${String(port)}/crm/{name}`);
  const enough = new AbortController();
  sink
    .until(() => sink.deliveredCount >= options.deliveries, options.seconds * 1000)
    .then(
      () => enough.abort(),
      () => undefined,
    );
  let told = -1;
  const progress = setInterval(() => {
    if (sink.deliveredCount === told) return;
    told = sink.deliveredCount;
    say(`${String(told)} delivered`);
  }, LOOK_EVERY_MS);
  try {
    const over = AbortSignal.any([signal, enough.signal]);
    await delay(options.seconds * 1000, undefined, { signal: over }).catch(() => undefined);
    return sink.stats();
  } finally {
    clearInterval(progress);
    await sink.close();
  }
}
