import { setTimeout as delay } from 'node:timers/promises';
import { logFailure, type Clock, type Log, type Metrics } from '#platform';
import { Claims } from './claims.js';
import {
  LOOKED_FOR,
  QUEUE_OF_MAILBOX,
  type Lease,
  type LeaseBook,
  type Leaving,
  type MailboxKind,
  type Ring,
} from './contract.js';
import { Lookout } from './lookout.js';
import { patiently } from './patiently.js';
import type { QueueBackend, RingWorker } from './queue-backend.js';
import type { Ringer } from './ringer.js';
import { Slice } from './slice.js';

/** A lease lasts this long unless renewed; a killed worker's mailboxes are taken over after it. */
export const LEASE_MS = 10_000;
const RENEW_EVERY_MS = LEASE_MS / 3;
/** How often a lease that could not be given back is tried again. */
const RELEASE_AGAIN_MS = 500;
/** Rings that are answered at once: one whose mailboxes are being asked for, and one that comes along. */
const RINGS_AT_ONCE = 2;
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

/** A mailbox that this process has the lease of. */
interface HeldMailbox {
  readonly lease: Lease;
  readonly slice: Slice;
  /** Whether somebody rang at it since it was taken. */
  rung: boolean;
}

/**
 * Answers rings: asks for the leases of all mailboxes that were rung, lets `drain` work on each for one time slice, and gives
 * back the leases that its last write did not. One that is rung while it is held is asked for again. An exception is ours
 * (the database is away): the ring is dropped, and the sweeper rings again.
 */
export class DrainLoop {
  private readonly worker: RingWorker;
  private readonly claims: Claims;
  private readonly lookout: Lookout | undefined;
  private readonly held = new Map<string, HeldMailbox>();
  private readonly working = new Set<Promise<void>>();
  private renewal: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(private readonly options: DrainLoopOptions) {
    const { kind, concurrency, backend, leases, log } = options;
    this.lookout = LOOKED_FOR.has(kind)
      ? new Lookout({
          look: () => this.claims.look(),
          failed: (error) => {
            logFailure(log, 'lookout.failed', error, { kind });
          },
        })
      : undefined;
    this.claims = new Claims({
      places: concurrency,
      take: (ids) => leases.take(kind, ids),
      look: (places) => leases.look(kind, places),
      taken: (lease) => {
        const work = this.work(lease);
        this.working.add(work);
        void work.finally(() => this.working.delete(work));
      },
      failed: (error, ids) => {
        logFailure(log, 'lease.claim_failed', error, { kind, mailboxes: ids.length });
      },
    });
    this.worker = backend.worker(QUEUE_OF_MAILBOX[kind], (job) => this.answer(job.data), {
      concurrency: RINGS_AT_ONCE,
      lockDuration: RING_LOCK_MS,
      stalledInterval: STALLED_EVERY_MS,
      // A ring may be taken over any number of times: it is only a ring.
      maxStalledCount: 1_000_000,
      // How long an idle worker waits before it looks again of itself, should a wake-up be lost.
      drainDelay: IDLE_LOOK_SECONDS,
      runRetryDelay: QUEUE_RETRY_MS,
      autorun: false,
    });
    this.worker.on('error', (error) => {
      log.warn({ queue: QUEUE_OF_MAILBOX[kind], detail: error.message }, 'queue.error');
    });
  }

  start(): void {
    this.renewal = setInterval(() => void this.renew(), RENEW_EVERY_MS);
    void this.worker.run();
  }

  /** Takes no more rings, lets drains finish within the grace, then aborts them. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    const looked = this.lookout?.stop();
    const claimed = this.claims.stop();
    for (const mailbox of this.held.values()) {
      mailbox.slice.end();
    }
    const impatience = setTimeout(() => {
      for (const { slice } of this.held.values()) slice.abort();
    }, graceMs);
    const closed = this.worker.close();
    await Promise.all([claimed, looked]);
    while (this.working.size > 0) await Promise.all(this.working);
    // A ring that cannot be put away now is put away by another worker as stalled; it is only a ring.
    await patiently(closed);
    clearTimeout(impatience);
    clearInterval(this.renewal);
  }

  /**
   * A ring of this very process, which needs no queue.
   *
   * @returns false when there are not places for all of them, or this is not at work: another worker may be
   */
  hear(ring: Ring): boolean {
    if (!this.isAtWork) return false;
    const unheard = this.unheard(ring);
    if (unheard.length > this.claims.free) return false;
    void this.claims.ask(unheard);
    return true;
  }

  /** A call that all workers hear: whichever has a place first takes what it names. */
  called(ring: Ring): void {
    if (this.isAtWork) void this.claims.ask(this.unheard(ring));
  }

  /**
   * Resolves when each mailbox is in somebody's hands, so that a worker which has enough to do takes no more rings. It does not
   * wait for those that are wanted already: a flood that is in every ring would keep the others' rings waiting with its own.
   */
  private async answer(ring: Ring): Promise<void> {
    this.options.metrics.jobs.inc({ queue: QUEUE_OF_MAILBOX[this.options.kind] });
    if (!this.stopping) await this.claims.ask(this.unheard(ring));
  }

  private get isAtWork(): boolean {
    return this.renewal !== undefined && !this.stopping;
  }

  private unheard({ mailboxes, isSteady }: Ring): string[] {
    if (isSteady) this.lookout?.wake();
    return mailboxes.filter((id) => !this.rangHere(id) && !this.claims.wants(id));
  }

  private rangHere(id: string): boolean {
    const mailbox = this.held.get(id);
    if (mailbox) mailbox.rung = true;
    return mailbox !== undefined;
  }

  private async work(lease: Lease): Promise<void> {
    const { kind, log, ringer } = this.options;
    const mailbox: HeldMailbox = { lease, slice: new Slice(this.options.clock), rung: false };
    // An older lease of it was lost, or given back by a write of which we have not heard yet: a look does not know what we hold.
    this.held.get(lease.id)?.slice.abort();
    this.held.set(lease.id, mailbox);
    if (this.stopping) mailbox.slice.end();
    const place = this.claims.occupy(lease.id);
    let leaving: Leaving = { more: false };
    try {
      leaving = await this.options.drain(lease, mailbox.slice);
    } catch (error) {
      logFailure(log, 'drain.failed', error, { mailbox: lease.id, kind });
    } finally {
      place.leave();
    }
    const missed = await this.giveBack(lease, leaving);
    // Only now: until the lease is given back, a ring could not have been answered by anybody else.
    if (this.held.get(lease.id) === mailbox) this.held.delete(lease.id);
    const again = mailbox.rung || missed;
    // As a ring, so that another worker may go on with it when there is no place here.
    if (leaving.more || (again && this.stopping)) ringer.ring(kind, [lease.id]);
    else if (again) void this.claims.ask([lease.id]);
  }

  /** While the database is away it is tried again, or the mailbox would wait until its lease has run out. */
  private async giveBack(lease: Lease, leaving: Leaving): Promise<boolean> {
    if (leaving.givenBack) return leaving.givenBack.rung;
    const { kind, leases, log } = this.options;
    for (let waited = 0; ; waited += RELEASE_AGAIN_MS) {
      try {
        return await leases.release(lease, leaving);
      } catch (error) {
        logFailure(log, 'lease.release_failed', error, { mailbox: lease.id, kind });
        if (this.stopping || waited >= LEASE_MS) return false;
      }
      await delay(RELEASE_AGAIN_MS);
    }
  }

  private async renew(): Promise<void> {
    const held = [...this.held.values()];
    if (held.length === 0) return;
    try {
      const lost = new Set(await this.options.leases.renew(held.map(({ lease }) => lease)));
      for (const mailbox of held) {
        // One that was given back meanwhile is no loss, and the mailbox may be in a new drain of ours already.
        if (!lost.has(mailbox.lease.id) || this.held.get(mailbox.lease.id) !== mailbox) continue;
        mailbox.slice.abort();
      }
    } catch (error) {
      logFailure(this.options.log, 'lease.renewal_failed', error, { held: held.length });
    }
  }
}
