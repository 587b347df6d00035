import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CLOCK, type Clock } from '#platform';
import { ConnectionHealthDesk } from '../connections/connection-health-desk.js';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { EndpointsTotalController } from './endpoints-total.controller.js';
import { OverviewDesk } from './overview-desk.js';
import { OverviewController } from './overview.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [OverviewController, EndpointsTotalController],
  providers: [
    {
      provide: OverviewDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ overview, callStats: calls, connectionHealth, sockets }: Repositories, clock: Clock) => {
        const health = new ConnectionHealthDesk({ health: connectionHealth, sockets, clock });
        return new OverviewDesk({ overview, calls, health, clock });
      },
    },
  ],
})
export class OverviewModule {}
