import { Inject, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { GrantStore, HotPool, WatchStore } from '#db';
import { CLOCK, ENV, GrantTokens, LOG, secretBoxOf, type Clock, type Env, type Log } from '#platform';
import { GrantsModule } from './grants/grants.module.js';
import { KeepGrantsAlive } from './grants/keep-grants-alive.js';
import { TellGrants } from './grants/tell-grants.js';
import { TellBacklogs } from './tell-backlogs.js';
import { TellExpiring } from './tell-expiring.js';
import { TellLimits } from './tell-limits.js';
import { TellSockets } from './tell-sockets.js';
import { TellTenant } from './tell-tenant.js';
import { TellingModule } from './telling.module.js';
import { Watch } from './watch.js';

/** Looks after backlogs and whatever expires. A part of the forwarder, with a clock of its own. */
@Module({
  imports: [TellingModule, GrantsModule],
  providers: [
    {
      provide: Watch,
      inject: [HotPool, TellTenant, GrantTokens, CLOCK, LOG, ENV],
      useFactory: (
        hot: HotPool,
        tellTenant: TellTenant,
        grants: GrantTokens,
        clock: Clock,
        log: Log,
        env: Env,
      ) => {
        const store = new WatchStore(hot);
        const backlogs = new TellBacklogs({ store, tellTenant });
        const expiring = new TellExpiring({ store, tellTenant, clock, log });
        const limits = new TellLimits({ store, tellTenant });
        const sockets = new TellSockets({ store, tellTenant, clock });
        const kept = new GrantStore(hot);
        const alive = new KeepGrantsAlive({ store: kept, grants, box: secretBoxOf(env), log });
        const inNeed = new TellGrants({ store: kept, tellTenant });
        return new Watch({ store, duties: [backlogs, sockets, expiring, limits, alive, inNeed], log });
      },
    },
  ],
})
export class WatchModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(Watch) private readonly watch: Watch) {}

  onApplicationBootstrap(): void {
    this.watch.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.watch.stop();
  }
}
