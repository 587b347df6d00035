import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Repositories } from '#db';
import {
  CLOCK,
  ENV,
  HttpSender,
  SecretBox,
  mailSetupOf,
  targetPolicy,
  type Clock,
  type Env,
} from '#platform';
import { Ringer } from '#queues';
import { publicUrlOf } from '../connections/public-url.js';
import { pagesUrl } from '../first-start.js';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { EndpointAccessController } from './access/endpoint-access.controller.js';
import { EndpointAccessDesk } from './access/endpoint-access-desk.js';
import { EndpointDesk } from './endpoint-desk.js';
import { EndpointGrantDesk } from './grants/endpoint-grant-desk.js';
import { EndpointGrantsController } from './grants/endpoint-grants.controller.js';
import { EndpointDryRunController } from './dry-run/endpoint-dry-run.controller.js';
import { EndpointDryRunDesk } from './dry-run/endpoint-dry-run-desk.js';
import { EndpointsController } from './endpoints.controller.js';
import { EndpointStatsController } from './stats/endpoint-stats.controller.js';
import { EndpointStatsDesk } from './stats/endpoint-stats-desk.js';
import { TellingDesk } from './telling/telling-desk.js';
import { VoipnowRowDesk } from './voipnow-rows/voipnow-row-desk.js';
import { VoipnowRowsController } from './voipnow-rows/voipnow-rows.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [
    EndpointsController,
    EndpointAccessController,
    EndpointGrantsController,
    EndpointStatsController,
    EndpointDryRunController,
    VoipnowRowsController,
  ],
  providers: [
    {
      provide: EndpointDesk,
      inject: [REPOSITORIES, Ringer, SecretBox, CLOCK, ENV],
      useFactory: ({ endpoints }: Repositories, ringer: Ringer, box: SecretBox, clock: Clock, env: Env) =>
        new EndpointDesk({
          endpoints,
          ringer,
          box,
          clock,
          targets: targetPolicy(env.EGRESS_ALLOW),
          mail: mailSetupOf(env),
        }),
    },
    {
      provide: EndpointAccessDesk,
      inject: [REPOSITORIES, Ringer, SecretBox, CLOCK, ENV],
      useFactory: (
        { endpointAccess: access, endpoints }: Repositories,
        ringer: Ringer,
        box: SecretBox,
        clock: Clock,
        env: Env,
      ) =>
        new EndpointAccessDesk({
          access,
          endpoints,
          ringer,
          box,
          clock,
          targets: targetPolicy(env.EGRESS_ALLOW),
        }),
    },
    {
      provide: HttpSender,
      inject: [ENV],
      useFactory: (env: Env) => new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: EndpointGrantDesk,
      inject: [REPOSITORIES, Ringer, SecretBox, HttpSender, CLOCK, ENV, HttpAdapterHost],
      useFactory: (
        { endpointGrants: grants, endpointAccess: access }: Repositories,
        ringer: Ringer,
        box: SecretBox,
        sender: HttpSender,
        clock: Clock,
        env: Env,
        { httpAdapter }: HttpAdapterHost,
      ) =>
        new EndpointGrantDesk({
          ...{ grants, access, ringer, box, sender, clock },
          pagesUrl: () => pagesUrl(env, publicUrlOf(env, httpAdapter.getHttpServer() as never)),
        }),
    },
    {
      provide: EndpointStatsDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ endpointStats: stats, endpointHistory: history }: Repositories, clock: Clock) =>
        new EndpointStatsDesk({ stats, history, clock }),
    },
    {
      provide: VoipnowRowDesk,
      inject: [REPOSITORIES, SecretBox, ENV],
      useFactory: ({ endpoints }: Repositories, box: SecretBox, env: Env) =>
        new VoipnowRowDesk({ endpoints, box, targets: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: EndpointDryRunDesk,
      inject: [REPOSITORIES, CLOCK, ENV],
      useFactory: ({ events }: Repositories, clock: Clock, env: Env) =>
        new EndpointDryRunDesk({
          events,
          clock,
          targets: targetPolicy(env.EGRESS_ALLOW),
          apiUrl: env.API_PUBLIC_URL ?? env.PUBLIC_URL ?? null,
        }),
    },
    {
      provide: TellingDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ tellings }: Repositories, clock: Clock) => new TellingDesk({ tellings, clock }),
    },
  ],
  exports: [VoipnowRowDesk],
})
export class EndpointsModule implements OnApplicationShutdown {
  constructor(@Inject(HttpSender) private readonly sender: HttpSender) {}

  onApplicationShutdown(): void {
    this.sender.close();
  }
}
