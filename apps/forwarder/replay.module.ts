import { Inject, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { DeliveryId } from '#domain';
import { HotPool, MailboxLeaseBook, ReplayStore, dueMailboxes } from '#db';
import { CLOCK, ENV, LOG, Metrics, newId, type Clock, type Env, type Log } from '#platform';
import { DrainLoop, LEASE_MS, QUEUE_BACKEND, Ringer, Sweeper, type QueueBackend } from '#queues';
import { DrainReplay } from './drain-replay.js';

/** Replays worked on at once by one forwarder: each costs a few statements a second, and there are few. */
const CONCURRENCY = 8;

/** Makes the deliveries of replays. A part of the forwarder, with a loop and a clock of its own. */
@Module({
  providers: [
    {
      provide: DrainReplay,
      inject: [HotPool, Ringer, CLOCK],
      useFactory: (hot: HotPool, ringer: Ringer, clock: Clock) =>
        new DrainReplay({ store: new ReplayStore(hot), ringer, clock, newDeliveryId: newId<DeliveryId> }),
    },
    {
      provide: DrainLoop,
      inject: [DrainReplay, QUEUE_BACKEND, HotPool, Ringer, CLOCK, LOG, Metrics],
      useFactory: (
        drainReplay: DrainReplay,
        backend: QueueBackend,
        hot: HotPool,
        ringer: Ringer,
        clock: Clock,
        log: Log,
        metrics: Metrics,
      ) =>
        new DrainLoop({
          kind: 'replay',
          concurrency: CONCURRENCY,
          leases: new MailboxLeaseBook(hot, LEASE_MS, () => clock.now()),
          drain: (lease, slice) => drainReplay.drain(lease, slice),
          backend,
          ringer,
          clock,
          log,
          metrics,
        }),
    },
    {
      provide: Sweeper,
      inject: [HotPool, Ringer, LOG],
      useFactory: (hot: HotPool, ringer: Ringer, log: Log) =>
        new Sweeper('replay', (kind) => dueMailboxes(hot, kind), ringer, log),
    },
  ],
})
export class ReplayModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(DrainLoop) private readonly loop: DrainLoop,
    @Inject(Sweeper) private readonly sweeper: Sweeper,
    @Inject(ENV) private readonly env: Env,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
    this.sweeper.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
    await this.loop.stop(this.env.SHUTDOWN_GRACE_SECONDS * 1000);
  }
}
