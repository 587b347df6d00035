import { Module } from '@nestjs/common';
import { HotPool, ImportStore } from '#db';
import { CLOCK, type Clock } from '#platform';
import { mailboxWorker } from '#queues';
import { DrainImport } from './drain-import.js';

/** Imports worked on at once by one forwarder: each keeps the database busy by itself. */
const CONCURRENCY = 2;

/** Reads files of contacts into the directory. A part of the forwarder, with a loop of its own. */
@Module({
  providers: [
    {
      provide: DrainImport,
      inject: [HotPool, CLOCK],
      useFactory: (hot: HotPool, clock: Clock) => new DrainImport({ store: new ImportStore(hot), clock }),
    },
    mailboxWorker('import', { drainer: DrainImport, concurrency: () => CONCURRENCY }),
  ],
})
export class ImportModule {}
