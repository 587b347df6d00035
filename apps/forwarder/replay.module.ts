import { Module } from '@nestjs/common';
import type { DeliveryId } from '#domain';
import { HotPool, ReplayStore } from '#db';
import { CLOCK, newId, type Clock } from '#platform';
import { Ringer, mailboxWorker } from '#queues';
import { DrainReplay } from './drain-replay.js';

/** Replays worked on at once by one forwarder: each costs a few statements a second, and there are few. */
const CONCURRENCY = 8;

/** Makes the deliveries of replays. A part of the forwarder, with a loop and a clock of its own. */
@Module({
  providers: [
    {
      provide: DrainReplay,
      inject: [HotPool, Ringer, CLOCK],
      useFactory: (hot: HotPool, ringer: Ringer, clock: Clock) =>
        new DrainReplay({ store: new ReplayStore(hot), ringer, clock, newDeliveryId: newId<DeliveryId> }),
    },
    mailboxWorker('replay', { drainer: DrainReplay, concurrency: () => CONCURRENCY }),
  ],
})
export class ReplayModule {}
