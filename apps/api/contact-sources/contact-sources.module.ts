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
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ContactSourceDesk } from './contact-source-desk.js';
import { ContactSourcesController } from './contact-sources.controller.js';
import { TestSource } from './test-source.js';

@Module({
  imports: [FoundationModule],
  controllers: [ContactSourcesController],
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
      provide: ContactSourceDesk,
      inject: [REPOSITORIES, SecretBox, ENV, CLOCK],
      useFactory: (
        { contactSources: sources, endpoints }: Repositories,
        box: SecretBox,
        env: Env,
        clock: Clock,
      ) => new ContactSourceDesk({ sources, endpoints, box, targets: targetPolicy(env.EGRESS_ALLOW), clock }),
    },
    {
      provide: TestSource,
      inject: [REPOSITORIES, SecretBox, HttpSender, GrantTokens, CLOCK, AbortController],
      useFactory: (
        { contactSources: sources }: Repositories,
        box: SecretBox,
        sender: HttpSender,
        grants: GrantTokens,
        clock: Clock,
        { signal }: AbortController,
      ) => {
        const tokens = new AccessTokens({ sender, clock });
        return new TestSource({ sources, box, tokens, grants, sender, clock, signal });
      },
    },
  ],
})
export class ContactSourcesModule implements OnApplicationShutdown {
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
