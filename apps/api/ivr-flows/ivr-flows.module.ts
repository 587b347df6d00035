import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CLOCK, type Clock } from '#platform';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { IvrFlowDesk } from './ivr-flow-desk.js';
import { IvrFlowsController } from './ivr-flows.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [IvrFlowsController],
  providers: [
    {
      provide: IvrFlowDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ ivrFlows: flows }: Repositories, clock: Clock) => new IvrFlowDesk({ flows, clock }),
    },
  ],
})
export class IvrFlowsModule {}
