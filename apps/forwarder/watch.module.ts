import { Inject, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HotPool, WatchStore } from '#db';
import { CLOCK, LOG, type Clock, type Log } from '#platform';
import { TellBacklogs } from './tell-backlogs.js';
import { TellExpiring } from './tell-expiring.js';
import { TellLimits } from './tell-limits.js';
import { TellTenant } from './tell-tenant.js';
import { TellingModule } from './telling.module.js';
import { Watch } from './watch.js';

/** Looks after backlogs and whatever expires. A part of the forwarder, with a clock of its own. */
@Module({
  imports: [TellingModule],
  providers: [
    {
      provide: Watch,
      inject: [HotPool, TellTenant, CLOCK, LOG],
      useFactory: (hot: HotPool, tellTenant: TellTenant, clock: Clock, log: Log) => {
        const store = new WatchStore(hot);
        const backlogs = new TellBacklogs({ store, tellTenant });
        const expiring = new TellExpiring({ store, tellTenant, clock, log });
        const limits = new TellLimits({ store, tellTenant });
        return new Watch({ store, duties: [backlogs, expiring, limits], log });
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
