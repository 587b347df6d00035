import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:net';
import type { CallEventId, CallId, DeliveryId } from '#domain';
import { ContactLookup, EnrichmentStore, HotPool, Lateness, LiveBell } from '#db';
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
import { PopupAsker, QUEUE_BACKEND, Ringer, mailboxWorker, type QueueBackend } from '#queues';
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
      provide: PopupAsker,
      inject: [QUEUE_BACKEND, Metrics, CLOCK],
      useFactory: (backend: QueueBackend, metrics: Metrics, clock: Clock) =>
        new PopupAsker({ backend, metrics, newId: () => newId(), now: () => clock.now() }),
    },
    {
      provide: DrainConnection,
      inject: [HotPool, PopupAsker, Ringer, LiveBell, Lateness, Metrics, LOG, CLOCK, LINKS],
      useFactory: (
        hot: HotPool,
        asker: PopupAsker,
        ringer: Ringer,
        liveBell: LiveBell,
        lateness: Lateness,
        metrics: Metrics,
        log: Log,
        clock: Clock,
        links: RecordingLinks,
      ) =>
        new DrainConnection({
          store: new EnrichmentStore(hot),
          contacts: new ContactLookup(hot),
          asker,
          ringer,
          liveBell,
          lateness,
          metrics,
          log,
          clock,
          ids: { call: newId<CallId>, event: newId<CallEventId>, delivery: newId<DeliveryId> },
          linkTo: (recording) => links.linkTo(recording).url,
        }),
    },
    mailboxWorker('connection', { drainer: DrainConnection, concurrency: (env) => env.ENRICHER_CONCURRENCY }),
  ],
})
export class EnricherModule implements OnApplicationShutdown {
  constructor(@Inject(PopupAsker) private readonly asker: PopupAsker) {}

  async onApplicationShutdown(): Promise<void> {
    await this.asker.close();
  }
}
