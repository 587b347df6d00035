import type { Server } from 'node:http';
import { Inject, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AppError } from '#domain';
import type { LiveMessageOut } from '#dialects';
import type { Repositories } from '#db';
import { CLOCK, ENV, LOG, Metrics, TokenSigner, type Clock, type Env, type Log } from '#platform';
import { WrongKeys } from '../access/wrong-keys.js';
import { publicUrlOf } from '../connections/public-url.js';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { LiveModule } from '../live/live.module.js';
import { LiveTail } from '../live/live-tail.js';
import type { AgentStates } from './agent-states.js';
import { CredentialBook } from '../vendor-api/credential-book.js';
import { VendorApiModule } from '../vendor-api/vendor-api.module.js';
import { credentialLogins } from './credential-logins.js';
import { dialersOf } from './dialers-of.js';
import { LogIn } from './log-in.js';
import { LoginAnswers } from './login-answers.js';
import { readDirectory } from './vendor-directory.js';
import type { VendorLogins } from './vendor-logins.js';
import { VendorServer } from './vendor-server.js';
import { VendorStreams, type VendorStream } from './vendor-streams.js';
import { VENDOR_TOKEN_PURPOSE, VendorTokens } from './vendor-tokens.js';

/** Tokens of the `VendorLogins` and the `AgentStates`. */
export const VENDOR_LOGINS = Symbol('VendorLogins');
export const AGENT_STATES = Symbol('AgentStates');

/** What passes between the streams and the server, each of which is made without the other. */
class VendorLine {
  server: VendorServer | undefined;

  readonly tell = (stream: VendorStream, messages: readonly LiveMessageOut[]): void => {
    this.server?.tell(stream, messages);
  };
}

/** The realtime channel as a vendor's own clients speak it: `/monitorAPI` to log in, `/socket.io` for the socket. */
@Module({
  imports: [FoundationModule, LiveModule, VendorApiModule],
  providers: [
    VendorLine,
    {
      provide: VENDOR_LOGINS,
      inject: [CredentialBook, REPOSITORIES],
      useFactory: (book: CredentialBook, { apiCredentials }: Repositories) =>
        credentialLogins(book, apiCredentials),
    },
    {
      provide: AGENT_STATES,
      inject: [REPOSITORIES],
      useFactory: ({ agentStates }: Repositories): AgentStates => ({
        of: async (tenant) =>
          new Map((await agentStates.list(tenant)).map((state) => [state.agentId, state])),
      }),
    },
    {
      provide: VendorTokens,
      inject: [ENV, CLOCK],
      useFactory: ({ SECRET_KEYS: keys }: Env, clock: Clock) => {
        if (keys === undefined) {
          throw new AppError(
            'misconfigured',
            'env.no_secret_keys',
            'SECRET_KEYS is not set; see .env.example.',
          );
        }
        return new VendorTokens(TokenSigner.fromKeys(keys, VENDOR_TOKEN_PURPOSE), clock);
      },
    },
    {
      provide: LogIn,
      inject: [VENDOR_LOGINS, VendorTokens, CLOCK],
      useFactory: (logins: VendorLogins, tokens: VendorTokens, clock: Clock) =>
        new LogIn({ logins, tokens, wrong: new WrongKeys(clock) }),
    },
    {
      provide: LoginAnswers,
      inject: [LogIn, VendorTokens, ENV, HttpAdapterHost],
      useFactory: (logIn: LogIn, tokens: VendorTokens, env: Env, { httpAdapter }: HttpAdapterHost) =>
        new LoginAnswers({
          logIn,
          tokens,
          publicUrl: () => env.API_PUBLIC_URL ?? publicUrlOf(env, httpAdapter.getHttpServer() as Server),
        }),
    },
    {
      provide: VendorStreams,
      inject: [LiveTail, REPOSITORIES, AGENT_STATES, VendorLine, CLOCK, LOG],
      useFactory: (
        tail: LiveTail,
        repositories: Repositories,
        states: AgentStates,
        { tell }: VendorLine,
        clock: Clock,
        log: Log,
      ) =>
        new VendorStreams({
          tail,
          directory: (tenant, connection) => readDirectory(repositories, tenant, connection),
          states,
          dialers: (tenant, connection) => dialersOf(repositories.campaignStats, tenant, connection),
          versions: (tenants) => repositories.tenants.setupVersions(tenants),
          clock,
          log,
          tell,
        }),
    },
    {
      provide: VendorServer,
      inject: [VendorStreams, LogIn, VENDOR_LOGINS, ENV, CLOCK, LOG, Metrics],
      useFactory: (
        streams: VendorStreams,
        logIn: LogIn,
        logins: VendorLogins,
        env: Env,
        clock: Clock,
        log: Log,
        metrics: Metrics,
      ) => {
        const limits = { sockets: env.LIVE_SOCKETS, perTenant: env.LIVE_SOCKETS_PER_TENANT };
        const hops = env.INGRESS_TRUST_PROXY;
        const server = new VendorServer({ streams, logIn, logins, limits, clock, hops, log });
        const about = 'Connections of the realtime channel of vendors.';
        metrics.gauge('switchhook_vendor_live_sockets', about, [], (gauge) => {
          gauge.set(server.sockets);
        });
        return server;
      },
    },
  ],
  exports: [VendorStreams, VENDOR_LOGINS, AGENT_STATES],
})
export class VendorLiveModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(VendorLine) line: VendorLine,
    @Inject(VendorStreams) private readonly streams: VendorStreams,
    @Inject(VendorServer) private readonly server: VendorServer,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
  ) {
    line.server = server;
  }

  onApplicationBootstrap(): void {
    this.streams.start();
    this.server.start(this.host.httpAdapter.getHttpServer() as Server);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.server.stop();
    await this.streams.stop();
  }
}
