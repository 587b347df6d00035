import { Inject, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:net';
import type { CallEventId, CallId, DeliveryId } from '#domain';
import { EnrichmentStore, HotPool, MailboxLeaseBook, dueMailboxes } from '#db';
import {
  CLOCK,
  ENV,
  LOG,
  Metrics,
  newId,
  recordingLinksOf,
  type Clock,
  type Env,
  type Log,
  type RecordingLinks,
} from '#platform';
import { DrainLoop, LEASE_MS, QUEUE_BACKEND, Ringer, Sweeper, type QueueBackend } from '#queues';
import { DrainConnection } from './drain-connection.js';

const LINKS = Symbol('RecordingLinks');

@Module({
  providers: [
    {
      provide: LINKS,
      inject: [ENV, CLOCK, HttpAdapterHost],
      useFactory: (env: Env, clock: Clock, host: HttpAdapterHost) =>
        recordingLinksOf(env, clock, () => host.httpAdapter.getHttpServer() as Server),
    },
    {
      provide: DrainConnection,
      inject: [HotPool, Ringer, Metrics, LOG, CLOCK, LINKS],
      useFactory: (
        hot: HotPool,
        ringer: Ringer,
        metrics: Metrics,
        log: Log,
        clock: Clock,
        links: RecordingLinks,
      ) =>
        new DrainConnection({
          store: new EnrichmentStore(hot),
          ringer,
          metrics,
          log,
          clock,
          ids: { call: newId<CallId>, event: newId<CallEventId>, delivery: newId<DeliveryId> },
          linkTo: (recording) => links.linkTo(recording).url,
        }),
    },
    {
      provide: DrainLoop,
      inject: [DrainConnection, QUEUE_BACKEND, HotPool, Ringer, ENV, CLOCK, LOG, Metrics],
      useFactory: (
        drainConnection: DrainConnection,
        backend: QueueBackend,
        hot: HotPool,
        ringer: Ringer,
        env: Env,
        clock: Clock,
        log: Log,
        metrics: Metrics,
      ) =>
        new DrainLoop({
          kind: 'connection',
          concurrency: env.ENRICHER_CONCURRENCY,
          leases: new MailboxLeaseBook(hot, LEASE_MS, () => clock.now()),
          drain: (lease, slice) => drainConnection.drain(lease, slice),
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
        new Sweeper('connection', (kind) => dueMailboxes(hot, kind), ringer, log),
    },
  ],
})
export class EnricherModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
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
