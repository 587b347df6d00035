import { Inject, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { AttemptId } from '#domain';
import {
  CrmStore,
  DeliveryStore,
  EndpointStatStore,
  HotPool,
  Lateness,
  LiveBell,
  TakenOfCalls,
  mailboxDepths,
} from '#db';
import {
  AccessTokens,
  CLOCK,
  ENV,
  GrantTokens,
  HttpSender,
  LOG,
  Mailer,
  Metrics,
  mailSetupOf,
  secretBoxOf,
  newId,
  targetPolicy,
  type Clock,
  type Env,
  type Log,
} from '#platform';
import { mailboxWorker } from '#queues';
import { CarryEntry } from './crm/carry-entry.js';
import { DrainEndpoint } from './drain-endpoint.js';
import { EndpointTallies } from './endpoint-tallies.js';
import { gaugeMailboxes } from './gauge-mailboxes.js';
import { OpenedSecrets } from './opened-secrets.js';
import { OpenedWriters } from './opened-writers.js';
import { TellTenant } from './tell-tenant.js';
import { TellingModule } from './telling.module.js';
import { ErasureModule } from './erasures/erasure.module.js';
import { GrantsModule } from './grants/grants.module.js';
import { FeedsModule } from './feeds/feeds.module.js';
import { ImportModule } from './imports/import.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { ReplayModule } from './replay.module.js';
import { TryDelivery } from './try-delivery.js';
import { WatchModule } from './watch.module.js';

@Module({
  imports: [
    ReplayModule,
    ImportModule,
    ErasureModule,
    OrdersModule,
    FeedsModule,
    TellingModule,
    WatchModule,
    GrantsModule,
  ],
  providers: [
    {
      provide: HttpSender,
      inject: [ENV],
      useFactory: (env: Env) => new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: Mailer,
      inject: [ENV],
      useFactory: (env: Env) => new Mailer(mailSetupOf(env)),
    },
    {
      provide: EndpointTallies,
      inject: [HotPool, LOG],
      useFactory: (hot: HotPool, log: Log) => new EndpointTallies({ store: new EndpointStatStore(hot), log }),
    },
    {
      provide: DrainEndpoint,
      inject: [
        HotPool,
        HttpSender,
        Mailer,
        GrantTokens,
        TellTenant,
        EndpointTallies,
        Lateness,
        LiveBell,
        ENV,
        CLOCK,
        LOG,
        Metrics,
      ],
      useFactory: (
        hot: HotPool,
        sender: HttpSender,
        mailer: Mailer,
        grants: GrantTokens,
        tellTenant: TellTenant,
        tallies: EndpointTallies,
        lateness: Lateness,
        liveBell: LiveBell,
        env: Env,
        clock: Clock,
        log: Log,
        metrics: Metrics,
      ) => {
        const store = new DeliveryStore(hot);
        return new DrainEndpoint({
          store,
          tryDelivery: new TryDelivery({
            store,
            taken: new TakenOfCalls(hot),
            carry: new CarryEntry({ sender, clock, store: new CrmStore(hot) }),
            sender,
            mailer,
            tokens: new AccessTokens({ sender, clock }),
            grants,
            clock,
            log,
            metrics,
            newAttemptId: newId<AttemptId>,
            tallies,
            liveBell,
            apiUrl: env.API_PUBLIC_URL ?? env.PUBLIC_URL ?? null,
          }),
          secrets: new OpenedSecrets(secretBoxOf(env)),
          writers: new OpenedWriters(),
          tellTenant,
          clock,
          lateness,
        });
      },
    },
    mailboxWorker('endpoint', { drainer: DrainEndpoint, concurrency: (env) => env.FORWARDER_CONCURRENCY }),
  ],
})
export class ForwarderModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(HttpSender) private readonly sender: HttpSender,
    @Inject(EndpointTallies) private readonly tallies: EndpointTallies,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Metrics) metrics: Metrics,
    @Inject(HotPool) hot: HotPool,
  ) {
    gaugeMailboxes(metrics, () => mailboxDepths(hot));
  }

  onApplicationBootstrap(): void {
    this.tallies.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    // After the last drain, whose tries are counted too: the mailbox worker has stopped.
    await this.tallies.stop();
    this.sender.close();
    this.mailer.close();
  }
}
