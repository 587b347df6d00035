import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Repositories } from '#db';
import { CLOCK, ENV, LOG, type Clock, type Env, type Log } from '#platform';
import { Identify } from '../access/identify.js';
import { PortalDirectory } from '../access/portal-directory.js';
import { publicUrlOf } from '../connections/public-url.js';
import { pagesUrl } from '../first-start.js';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import type { RateLimiter } from '../rate-limit/open-rate-limiter.js';
import { RATE_LIMITER } from '../rate-limit/rate-limit.guard.js';
import { SignInThrottle } from '../sign-in/sign-in-throttle.js';
import { Visit } from '../sign-in/visit.js';
import { PortalDesk } from './portal-desk.js';
import { PortalDoorController } from './portal-door.controller.js';
import { PortalLinksController } from './portal-links.controller.js';
import { PortalSessionController } from './portal-session.controller.js';
import { PortalSettingsController } from './portal-settings.controller.js';
import { PortalsController } from './portals.controller.js';

/** What a tenant shows of itself inside other pages. */
@Module({
  imports: [FoundationModule],
  controllers: [
    PortalLinksController,
    PortalDoorController,
    PortalSessionController,
    PortalsController,
    PortalSettingsController,
  ],
  providers: [
    {
      provide: Visit,
      inject: [Identify, ENV],
      useFactory: (identify: Identify, env: Env) => new Visit(identify, env),
    },
    {
      provide: PortalDesk,
      inject: [REPOSITORIES, PortalDirectory, RATE_LIMITER, CLOCK, LOG, ENV, HttpAdapterHost],
      useFactory: (
        { portals }: Repositories,
        directory: PortalDirectory,
        { signIns }: RateLimiter,
        clock: Clock,
        log: Log,
        env: Env,
        { httpAdapter }: HttpAdapterHost,
      ) =>
        new PortalDesk({
          portals,
          directory,
          throttle: new SignInThrottle(signIns),
          clock,
          log,
          pagesUrl: () => pagesUrl(env, publicUrlOf(env, httpAdapter.getHttpServer() as never)),
        }),
    },
  ],
})
export class PortalsModule {}
