import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CLOCK, type Clock } from '#platform';
import { Ringer } from '#queues';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ReplaysModule } from '../replays/replays.module.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveryDesk } from './delivery-desk.js';

@Module({
  imports: [FoundationModule, ReplaysModule],
  controllers: [DeliveriesController],
  providers: [
    {
      provide: DeliveryDesk,
      inject: [REPOSITORIES, Ringer, CLOCK],
      useFactory: ({ deliveries }: Repositories, ringer: Ringer, clock: Clock) =>
        new DeliveryDesk({ deliveries, ringer, clock }),
    },
  ],
})
export class DeliveriesModule {}
