import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { HotPool, openGrantTokens, type Repositories } from '#db';
import {
  AccessTokens,
  CLOCK,
  ENV,
  GrantTokens,
  HttpSender,
  SecretBox,
  targetPolicy,
  type Clock,
  type Env,
} from '#platform';
import { Ringer } from '#queues';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ConnectorsController } from './connectors/connectors.controller.js';
import { CallCrmLogsController } from './logs/call-crm-logs.controller.js';
import { CrmLogDesk } from './logs/crm-log-desk.js';
import { CrmLogsController } from './logs/crm-logs.controller.js';
import { EndpointProbeController } from './probe/endpoint-probe.controller.js';
import { ProbeCrm } from './probe/probe-crm.js';
import { CrmTemplateController } from './template/crm-template.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [
    ConnectorsController,
    CrmTemplateController,
    EndpointProbeController,
    CrmLogsController,
    CallCrmLogsController,
  ],
  providers: [
    { provide: AbortController, useFactory: () => new AbortController() },
    {
      provide: HttpSender,
      inject: [ENV],
      useFactory: (env: Env) => new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: GrantTokens,
      inject: [HotPool, HttpSender, SecretBox, CLOCK],
      useFactory: (hot: HotPool, sender: HttpSender, box: SecretBox, clock: Clock) =>
        openGrantTokens(hot, { sender, box, clock }),
    },
    {
      provide: ProbeCrm,
      inject: [REPOSITORIES, SecretBox, HttpSender, GrantTokens, CLOCK, AbortController],
      useFactory: (
        { endpoints, endpointAccess: access }: Repositories,
        box: SecretBox,
        sender: HttpSender,
        grants: GrantTokens,
        clock: Clock,
        { signal }: AbortController,
      ) => {
        const tokens = new AccessTokens({ sender, clock });
        return new ProbeCrm({ endpoints, access, box, tokens, grants, sender, clock, signal });
      },
    },
    {
      provide: CrmLogDesk,
      inject: [REPOSITORIES, Ringer],
      useFactory: ({ crmLogs: logs }: Repositories, ringer: Ringer) => new CrmLogDesk({ logs, ringer }),
    },
  ],
})
export class CrmModule implements OnApplicationShutdown {
  constructor(
    @Inject(HttpSender) private readonly sender: HttpSender,
    @Inject(AbortController) private readonly stop: AbortController,
    @Inject(GrantTokens) private readonly grants: GrantTokens,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.grants.settle();
    this.sender.close();
  }
}
