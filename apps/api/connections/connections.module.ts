import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:net';
import type { Repositories } from '#db';
import { CLOCK, ENV, SecretBox, type Clock, type Env } from '#platform';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ConnectionDesk } from './connection-desk.js';
import { ConnectionHealthDesk } from './connection-health-desk.js';
import { ConnectionHealthController } from './connection-health.controller.js';
import { ConnectionsController } from './connections.controller.js';
import { publicUrlOf } from './public-url.js';

@Module({
  imports: [FoundationModule],
  controllers: [ConnectionsController, ConnectionHealthController],
  providers: [
    {
      provide: ConnectionDesk,
      inject: [REPOSITORIES, SecretBox, CLOCK, ENV, HttpAdapterHost],
      useFactory: (
        { connections }: Repositories,
        box: SecretBox,
        clock: Clock,
        env: Env,
        host: HttpAdapterHost,
      ) =>
        new ConnectionDesk({
          connections,
          box,
          clock,
          publicUrl: () => publicUrlOf(env, host.httpAdapter.getHttpServer() as Server),
        }),
    },
    {
      provide: ConnectionHealthDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ connectionHealth: health, sockets }: Repositories, clock: Clock) =>
        new ConnectionHealthDesk({ health, sockets, clock }),
    },
  ],
})
export class ConnectionsModule {}
