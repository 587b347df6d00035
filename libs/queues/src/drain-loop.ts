import type { Clock, Log, Metrics } from '#platform';
import { QUEUE_OF_MAILBOX, type Lease, type LeaseBook, type Leaving, type MailboxKind } from './contract.js';
import type { QueueBackend, RingWorker } from './queue-backend.js';
import type { Ringer } from './ringer.js';
import { Slice } from './slice.js';

/** A lease lasts this long unless renewed; a killed worker's mailboxes are taken over after it. */
export const LEASE_MS = 10_000;
const RENEW_EVERY_MS = LEASE_MS / 3;
/** BullMQ's own lock on the ring, and how often it looks for rings whose worker died. */
const RING_LOCK_MS = 10_000;
const STALLED_EVERY_MS = 3_000;

export interface DrainLoopOptions {
  kind: MailboxKind;
  /** Mailboxes drained at once. */
  concurrency: number;
  backend: QueueBackend;
  leases: LeaseBook;
  ringer: Ringer;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** Works on the mailbox's due letters until there are none or the slice is over. */
  drain: (lease: Lease, slice: Slice) => Promise<Leaving>;
}

/**
 * Answers rings: takes the mailbox's lease, lets `drain` work for one time slice, gives the lease back, and rings
 * again when there is more. An exception is ours (the database is away): the ring is dropped, and the sweeper rings again.
 */
export class DrainLoop {
  private readonly worker: RingWorker;
  private readonly active = new Map<string, { lease: Lease; slice: Slice }>();
  private renewal: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(private readonly options: DrainLoopOptions) {
    this.worker = options.backend.worker(
      QUEUE_OF_MAILBOX[options.kind],
      async (job) => {
        await this.answer(job.data.mailbox);
      },
      {
        concurrency: options.concurrency,
        lockDuration: RING_LOCK_MS,
        stalledInterval: STALLED_EVERY_MS,
        // A ring may be taken over any number of times: it is only a ring.
        maxStalledCount: 1_000_000,
        autorun: false,
      },
    );
    this.worker.on('error', (error) => {
      options.log.warn({ queue: QUEUE_OF_MAILBOX[options.kind], detail: error.message }, 'queue.error');
    });
  }

  start(): void {
    this.renewal = setInterval(() => void this.renew(), RENEW_EVERY_MS);
    void this.worker.run();
  }

  /** Takes no more rings, lets drains finish within the grace, then aborts them. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    for (const { slice } of this.active.values()) slice.end();
    const impatience = setTimeout(() => {
      for (const { slice } of this.active.values()) slice.abort();
    }, graceMs);
    await this.worker.close();
    clearTimeout(impatience);
    clearInterval(this.renewal);
  }

  private async answer(id: string): Promise<void> {
    const { kind, leases, metrics, log, ringer } = this.options;
    if (this.stopping) return;
    metrics.jobs.inc({ queue: QUEUE_OF_MAILBOX[kind] });
    let leaving: Leaving = { more: false };
    try {
      const lease = await leases.take(kind, id);
      if (!lease) return;
      const slice = new Slice(this.options.clock);
      this.active.set(id, { lease, slice });
      try {
        leaving = await this.options.drain(lease, slice);
      } finally {
        this.active.delete(id);
        await leases.release(lease, leaving);
      }
    } catch (error) {
      log.error({ mailbox: id, kind, err: error }, 'drain.failed');
    }
    if (leaving.more && !this.stopping) ringer.ring(kind, [id]);
  }

  private async renew(): Promise<void> {
    const held = [...this.active.values()];
    if (held.length === 0) return;
    try {
      const lost = await this.options.leases.renew(held.map(({ lease }) => lease));
      for (const id of lost) this.active.get(id)?.slice.abort();
    } catch (error) {
      this.options.log.warn({ err: error, held: held.length }, 'lease.renewal_failed');
    }
  }
}
