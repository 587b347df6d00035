import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Repositories } from '#db';
import {
  CLOCK,
  ENV,
  HttpSender,
  HttpStreamer,
  LOG,
  SecretBox,
  targetPolicy,
  type Clock,
  type Env,
  type Log,
} from '#platform';
import { Identify } from '../access/identify.js';
import { SessionDirectory } from '../access/session-directory.js';
import { publicUrlOf } from '../connections/public-url.js';
import { pagesUrl } from '../first-start.js';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import type { RateLimiter } from '../rate-limit/open-rate-limiter.js';
import { RATE_LIMITER } from '../rate-limit/rate-limit.guard.js';
import { OpenSession } from '../sign-in/open-session.js';
import { SignInThrottle } from '../sign-in/sign-in-throttle.js';
import { Visit } from '../sign-in/visit.js';
import { ANSWER_MS, LONGEST_ANSWER_BYTES } from './guarded-fetch.js';
import { IdentityProviderDesk } from './identity-provider-desk.js';
import { IdentityProvidersController } from './identity-providers.controller.js';
import { OidcClient } from './oidc-client.js';
import { OidcDesk } from './oidc-desk.js';
import { OidcVisit } from './oidc-visit.js';
import { OidcController } from './oidc.controller.js';

const LIMITS = { headersMs: ANSWER_MS, silenceMs: ANSWER_MS, maxBytes: LONGEST_ANSWER_BYTES };

/** Single sign-on: identity providers of tenants and of the installation, and signing in by them. */
@Module({
  imports: [FoundationModule],
  controllers: [IdentityProvidersController, OidcController],
  providers: [
    {
      provide: HttpSender,
      inject: [ENV],
      useFactory: (env: Env) => new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: HttpStreamer,
      inject: [ENV],
      useFactory: (env: Env) => new HttpStreamer({ policy: targetPolicy(env.EGRESS_ALLOW), limits: LIMITS }),
    },
    {
      provide: Visit,
      inject: [Identify, ENV],
      useFactory: (identify: Identify, env: Env) => new Visit(identify, env),
    },
    { provide: OidcVisit, inject: [ENV], useFactory: (env: Env) => new OidcVisit(env) },
    {
      provide: OidcClient,
      inject: [HttpSender, HttpStreamer, SecretBox, CLOCK],
      useFactory: (sender: HttpSender, streamer: HttpStreamer, box: SecretBox, clock: Clock) =>
        new OidcClient({ sender, streamer, box, clock }),
    },
    {
      provide: OidcDesk,
      inject: [REPOSITORIES, OidcClient, RATE_LIMITER, CLOCK, LOG, ENV, HttpAdapterHost],
      useFactory: (
        { identityProviders: providers, signInAttempts: attempts, sessions }: Repositories,
        client: OidcClient,
        { signIns }: RateLimiter,
        clock: Clock,
        log: Log,
        env: Env,
        { httpAdapter }: HttpAdapterHost,
      ) =>
        new OidcDesk({
          providers,
          attempts,
          client,
          open: new OpenSession({ sessions, clock, log }),
          throttle: new SignInThrottle(signIns),
          clock,
          log,
          pagesUrl: () => pagesUrl(env, publicUrlOf(env, httpAdapter.getHttpServer() as never)),
        }),
    },
    {
      provide: IdentityProviderDesk,
      inject: [REPOSITORIES, OidcClient, OidcDesk, SessionDirectory, SecretBox, ENV],
      useFactory: (
        { identityProviders: providers }: Repositories,
        client: OidcClient,
        oidc: OidcDesk,
        directory: SessionDirectory,
        box: SecretBox,
        env: Env,
      ) =>
        new IdentityProviderDesk({
          providers,
          client,
          directory,
          box,
          targets: targetPolicy(env.EGRESS_ALLOW),
          redirectUri: () => oidc.redirectUri(),
        }),
    },
  ],
})
export class SingleSignOnModule implements OnApplicationShutdown {
  constructor(
    @Inject(HttpSender) private readonly sender: HttpSender,
    @Inject(HttpStreamer) private readonly streamer: HttpStreamer,
  ) {}

  onApplicationShutdown(): void {
    this.sender.close();
    this.streamer.close();
  }
}
