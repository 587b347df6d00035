import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CLOCK, RecordingLinks, type Clock } from '#platform';
import { Ringer } from '#queues';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { RecordingsModule } from '../recordings/recordings.module.js';
import { CallDesk } from './call-desk.js';
import { CallStatsDesk } from './call-stats-desk.js';
import { CallWordDesk } from './call-word-desk.js';
import { CallWordsController } from './call-words.controller.js';
import { CallsController } from './calls.controller.js';

@Module({
  imports: [FoundationModule, RecordingsModule],
  controllers: [CallsController, CallWordsController],
  providers: [
    {
      provide: CallDesk,
      inject: [REPOSITORIES, RecordingLinks],
      useFactory: ({ calls, people }: Repositories, links: RecordingLinks) =>
        new CallDesk({ calls, people, links }),
    },
    {
      provide: CallWordDesk,
      inject: [REPOSITORIES, Ringer, CLOCK],
      useFactory: ({ callWords: words }: Repositories, ringer: Ringer, clock: Clock) =>
        new CallWordDesk({ words, ringer, clock }),
    },
    {
      provide: CallStatsDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ callStats: stats, callToday: today }: Repositories, clock: Clock) =>
        new CallStatsDesk({ stats, today, clock }),
    },
  ],
  exports: [CallDesk, CallStatsDesk, CallWordDesk],
})
export class CallsModule {}
