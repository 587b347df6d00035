import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CallDesk } from '../calls/call-desk.js';
import { CallsModule } from '../calls/calls.module.js';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { OwnCallDesk } from './own-call-desk.js';
import { OwnCallsController } from './own-calls.controller.js';

@Module({
  imports: [FoundationModule, CallsModule],
  controllers: [OwnCallsController],
  providers: [
    {
      provide: OwnCallDesk,
      inject: [REPOSITORIES, CallDesk],
      useFactory: ({ ownCalls: own }: Repositories, calls: CallDesk) => new OwnCallDesk({ own, calls }),
    },
  ],
})
export class OwnCallsModule {}
