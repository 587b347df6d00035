import { Module } from '@nestjs/common';
import { ErasureStore, HotPool } from '#db';
import { CLOCK, ENV, LOG, secretBoxOf, type Clock, type Env, type Log } from '#platform';
import { mailboxWorker } from '#queues';
import { DrainErasure } from './drain-erasure.js';

/** Erasures worked on at once by one forwarder: each reads all that a tenant has. */
const CONCURRENCY = 1;

/** Deletes and masks what is kept about a number. A part of the forwarder, with a loop of its own. */
@Module({
  providers: [
    {
      provide: DrainErasure,
      inject: [HotPool, ENV, CLOCK, LOG],
      useFactory: (hot: HotPool, env: Env, clock: Clock, log: Log) =>
        new DrainErasure({ store: new ErasureStore(hot), box: secretBoxOf(env), clock, log }),
    },
    mailboxWorker('erasure', { drainer: DrainErasure, concurrency: () => CONCURRENCY }),
  ],
})
export class ErasureModule {}
