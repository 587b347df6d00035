import { Module } from '@nestjs/common';
import type { CallEventId, DeliveryId } from '#domain';
import { HotPool, OperationalEvents } from '#db';
import { CLOCK, LOG, matchesPayload, newId, type Clock, type Log } from '#platform';
import { Ringer } from '#queues';
import { TellTenant } from './tell-tenant.js';

/** How tenants are told of our own work. A part of the forwarder. */
@Module({
  providers: [
    {
      provide: TellTenant,
      inject: [HotPool, Ringer, CLOCK, LOG],
      useFactory: (hot: HotPool, ringer: Ringer, clock: Clock, log: Log) =>
        new TellTenant({
          events: new OperationalEvents(hot),
          ringer,
          matches: matchesPayload,
          clock,
          log,
          ids: { event: newId<CallEventId>, delivery: newId<DeliveryId> },
        }),
    },
  ],
  exports: [TellTenant],
})
export class TellingModule {}
