import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { TenantDesk } from './tenant-desk.js';
import { TenantsController } from './tenants.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [TenantsController],
  providers: [
    {
      provide: TenantDesk,
      inject: [REPOSITORIES],
      useFactory: ({ tenants }: Repositories) => new TenantDesk(tenants),
    },
  ],
})
export class TenantsModule {}
