import {
  AppError,
  addTally,
  countTry,
  noTries,
  spanStart,
  type CountedTry,
  type EndpointId,
  type Instant,
} from '#domain';
import type { EndpointStatRow, EndpointStatStore } from '#db';
import { FlushCycle, logFailure, type Log } from '#platform';

/** What a process that is killed has counted in vain. */
const FLUSH_EVERY_MS = 10_000;
/** Minutes of one statement; their hours come on top. */
const BATCH = 250;

export interface EndpointTalliesParts {
  store: Pick<EndpointStatStore, 'add'>;
  log: Log;
}

/**
 * Counts what came of tries in this process' memory, and adds it to the statistics every few seconds and at the end. A
 * delivery costs a few additions and no statement (docs/adr/0014).
 */
export class EndpointTallies {
  private minutes = new Map<string, EndpointStatRow>();
  private readonly cycle = new FlushCycle(FLUSH_EVERY_MS, () => this.flush());

  constructor(private readonly parts: EndpointTalliesParts) {}

  /** @param at  when it ended */
  count(endpointId: EndpointId, tried: CountedTry, at: Instant): void {
    const row = this.minuteOf(endpointId, spanStart(at, 'minute'));
    countTry(row.tally, tried);
  }

  start(): void {
    this.cycle.start();
  }

  async stop(): Promise<void> {
    await this.cycle.stop();
  }

  /** Never rejects: what cannot be written now is written by the next flush. */
  async flush(): Promise<void> {
    const rows = [...this.minutes.values()];
    this.minutes = new Map();
    while (rows.length > 0) {
      const batch = rows.splice(0, BATCH);
      try {
        await this.parts.store.add([...batch, ...hoursOf(batch)]);
      } catch (error) {
        logFailure(this.parts.log, 'endpoint_stats.failed', error, { minutes: batch.length });
        // What the database refuses today it will refuse tomorrow.
        if (!(error instanceof AppError && error.fault === 'unavailable')) continue;
        this.putBack([...batch, ...rows]);
        return;
      }
    }
  }

  private minuteOf(endpointId: EndpointId, at: Instant): EndpointStatRow {
    const key = `${endpointId} ${at}`;
    let row = this.minutes.get(key);
    if (!row) {
      row = { endpointId, span: 'minute', at, tally: noTries() };
      this.minutes.set(key, row);
    }
    return row;
  }

  private putBack(rows: readonly EndpointStatRow[]): void {
    for (const { endpointId, at, tally } of rows) addTally(this.minuteOf(endpointId, at).tally, tally);
  }
}

/** The same tries by the hour. */
function hoursOf(minutes: readonly EndpointStatRow[]): EndpointStatRow[] {
  const hours = new Map<string, EndpointStatRow>();
  for (const { endpointId, at: minute, tally } of minutes) {
    const at = spanStart(minute, 'hour');
    const key = `${endpointId} ${at}`;
    const hour = hours.get(key) ?? { endpointId, span: 'hour', at, tally: noTries() };
    addTally(hour.tally, tally);
    hours.set(key, hour);
  }
  return [...hours.values()];
}
