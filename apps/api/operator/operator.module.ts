import { Module } from '@nestjs/common';
import { HotPool, InstallationStore, TenantsWatch } from '#db';
import { CLOCK, ENV, HealthChecks, PROCESS, type Clock, type Env, type ProcessIdentity } from '#platform';
import { FoundationModule } from '../foundation.module.js';
import { InstallationDesk } from './installation-desk.js';
import { OperatorController } from './operator.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [OperatorController],
  providers: [
    {
      provide: InstallationDesk,
      inject: [HotPool, HealthChecks, PROCESS, ENV, CLOCK],
      useFactory: (hot: HotPool, checks: HealthChecks, identity: ProcessIdentity, env: Env, clock: Clock) =>
        new InstallationDesk({
          store: new InstallationStore(hot),
          tenants: new TenantsWatch(hot),
          checks,
          identity,
          backend: env.REDIS_URL === undefined ? 'postgres' : 'redis',
          retention: { receiptDays: env.RETENTION_RECEIPT_DAYS, deliveryDays: env.RETENTION_DELIVERY_DAYS },
          clock,
        }),
    },
  ],
})
export class OperatorModule {}
