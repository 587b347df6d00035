import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:net';
import type { Repositories } from '#db';
import {
  CLOCK,
  ENV,
  HttpStreamer,
  LOG,
  RecordingLinks,
  SecretBox,
  recordingLinksOf,
  targetPolicy,
  type Clock,
  type Env,
  type Log,
} from '#platform';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { PlayRecording } from './play-recording.js';
import { RecordingAccessController } from './recording-access.controller.js';
import { RecordingAccessDesk } from './recording-access-desk.js';
import { RecordingLinkDesk } from './recording-link-desk.js';
import { RecordingLinksController } from './recording-links.controller.js';
import { RecordingsController } from './recordings.controller.js';
import { VendorWaits } from './vendor-waits.js';

@Module({
  imports: [FoundationModule],
  controllers: [RecordingAccessController, RecordingLinksController, RecordingsController],
  providers: [
    {
      provide: RecordingLinks,
      inject: [ENV, CLOCK, HttpAdapterHost],
      useFactory: (env: Env, clock: Clock, host: HttpAdapterHost) =>
        recordingLinksOf(env, clock, () => host.httpAdapter.getHttpServer() as Server),
    },
    {
      provide: HttpStreamer,
      inject: [ENV],
      useFactory: (env: Env) => new HttpStreamer({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: PlayRecording,
      inject: [REPOSITORIES, RecordingLinks, HttpStreamer, SecretBox, CLOCK, LOG],
      useFactory: (
        { recordings }: Repositories,
        links: RecordingLinks,
        streamer: HttpStreamer,
        box: SecretBox,
        clock: Clock,
        log: Log,
      ) => new PlayRecording({ recordings, links, streamer, waits: new VendorWaits(), box, clock, log }),
    },
    {
      provide: RecordingAccessDesk,
      inject: [REPOSITORIES, SecretBox, ENV],
      useFactory: ({ recordings }: Repositories, box: SecretBox, env: Env) =>
        new RecordingAccessDesk({ recordings, box, targets: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: RecordingLinkDesk,
      inject: [REPOSITORIES, RecordingLinks],
      useFactory: ({ recordings }: Repositories, links: RecordingLinks) =>
        new RecordingLinkDesk(recordings, links),
    },
  ],
  exports: [RecordingLinks],
})
export class RecordingsModule {}
