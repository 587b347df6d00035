import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CLOCK, type Clock } from '#platform';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { DoNotCallDesk } from './do-not-call-desk.js';
import { DoNotCallController } from './do-not-call.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [DoNotCallController],
  providers: [
    {
      provide: DoNotCallDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ doNotCall }: Repositories, clock: Clock) => new DoNotCallDesk(doNotCall, clock),
    },
  ],
})
export class DoNotCallModule {}
