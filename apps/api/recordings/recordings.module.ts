/** The recordings' part of the API's module: it is one module, composed of parts that fit a page. */
import type { Provider, Type } from '@nestjs/common';
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
import { PlayRecording } from './play-recording.js';
import { RecordingAccessController } from './recording-access.controller.js';
import { RecordingAccessDesk } from './recording-access-desk.js';
import { RecordingLinkDesk } from './recording-link-desk.js';
import { RecordingLinksController } from './recording-links.controller.js';
import { RecordingsController } from './recordings.controller.js';
import { VendorWaits } from './vendor-waits.js';

export const RECORDING_CONTROLLERS: Type[] = [
  RecordingAccessController,
  RecordingLinksController,
  RecordingsController,
];

/** @param repositories  token of the Repositories */
export function recordingProviders(repositories: symbol): Provider[] {
  return [
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
      inject: [repositories, RecordingLinks, HttpStreamer, SecretBox, CLOCK, LOG],
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
      inject: [repositories, SecretBox, ENV],
      useFactory: ({ recordings }: Repositories, box: SecretBox, env: Env) =>
        new RecordingAccessDesk({ recordings, box, targets: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: RecordingLinkDesk,
      inject: [repositories, RecordingLinks],
      useFactory: ({ recordings }: Repositories, links: RecordingLinks) =>
        new RecordingLinkDesk(recordings, links),
    },
  ];
}
