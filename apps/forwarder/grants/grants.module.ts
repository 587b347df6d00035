import { Inject, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { HotPool, openGrantTokens } from '#db';
import {
  CLOCK,
  ENV,
  GrantTokens,
  HttpSender,
  secretBoxOf,
  targetPolicy,
  type Clock,
  type Env,
} from '#platform';

/** Access tokens of those who agreed on their CRM's page. A part of the forwarder, with connections of its own. */
@Module({
  providers: [
    {
      provide: HttpSender,
      inject: [ENV],
      useFactory: (env: Env) => new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: GrantTokens,
      inject: [HotPool, HttpSender, CLOCK, ENV],
      useFactory: (hot: HotPool, sender: HttpSender, clock: Clock, env: Env) =>
        openGrantTokens(hot, { sender, clock, box: secretBoxOf(env) }),
    },
  ],
  exports: [GrantTokens],
})
export class GrantsModule implements BeforeApplicationShutdown {
  constructor(
    @Inject(HttpSender) private readonly sender: HttpSender,
    @Inject(GrantTokens) private readonly grants: GrantTokens,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    // What a CRM answers now may be the only refresh token that there is.
    await this.grants.settle();
    this.sender.close();
  }
}
