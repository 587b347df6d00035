import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Repositories } from '#db';
import {
  CLOCK,
  ENV,
  LOG,
  Mailer,
  Passwords,
  SecretBox,
  mailSetupOf,
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
import { InvitationsController } from './invitations.controller.js';
import { LinkDesk } from './link-desk.js';
import { LinkLetter } from './link-letter.js';
import { LinksController } from './links.controller.js';
import { MeDesk } from './me-desk.js';
import { MeController } from './me.controller.js';
import { MemberDesk } from './member-desk.js';
import { OpenSession } from './open-session.js';
import { SecondFactorDesk } from './second-factor-desk.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SessionDesk } from './session-desk.js';
import { SessionController } from './session.controller.js';
import { SessionsController } from './sessions.controller.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { SignInController } from './sign-in.controller.js';
import { UsersController } from './users.controller.js';
import { Visit } from './visit.js';

const PAGES_URL = Symbol('pagesUrl');
/** The mail server by which links go out. */
const SIGN_IN_MAILER = Symbol('signInMailer');

/** People who sign in: their sessions, passwords, invitations, and what they are to whom. */
@Module({
  imports: [FoundationModule],
  controllers: [
    SignInController,
    SessionController,
    SessionsController,
    SecondFactorController,
    LinksController,
    MeController,
    UsersController,
    InvitationsController,
  ],
  providers: [
    { provide: Passwords, useFactory: () => new Passwords() },
    {
      provide: PAGES_URL,
      inject: [ENV, HttpAdapterHost],
      useFactory:
        (env: Env, { httpAdapter }: HttpAdapterHost) =>
        () =>
          pagesUrl(env, publicUrlOf(env, httpAdapter.getHttpServer() as never)),
    },
    { provide: SIGN_IN_MAILER, inject: [ENV], useFactory: (env: Env) => new Mailer(mailSetupOf(env)) },
    {
      provide: LinkLetter,
      inject: [SIGN_IN_MAILER, ENV, LOG],
      useFactory: (mailer: Mailer, env: Env, log: Log) =>
        new LinkLetter(mailSetupOf(env).ok ? mailer : null, log),
    },
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
      provide: SecondFactorDesk,
      inject: [REPOSITORIES, SecretBox, CLOCK],
      useFactory: ({ secondFactors }: Repositories, box: SecretBox, clock: Clock) =>
        new SecondFactorDesk({ secondFactors, box, clock }),
    },
    {
      provide: Visit,
      inject: [Identify, ENV],
      useFactory: (identify: Identify, env: Env) => new Visit(identify, env),
    },
    {
      provide: SessionDesk,
      inject: [REPOSITORIES, SessionDirectory, Passwords, SignInThrottle, SecondFactorDesk, OpenSession],
      useFactory: (
        { users, sessions }: Repositories,
        directory: SessionDirectory,
        passwords: Passwords,
        throttle: SignInThrottle,
        secondFactor: SecondFactorDesk,
        open: OpenSession,
      ) => new SessionDesk({ users, sessions, directory, passwords, throttle, secondFactor, open }),
    },
    {
      provide: LinkDesk,
      inject: [
        REPOSITORIES,
        SessionDesk,
        SessionDirectory,
        Passwords,
        SignInThrottle,
        SecondFactorDesk,
        OpenSession,
        LinkLetter,
        CLOCK,
        LOG,
        PAGES_URL,
      ],
      useFactory: (
        { links, users }: Repositories,
        desk: SessionDesk,
        directory: SessionDirectory,
        passwords: Passwords,
        throttle: SignInThrottle,
        secondFactor: SecondFactorDesk,
        open: OpenSession,
        letter: LinkLetter,
        clock: Clock,
        log: Log,
        pagesUrl: () => string,
      ) =>
        new LinkDesk({
          links,
          users,
          desk,
          directory,
          passwords,
          throttle,
          secondFactor,
          open,
          letter,
          clock,
          log,
          pagesUrl,
        }),
    },
    {
      provide: MemberDesk,
      inject: [REPOSITORIES, SessionDirectory, SecondFactorDesk, LinkLetter, CLOCK, PAGES_URL],
      useFactory: (
        { members, links, users, sessions }: Repositories,
        directory: SessionDirectory,
        secondFactor: SecondFactorDesk,
        letter: LinkLetter,
        clock: Clock,
        pagesUrl: () => string,
      ) =>
        new MemberDesk({ members, links, users, sessions, directory, secondFactor, letter, clock, pagesUrl }),
    },
    {
      provide: MeDesk,
      inject: [REPOSITORIES],
      useFactory: ({ agents }: Repositories) => new MeDesk(agents),
    },
  ],
})
export class SignInModule implements OnApplicationShutdown {
  constructor(@Inject(SIGN_IN_MAILER) private readonly mailer: Mailer) {}

  onApplicationShutdown(): void {
    this.mailer.close();
  }
}
