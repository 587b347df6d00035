import type { Metrics } from '#platform';
import { QUEUE_OF_MAILBOX, type MailboxKind, type Ring } from './contract.js';
import { patiently } from './patiently.js';
import type { QueueBackend, RingQueue } from './queue-backend.js';

/**
 * Least time between two flushes of rings of one kind. Rings that come in between travel together, and a mailbox that
 * is rung twice is rung once. PostgreSQL pays more for a job than Redis, so it is asked less often.
 */
const FLUSH_EVERY_MS = { redis: 20, postgres: 25 } as const;
/** A flush that took long means that the queue's store is busy: it gets this many times as long to itself. */
const REST_FACTOR = 4;

/** Jobs for a mailbox that was rung while it is being drained run once more afterwards, and never twice at a time. */
function ringJob(mailbox: string) {
  return {
    name: 'drain',
    data: { mailbox } satisfies Ring,
    opts: {
      deduplication: { id: mailbox, keepLastIfActive: true },
      // A kept job would keep its deduplication id taken.
      removeOnComplete: true,
      removeOnFail: true,
    },
  };
}

/** Tells workers that a mailbox has work. Never fails: a ring that is lost is made up for by the sweeper. */
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
      bell = new Bell(this.backend.queue(name), FLUSH_EVERY_MS[this.backend.name], () => {
        this.metrics.ringsFailed.inc({ queue: name });
      });
      this.bells.set(kind, bell);
    }
    return bell;
  }
}

class Bell {
  private readonly waiting = new Set<string>();
  private flushing: Promise<void> | undefined;
  /** When the next flush may begin, on the monotonic clock. */
  private nextFlush = 0;

  constructor(
    private readonly queue: RingQueue,
    private readonly everyMs: number,
    private readonly failed: () => void,
  ) {
    queue.on('error', () => undefined);
  }

  ring(ids: Iterable<string>): void {
    for (const id of ids) this.waiting.add(id);
    if (this.waiting.size > 0) this.flushing ??= this.flush();
  }

  async close(): Promise<void> {
    await patiently(Promise.resolve(this.flushing).then(() => this.queue.close()));
  }

  private async flush(): Promise<void> {
    try {
      while (this.waiting.size > 0) {
        const early = this.nextFlush - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        const begun = performance.now();
        const jobs = [...this.waiting].map(ringJob);
        this.waiting.clear();
        await this.queue.addBulk(jobs).catch(this.failed);
        const took = performance.now() - begun;
        this.nextFlush = begun + Math.max(this.everyMs, took * REST_FACTOR);
      }
    } finally {
      this.flushing = undefined;
    }
  }
}
