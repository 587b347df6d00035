import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CLOCK, ENV, type Clock, type Env } from '#platform';
import { Ringer } from '#queues';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ReplayDesk } from './replay-desk.js';
import { ReplaysController } from './replays.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [ReplaysController],
  providers: [
    {
      provide: ReplayDesk,
      inject: [REPOSITORIES, Ringer, CLOCK, ENV],
      useFactory: ({ replays }: Repositories, ringer: Ringer, clock: Clock, env: Env) =>
        new ReplayDesk({ replays, ringer, clock, keptDays: env.RETENTION_DELIVERY_DAYS }),
    },
  ],
  exports: [ReplayDesk],
})
export class ReplaysModule {}
