import { Module } from '@nestjs/common';
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
import { Ringer, mailboxWorker } from '#queues';
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
      inject: [HotPool, Ringer, LiveBell, Lateness, Metrics, LOG, CLOCK, LINKS],
      useFactory: (
        hot: HotPool,
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
export class EnricherModule {}
