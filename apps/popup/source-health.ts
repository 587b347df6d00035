import {
  CLOSED_BREAKER,
  FIRST_BACK_OFF_MS,
  adviceOf,
  afterTry,
  instant,
  startProbe,
  type Breaker,
  type ContactSourceId,
  type Instant,
} from '#domain';
import type { HotSource, SourceHealthRow, SourceHealthStore } from '#db';
import { Cycle, logFailure, type Clock, type Log } from '#platform';
import type { Finding } from '#sources';

/** What the tenant sees of it may be as old as this; whether it is left alone is told at once. */
const FLUSH_EVERY_MS = 1_000;
/** Sources remembered; when full, all are forgotten. */
const KEEP_MOST = 10_000;
const LONGEST_REST_MS = 60 * 60 * 1_000;

export interface SourceHealthParts {
  store: Pick<SourceHealthStore, 'note'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

type Source = Pick<HotSource, 'id' | 'version' | 'openUntil'>;

interface Seen {
  version: number;
  breaker: Breaker;
  row: SourceHealthRow;
}

/**
 * How sources do, as this worker sees it: one that failed again and again is left alone for a while. What it sees is written down
 * for the tenant, for ingress, who does not wait for such a one, and for other workers.
 */
export class SourceHealth {
  private readonly seen = new Map<ContactSourceId, Seen>();
  private changed = new Map<ContactSourceId, SourceHealthRow>();
  private flushing: Promise<void> = Promise.resolve();
  private readonly cycle = new Cycle(FLUSH_EVERY_MS, () => this.flush());

  constructor(private readonly parts: SourceHealthParts) {}

  start(): void {
    this.cycle.start();
  }

  async stop(): Promise<void> {
    await this.cycle.stop();
    await this.flush();
  }

  /** Whether it may be asked now; of one that was left alone long enough one question may go, to see. */
  admits(source: Source): boolean {
    const seen = this.of(source);
    const now = this.parts.clock.now();
    const advice = adviceOf(seen.breaker, now);
    if (advice.kind === 'probe') seen.breaker = startProbe(seen.breaker, now);
    return advice.kind !== 'wait';
  }

  note(source: Source, finding: Finding): void {
    if (!finding.ok && finding.cause === 'aborted') return;
    const seen = this.of(source);
    const now = this.parts.clock.now();
    const before = openUntilOf(seen.breaker);
    seen.breaker = afterFinding(seen.breaker, finding, now);
    const openUntil = openUntilOf(seen.breaker);
    seen.row = finding.ok
      ? { ...seen.row, answeredAt: now, failuresInARow: 0, openUntil }
      : {
          ...seen.row,
          failedAt: now,
          failure: finding.reason,
          failuresInARow: seen.row.failuresInARow + 1,
          openUntil,
        };
    this.changed.set(source.id, seen.row);
    if (openUntil !== before) void this.flush();
  }

  /** Never rejects: what cannot be written now is written with the next. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  private async write(): Promise<void> {
    if (this.changed.size === 0) return;
    const rows = this.changed;
    this.changed = new Map();
    try {
      await this.parts.store.note([...rows.values()]);
    } catch (error) {
      logFailure(this.parts.log, 'source_health.failed', error, { sources: rows.size });
      this.changed = new Map([...rows, ...this.changed]);
    }
  }

  private of(source: Source): Seen {
    const known = this.seen.get(source.id);
    // With other settings it is another server.
    if (known?.version === source.version) return known;
    if (this.seen.size >= KEEP_MOST) this.seen.clear();
    const fresh = { version: source.version, breaker: this.asTold(source), row: nothingSeen(source) };
    this.seen.set(source.id, fresh);
    return fresh;
  }

  /** What another worker, or this one before it was started again, has told. */
  private asTold({ openUntil }: Source): Breaker {
    if (openUntil === null || openUntil <= this.parts.clock.now()) return CLOSED_BREAKER;
    return { state: 'open', until: openUntil, backOffMs: FIRST_BACK_OFF_MS };
  }
}

function afterFinding(breaker: Breaker, finding: Finding, now: Instant): Breaker {
  if (finding.ok) return afterTry(breaker, 'delivered', now);
  const { waitMs } = finding;
  if (waitMs === undefined) return afterTry(breaker, 'unreachable', now);
  // It said itself for how long; a day's ration that is used up is looked at again before the day is over.
  const until = instant(now + Math.min(Math.max(waitMs, 0), LONGEST_REST_MS));
  return { state: 'open', until, backOffMs: FIRST_BACK_OFF_MS };
}

/** While one question goes to see, nobody else is kept from hoping. */
function openUntilOf(breaker: Breaker): Instant | null {
  return breaker.state === 'open' ? breaker.until : null;
}

function nothingSeen({ id: sourceId, version, openUntil }: Source): SourceHealthRow {
  const none = { answeredAt: null, failedAt: null, failure: null, failuresInARow: 0 };
  return { sourceId, version, ...none, openUntil };
}
