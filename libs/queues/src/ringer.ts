import { Rhythm, type Metrics } from '#platform';
import { Seldom } from './seldom.js';
import { LOOKED_FOR, MOST_DOORS, QUEUE_OF_MAILBOX, type MailboxKind, type Ring } from './contract.js';
import { patiently } from './patiently.js';
import type { QueueBackend, RingQueue } from './queue-backend.js';

/**
 * Longest time between two flushes of rings of one kind. Rings that come in between travel together, and a mailbox that
 * is rung twice is rung once. PostgreSQL pays more for a job than Redis, so it is asked less often.
 */
const LONGEST_GATHER_MS = { redis: 20, postgres: 25 } as const;
/** The queue's store is asked for at most this share of the time. */
const SHARE = 0.12;

/** Tells workers that mailboxes have work. Never fails: a ring that is lost is made up for by the sweeper. */
export class Ringer {
  private readonly bells = new Map<MailboxKind, Bell>();

  constructor(
    private readonly backend: QueueBackend,
    private readonly metrics: Metrics,
  ) {}

  ring(kind: MailboxKind, ids: Iterable<string>): void {
    this.bell(kind).ring(ids);
  }

  async close(): Promise<void> {
    await Promise.all([...this.bells.values()].map((bell) => bell.close()));
  }

  private bell(kind: MailboxKind): Bell {
    let bell = this.bells.get(kind);
    if (!bell) {
      const name = QUEUE_OF_MAILBOX[kind];
      const rhythm = LOOKED_FOR.has(kind)
        ? new Seldom()
        : new Rhythm({ longestMs: LONGEST_GATHER_MS[this.backend.name], share: SHARE });
      bell = new Bell(this.backend.queue(name), rhythm, () => {
        this.metrics.ringsFailed.inc({ queue: name });
      });
      this.bells.set(kind, bell);
    }
    return bell;
  }
}

class Bell {
  private readonly waiting = new Set<string>();
  /** Since the last flush, one that was rung twice counting twice. */
  private asked = 0;
  private flushing: Promise<void> | undefined;

  constructor(
    private readonly queue: RingQueue,
    private readonly rhythm: Pick<Seldom, 'waitMs' | 'beat'>,
    private readonly failed: () => void,
  ) {
    queue.on('error', () => undefined);
  }

  ring(ids: Iterable<string>): void {
    for (const id of ids) {
      this.waiting.add(id);
      this.asked += 1;
    }
    if (this.waiting.size > 0) this.flushing ??= this.flush();
  }

  async close(): Promise<void> {
    await patiently(Promise.resolve(this.flushing).then(() => this.queue.close()));
  }

  /** Nearly always one. Not in bulk: in PostgreSQL BullMQ makes two tables for that and drops them, 80 kB of WAL for each call. */
  private async put(rings: readonly Ring[]): Promise<void> {
    const opts = { removeOnComplete: true, removeOnFail: true };
    await Promise.all(rings.map((ring) => this.queue.add('drain', ring, opts)));
  }

  private async flush(): Promise<void> {
    try {
      while (this.waiting.size > 0) {
        const early = this.rhythm.waitMs(performance.now());
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        const begun = performance.now();
        const ids = [...this.waiting];
        const { asked } = this;
        this.waiting.clear();
        this.asked = 0;
        await this.put(ringsFor(ids)).catch(this.failed);
        this.rhythm.beat(begun, performance.now(), asked);
      }
    } finally {
      this.flushing = undefined;
    }
  }
}

/** As few as carry all of them. A ring for a mailbox that is being drained costs its worker nothing. */
function ringsFor(ids: readonly string[]): Ring[] {
  const rings: Ring[] = [];
  for (let first = 0; first < ids.length; first += MOST_DOORS) {
    rings.push({ mailboxes: ids.slice(first, first + MOST_DOORS) });
  }
  return rings;
}
