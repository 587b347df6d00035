import { Rhythm, type Metrics } from '#platform';
import { Bell, type BellParts } from './bell.js';
import {
  LOOKED_FOR,
  MOST_DOORS,
  QUEUE_OF_MAILBOX,
  type MailboxKind,
  type Ring,
  type RingCalls,
} from './contract.js';
import { patiently } from './patiently.js';
import type { QueueBackend, RingQueue } from './queue-backend.js';
import { Seldom } from './seldom.js';

/**
 * Longest time between two flushes of rings of one kind. Rings that come in between travel together, and a mailbox that
 * is rung twice is rung once. PostgreSQL pays more for a job than Redis, so it is asked less often.
 */
const LONGEST_GATHER_MS = { redis: 20, postgres: 25 } as const;
/** The queue's store is asked for at most this share of the time. */
const SHARE = 0.12;
/**
 * So many mailboxes are called out to all workers, where a job would make several trips to the queue and back. More than that are
 * shared out as jobs: of a call each worker asks for all.
 */
const FEW = 16;

/** Who answers rings of one kind within this process. */
export interface NearWorker {
  /** @returns false when it has not places for all of them: then any worker may have the ring */
  hear(ring: Ring): boolean;
}

/**
 * Tells workers that mailboxes have work: the one of this process itself, those of others by a call or through the queue. Never fails:
 * a ring that is lost is made up for by the sweeper.
 */
export class Ringer {
  private readonly bells = new Map<MailboxKind, Bell>();
  private readonly queues = new Map<MailboxKind, RingQueue>();
  private readonly near = new Map<MailboxKind, NearWorker>();

  /** @param calls  without them all rings for others travel through the queue */
  constructor(
    private readonly backend: QueueBackend,
    private readonly metrics: Metrics,
    private readonly calls?: Pick<RingCalls, 'call'>,
  ) {}

  ring(kind: MailboxKind, ids: Iterable<string>): void {
    this.bell(kind).ring(ids);
  }

  /** From now on this worker is asked first. */
  answeredBy(kind: MailboxKind, worker: NearWorker): void {
    this.near.set(kind, worker);
  }

  async close(): Promise<void> {
    const told = Promise.all([...this.bells.values()].map((bell) => bell.quiet()));
    await patiently(
      told.then(async () => {
        await Promise.all([...this.queues.values()].map((queue) => queue.close()));
      }),
    );
  }

  private bell(kind: MailboxKind): Bell {
    let bell = this.bells.get(kind);
    if (!bell) {
      const failed = (): void => this.metrics.ringsFailed.inc({ queue: QUEUE_OF_MAILBOX[kind] });
      bell = new Bell({ ...(LOOKED_FOR.has(kind) ? this.seldom(kind) : this.often(kind)), failed });
      this.bells.set(kind, bell);
    }
    return bell;
  }

  /** Where workers look for work themselves while it is steady. */
  private seldom(kind: MailboxKind): Omit<BellParts, 'failed'> {
    const seldom = new Seldom();
    return {
      waitMs: (now) => seldom.waitMs(now),
      tell: async (mailboxes, asked) => {
        const ring: Ring = { mailboxes, isSteady: seldom.ring(performance.now(), asked) };
        if (this.near.get(kind)?.hear(ring)) return;
        if (this.calls && mailboxes.length <= FEW) await this.calls.call(kind, ring);
        else await Promise.all([this.put(kind, ring), ring.isSteady && this.callToLook(kind)]);
      },
    };
  }

  /** A job is heard by one worker, and work that is steady may be more than one can do. */
  private async callToLook(kind: MailboxKind): Promise<void> {
    await this.calls?.call(kind, { mailboxes: [], isSteady: true });
  }

  /** Where each ring is work for one worker, and nobody looks for it until the next sweep. */
  private often(kind: MailboxKind): Omit<BellParts, 'failed'> {
    const rhythm = new Rhythm({ longestMs: LONGEST_GATHER_MS[this.backend.name], share: SHARE });
    return {
      waitMs: (now) => rhythm.waitMs(now),
      tell: async (mailboxes) => {
        if (this.near.get(kind)?.hear({ mailboxes })) return;
        const begun = performance.now();
        try {
          await this.put(kind, { mailboxes });
        } finally {
          rhythm.beat(begun, performance.now());
        }
      },
    };
  }

  /** Nearly always one job. Not in bulk: in PostgreSQL BullMQ makes two tables for that and drops them, 80 kB of WAL for each call. */
  private async put(kind: MailboxKind, ring: Ring): Promise<void> {
    const queue = this.queue(kind);
    const opts = { removeOnComplete: true, removeOnFail: true };
    await Promise.all(jobsOf(ring).map((job) => queue.add('drain', job, opts)));
  }

  private queue(kind: MailboxKind): RingQueue {
    let queue = this.queues.get(kind);
    if (!queue) {
      queue = this.backend.queue(QUEUE_OF_MAILBOX[kind]);
      queue.on('error', () => undefined);
      this.queues.set(kind, queue);
    }
    return queue;
  }
}

/** As few as carry all of them. A ring for a mailbox that is being drained costs its worker nothing. */
function jobsOf({ mailboxes, ...ring }: Ring): Ring[] {
  const jobs: Ring[] = [];
  for (let first = 0; first < mailboxes.length; first += MOST_DOORS) {
    jobs.push({ ...ring, mailboxes: mailboxes.slice(first, first + MOST_DOORS) });
  }
  return jobs;
}
