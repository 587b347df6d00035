import { Inject, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { countryOfNumber, type OrderId } from '#domain';
import { CampaignStore, HotPool, OperationalEvents, OrderStore, SocketAsker } from '#db';
import {
  CLOCK,
  ENV,
  HttpSender,
  LOG,
  matchesPayload,
  newId,
  secretBoxOf,
  targetPolicy,
  type Clock,
  type Env,
  type Log,
} from '#platform';
import { Ringer, mailboxWorker } from '#queues';
import { DrainCampaign } from './drain-campaign.js';
import { OpenPbx } from './open-pbx.js';
import { SendAttempts } from './send-attempts.js';
import { TellCampaign } from './tell-campaign.js';

/** Campaigns looked after at once: most of the time each waits for its next second. */
const CONCURRENCY = 64;

/** Dials campaigns. Any number of these processes: each campaign is in the hands of one at a time. */
@Module({
  providers: [
    {
      provide: HttpSender,
      inject: [ENV],
      useFactory: (env: Env) => new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: CampaignStore,
      inject: [HotPool],
      useFactory: (hot: HotPool) => new CampaignStore(hot, countryOfNumber),
    },
    {
      provide: SendAttempts,
      inject: [CampaignStore, Ringer, CLOCK, LOG],
      useFactory: (store: CampaignStore, ringer: Ringer, clock: Clock, log: Log) =>
        new SendAttempts({ store, ringer, clock, log }),
    },
    {
      provide: TellCampaign,
      inject: [HotPool, Ringer],
      useFactory: (hot: HotPool, ringer: Ringer) =>
        new TellCampaign({ events: new OperationalEvents(hot), ringer, matches: matchesPayload, newId }),
    },
    {
      provide: DrainCampaign,
      inject: [CampaignStore, SendAttempts, TellCampaign, HotPool, HttpSender, SocketAsker, ENV, CLOCK, LOG],
      useFactory: (
        store: CampaignStore,
        sending: SendAttempts,
        telling: TellCampaign,
        hot: HotPool,
        sender: HttpSender,
        asker: SocketAsker,
        env: Env,
        clock: Clock,
        log: Log,
      ) =>
        new DrainCampaign({
          store,
          sending,
          telling,
          pbxs: new OpenPbx({ store: new OrderStore(hot), sender, asker, box: secretBoxOf(env), clock }),
          clock,
          log,
          newId: newId<OrderId>,
        }),
    },
    mailboxWorker('campaign', { drainer: DrainCampaign, concurrency: () => CONCURRENCY }),
  ],
})
export class DialerModule implements BeforeApplicationShutdown {
  constructor(
    @Inject(SendAttempts) private readonly sending: SendAttempts,
    @Inject(HttpSender) private readonly sender: HttpSender,
  ) {}

  /** What was committed as sent has its answer written before the process goes. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.sending.settled();
    this.sender.close();
  }
}
