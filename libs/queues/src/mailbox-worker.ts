import type {
  BeforeApplicationShutdown,
  FactoryProvider,
  InjectionToken,
  OnApplicationBootstrap,
} from '@nestjs/common';
import { CLOCK, ENV, LOG, MAILBOXES, Metrics, type Clock, type Env, type Log } from '#platform';
import {
  LOOKED_FOR,
  type Lease,
  type LeaseBook,
  type Leaving,
  type MailboxKind,
  type RingCalls,
} from './contract.js';
import { DrainLoop, LEASE_MS } from './drain-loop.js';
import type { QueueBackend } from './queue-backend.js';
import { QUEUE_BACKEND } from './queues.module.js';
import { Ringer } from './ringer.js';
import type { Slice } from './slice.js';
import { Sweeper, type DueMailboxes } from './sweeper.js';

const SECOND = 1000;

/** Where mailboxes are kept; provided as MAILBOXES by the db library. */
export interface Mailboxes {
  /** @param leaseMs  how long a lease lasts unless renewed */
  leases(leaseMs: number): LeaseBook;
  due: DueMailboxes;
  calls: RingCalls;
  /** Told when leases of workers that are gone were freed. */
  whenFreed: (listener: () => void) => void;
}

/** What empties the mailboxes of a kind. */
export interface Drainer {
  drain(lease: Lease, slice: Slice): Promise<Leaving>;
}

/** Answers the rings of one kind of mailbox for as long as the application runs, and sweeps for those that were lost. */
export class MailboxWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly loop: DrainLoop,
    private readonly sweeper: Sweeper,
    private readonly graceMs: number,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
    this.sweeper.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
    await this.loop.stop(this.graceMs);
  }
}

/** What Nest injects, in the order in which it is asked for. */
type Given = [Drainer, QueueBackend, Mailboxes, Ringer, Env, Clock, Log, Metrics];

/**
 * The one registration that a kind of mailbox needs: a provider for the module whose `drainer` works on it. It starts with the
 * application, and stops before the module's own `beforeApplicationShutdown`.
 *
 * @param concurrency  mailboxes drained at once
 */
export function mailboxWorker(
  kind: MailboxKind,
  { drainer, concurrency }: { drainer: InjectionToken<Drainer>; concurrency: (env: Env) => number },
): FactoryProvider<MailboxWorker> {
  return {
    provide: Symbol(`MailboxWorker of ${kind}`),
    inject: [drainer, QUEUE_BACKEND, MAILBOXES, Ringer, ENV, CLOCK, LOG, Metrics],
    useFactory: (...given: Given) => {
      const [work, backend, mailboxes, ringer, env, clock, log, metrics] = given;
      const loop = new DrainLoop({
        kind,
        concurrency: concurrency(env),
        leases: mailboxes.leases(LEASE_MS),
        drain: (lease, slice) => work.drain(lease, slice),
        backend,
        ringer,
        clock,
        log,
        metrics,
      });
      const sweeper = new Sweeper(kind, mailboxes.due, ringer, log);
      ringer.answeredBy(kind, loop);
      if (LOOKED_FOR.has(kind)) {
        mailboxes.calls.hear(kind, {
          called: (ring) => {
            loop.called(ring);
          },
          listening: () => {
            sweeper.sweepNow([kind]);
          },
        });
      }
      mailboxes.whenFreed(() => {
        sweeper.sweepNow();
      });
      return new MailboxWorker(loop, sweeper, env.SHUTDOWN_GRACE_SECONDS * SECOND);
    },
  };
}
