import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CLOCK, ENV, LOG, Passwords, type Clock, type Env, type Log } from '#platform';
import { Identify } from '../access/identify.js';
import { SessionDirectory } from '../access/session-directory.js';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import type { RateLimiter } from '../rate-limit/open-rate-limiter.js';
import { RATE_LIMITER } from '../rate-limit/rate-limit.guard.js';
import { OpenSession } from './open-session.js';
import { SessionDesk } from './session-desk.js';
import { SessionController } from './session.controller.js';
import { SessionsController } from './sessions.controller.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { SignInController } from './sign-in.controller.js';
import { Visit } from './visit.js';

/** People who sign in: their sessions and passwords. */
@Module({
  imports: [FoundationModule],
  controllers: [SignInController, SessionController, SessionsController],
  providers: [
    { provide: Passwords, useFactory: () => new Passwords() },
    {
      provide: SignInThrottle,
      inject: [RATE_LIMITER],
      useFactory: ({ signIns }: RateLimiter) => new SignInThrottle(signIns),
    },
    {
      provide: OpenSession,
      inject: [REPOSITORIES, CLOCK, LOG],
      useFactory: ({ sessions }: Repositories, clock: Clock, log: Log) =>
        new OpenSession({ sessions, clock, log }),
    },
    {
      provide: Visit,
      inject: [Identify, ENV],
      useFactory: (identify: Identify, env: Env) => new Visit(identify, env),
    },
    {
      provide: SessionDesk,
      inject: [REPOSITORIES, SessionDirectory, Passwords, SignInThrottle, OpenSession],
      useFactory: (
        { users, sessions }: Repositories,
        directory: SessionDirectory,
        passwords: Passwords,
        throttle: SignInThrottle,
        open: OpenSession,
      ) => new SessionDesk({ users, sessions, directory, passwords, throttle, open }),
    },
  ],
})
export class SignInModule {}
