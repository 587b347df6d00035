import { Module } from '@nestjs/common';
import { HotPool, ImportStore, LeadImportStore } from '#db';
import { CLOCK, LOG, type Clock, type Log } from '#platform';
import { Ringer, mailboxWorker } from '#queues';
import { DrainImport } from './drain-import.js';

/** Imports worked on at once by one forwarder: each keeps the database busy by itself. */
const CONCURRENCY = 2;

/** Reads files of contacts into the directory, and files of leads onto the lists of campaigns. A part of the forwarder, with a loop of its own. */
@Module({
  providers: [
    {
      provide: DrainImport,
      inject: [HotPool, CLOCK, LOG, Ringer],
      useFactory: (hot: HotPool, clock: Clock, log: Log, ringer: Ringer) =>
        new DrainImport({
          store: new ImportStore(hot),
          leads: new LeadImportStore(hot),
          ringCampaign: (campaignId) => {
            ringer.ring('campaign', [campaignId]);
          },
          clock,
          log,
        }),
    },
    mailboxWorker('import', { drainer: DrainImport, concurrency: () => CONCURRENCY }),
  ],
})
export class ImportModule {}
