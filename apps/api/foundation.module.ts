import { Module } from '@nestjs/common';
import { HotPool, TenantScope, openRepositories, type Repositories } from '#db';
import { CLOCK, ENV, LOG, SecretBox, secretBoxOf, type Clock, type Env, type Log } from '#platform';
import { Identify } from './access/identify.js';
import { KeyDirectory } from './access/key-directory.js';
import { PortalDirectory } from './access/portal-directory.js';
import { SessionDirectory } from './access/session-directory.js';
import { RepeatableRequests } from './idempotency/repeatable-requests.js';
import { openRateLimiter } from './rate-limit/open-rate-limiter.js';
import { RATE_LIMITER } from './rate-limit/rate-limit.guard.js';

/** Token of the `Repositories`. */
export const REPOSITORIES = Symbol('Repositories');

/** What every feature stands on: the database, sealed secrets, keys, the limits of callers, repeated requests. */
@Module({
  providers: [
    {
      provide: REPOSITORIES,
      inject: [TenantScope, CLOCK],
      useFactory: (scope: TenantScope, clock: Clock) => openRepositories(scope, clock),
    },
    { provide: SecretBox, inject: [ENV], useFactory: (env: Env) => secretBoxOf(env) },
    {
      provide: KeyDirectory,
      inject: [REPOSITORIES, CLOCK, LOG],
      useFactory: ({ apiKeys: keys, tenants }: Repositories, clock: Clock, log: Log) =>
        new KeyDirectory({ keys, tenants, clock, log }),
    },
    {
      provide: SessionDirectory,
      inject: [REPOSITORIES, CLOCK, LOG],
      useFactory: ({ sessions }: Repositories, clock: Clock, log: Log) =>
        new SessionDirectory({ sessions, clock, log }),
    },
    {
      provide: PortalDirectory,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ portals }: Repositories, clock: Clock) => new PortalDirectory({ portals, clock }),
    },
    {
      provide: Identify,
      inject: [KeyDirectory, SessionDirectory, PortalDirectory, CLOCK, ENV],
      useFactory: (
        keys: KeyDirectory,
        sessions: SessionDirectory,
        portals: PortalDirectory,
        clock: Clock,
        env: Env,
      ) => new Identify({ keys, sessions, portals, clock, env }),
    },
    {
      provide: RATE_LIMITER,
      inject: [ENV, HotPool],
      useFactory: (env: Env, hot: HotPool) => openRateLimiter(env, hot),
    },
    {
      provide: RepeatableRequests,
      inject: [REPOSITORIES, SecretBox, CLOCK, LOG],
      useFactory: ({ idempotency: repository }: Repositories, box: SecretBox, clock: Clock, log: Log) =>
        new RepeatableRequests({ repository, box, clock, log }),
    },
  ],
  exports: [
    REPOSITORIES,
    SecretBox,
    KeyDirectory,
    SessionDirectory,
    PortalDirectory,
    Identify,
    RATE_LIMITER,
    RepeatableRequests,
  ],
})
export class FoundationModule {}
