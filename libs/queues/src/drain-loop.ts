import { logFailure, type Clock, type Log, type Metrics } from '#platform';
import { QUEUE_OF_MAILBOX, type Lease, type LeaseBook, type Leaving, type MailboxKind } from './contract.js';
import { patiently } from './patiently.js';
import type { QueueBackend, RingWorker } from './queue-backend.js';
import type { Ringer } from './ringer.js';
import { Slice } from './slice.js';

/** A lease lasts this long unless renewed; a killed worker's mailboxes are taken over after it. */
export const LEASE_MS = 10_000;
const RENEW_EVERY_MS = LEASE_MS / 3;
/** BullMQ's own lock on the ring, and how often it looks for rings whose worker died. */
const RING_LOCK_MS = 10_000;
const STALLED_EVERY_MS = 3_000;
const IDLE_LOOK_SECONDS = 1;
/** How long a worker waits after its queue failed it; BullMQ's own 15 s would be added to every outage. */
const QUEUE_RETRY_MS = 500;

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
  private readonly answering = new Set<Promise<void>>();
  private renewal: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(private readonly options: DrainLoopOptions) {
    this.worker = options.backend.worker(
      QUEUE_OF_MAILBOX[options.kind],
      async (job) => {
        const answer = this.answer(job.data.mailbox);
        this.answering.add(answer);
        await answer.finally(() => this.answering.delete(answer));
      },
      {
        concurrency: options.concurrency,
        lockDuration: RING_LOCK_MS,
        stalledInterval: STALLED_EVERY_MS,
        // A ring may be taken over any number of times: it is only a ring.
        maxStalledCount: 1_000_000,
        // How long an idle worker waits before it looks again of itself, should a wake-up be lost.
        drainDelay: IDLE_LOOK_SECONDS,
        runRetryDelay: QUEUE_RETRY_MS,
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
    const closed = this.worker.close();
    await Promise.all(this.answering);
    // A ring that cannot be put away now is put away by another worker as stalled; it is only a ring.
    await patiently(closed);
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
      logFailure(log, 'drain.failed', error, { mailbox: id, kind });
    }
    if (leaving.more && !this.stopping) ringer.ring(kind, [id]);
  }

  private async renew(): Promise<void> {
    const held = [...this.active.values()];
    if (held.length === 0) return;
    try {
      const lost = new Set(await this.options.leases.renew(held.map(({ lease }) => lease)));
      for (const { lease, slice } of held) {
        // One that was given back meanwhile is no loss, and the mailbox may be in a new drain of ours already.
        if (lost.has(lease.id) && this.active.get(lease.id)?.lease === lease) slice.abort();
      }
    } catch (error) {
      logFailure(this.options.log, 'lease.renewal_failed', error, { held: held.length });
    }
  }
}
