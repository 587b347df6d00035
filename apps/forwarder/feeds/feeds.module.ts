import { Inject, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { FeedStore, HotPool, LiveBell, SocketAsker } from '#db';
import {
  CLOCK,
  ENV,
  HttpSender,
  LOG,
  Metrics,
  SocketOpener,
  secretBoxOf,
  targetPolicy,
  type Clock,
  type Env,
  type Log,
} from '#platform';
import { mailboxWorker } from '#queues';
import { DrainFeed } from './drain-feed.js';

/** Channels that one process listens to; another one takes the rest. */
const MOST_CHANNELS = 500;

/** Listens to PBXs' own realtime channels. A part of the forwarder, with a loop of its own. */
@Module({
  providers: [
    {
      provide: SocketOpener,
      inject: [ENV],
      useFactory: (env: Env) => new SocketOpener({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: DrainFeed,
      inject: [HotPool, SocketOpener, SocketAsker, LiveBell, ENV, CLOCK, LOG, Metrics],
      useFactory: (
        hot: HotPool,
        sockets: SocketOpener,
        asker: SocketAsker,
        bell: LiveBell,
        env: Env,
        clock: Clock,
        log: Log,
        metrics: Metrics,
      ) => {
        const drain = new DrainFeed({
          store: new FeedStore(hot),
          sockets,
          asker,
          sender: new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
          box: secretBoxOf(env),
          bell,
          clock,
          chance: () => clock.random(),
          log,
        });
        const about = 'Realtime channels of PBXs that this process listens to.';
        metrics.gauge('switchhook_pbx_feeds', about, [], (gauge) => {
          gauge.set(drain.count);
        });
        return drain;
      },
    },
    mailboxWorker('feed', { drainer: DrainFeed, concurrency: () => MOST_CHANNELS }),
  ],
})
export class FeedsModule implements BeforeApplicationShutdown {
  constructor(@Inject(SocketOpener) private readonly sockets: SocketOpener) {}

  /** After the mailbox worker has stopped. */
  beforeApplicationShutdown(): Promise<void> {
    return this.sockets.close();
  }
}
