import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CLOCK, RecordingLinks, type Clock } from '#platform';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { RecordingsModule } from '../recordings/recordings.module.js';
import { CallDesk } from './call-desk.js';
import { CallStatsDesk } from './call-stats-desk.js';
import { CallsController } from './calls.controller.js';

@Module({
  imports: [FoundationModule, RecordingsModule],
  controllers: [CallsController],
  providers: [
    {
      provide: CallDesk,
      inject: [REPOSITORIES, RecordingLinks],
      useFactory: ({ calls, people }: Repositories, links: RecordingLinks) =>
        new CallDesk({ calls, people, links }),
    },
    {
      provide: CallStatsDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ callStats: stats }: Repositories, clock: Clock) => new CallStatsDesk({ stats, clock }),
    },
  ],
  exports: [CallStatsDesk],
})
export class CallsModule {}
