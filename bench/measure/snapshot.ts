/** What all processes have used and counted up to a moment, and what happened between two of them. */
import type { Stage } from '../stage/stage.js';
import { usageOf, type Usage } from './process-usage.js';
import { difference, scrape, type Counters } from './scrape.js';

export interface Snapshot {
  usage: ReadonlyMap<string, Usage>;
  counters: ReadonlyMap<string, Counters>;
  walBytes: number;
}

export async function snapshot(stage: Stage): Promise<Snapshot> {
  const { playing, wal } = stage;
  const [usage, counters, walBytes] = await Promise.all([
    usages(stage),
    Promise.all(playing.processes.map(async (name) => [name, await scrape(playing.url(name))] as const)),
    wal.bytes(),
  ]);
  return { usage, counters: new Map<string, Counters>(counters), walBytes };
}

export interface Spent {
  /** CPU seconds by process. */
  cpuSeconds: Record<string, number>;
  /** Of all processes together: `switchhook_jobs_total` and the like, and `switchhook_statements_total{name}`. */
  counted: ReadonlyMap<string, number>;
  /** Written by PostgreSQL to its log. */
  walBytes: number;
}

export function spent(before: Snapshot, after: Snapshot): Spent {
  const counted = new Map<string, number>();
  for (const [name, counters] of after.counters) {
    for (const [key, value] of difference(before.counters.get(name) ?? new Map(), counters)) {
      counted.set(key, (counted.get(key) ?? 0) + value);
    }
  }
  const cpuSeconds: Record<string, number> = {};
  for (const [name, { cpuSeconds: now }] of after.usage) {
    const then = before.usage.get(name)?.cpuSeconds ?? 0;
    // A process that was restarted has begun again.
    cpuSeconds[name] = now >= then ? now - then : now;
  }
  return { cpuSeconds, counted, walBytes: after.walBytes - before.walBytes };
}

/** By process, the bench's own included. */
export async function usages({
  playing,
  redis,
  postgresPid,
  load,
  sink,
}: Stage): Promise<Map<string, Usage>> {
  const entries = await Promise.all([
    ...playing.processes.map(async (name) => [name, await usageOf(playing.child(name).pid)] as const),
    usageOf(postgresPid, { family: true }).then((usage) => ['postgres', usage] as const),
    ...(redis ? [usageOf(redis.pid).then((usage) => ['redis', usage] as const)] : []),
    usageOf(load.pid).then((usage) => ['load', usage] as const),
    usageOf(sink.pid).then((usage) => ['sink', usage] as const),
  ]);
  return new Map(entries);
}
