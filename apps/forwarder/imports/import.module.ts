import { Module } from '@nestjs/common';
import { HotPool, ImportStore } from '#db';
import { CLOCK, LOG, type Clock, type Log } from '#platform';
import { mailboxWorker } from '#queues';
import { DrainImport } from './drain-import.js';

/** Imports worked on at once by one forwarder: each keeps the database busy by itself. */
const CONCURRENCY = 2;

/** Reads files of contacts into the directory. A part of the forwarder, with a loop of its own. */
@Module({
  providers: [
    {
      provide: DrainImport,
      inject: [HotPool, CLOCK, LOG],
      useFactory: (hot: HotPool, clock: Clock, log: Log) =>
        new DrainImport({ store: new ImportStore(hot), clock, log }),
    },
    mailboxWorker('import', { drainer: DrainImport, concurrency: () => CONCURRENCY }),
  ],
})
export class ImportModule {}
