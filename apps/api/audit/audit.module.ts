import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { AuditDesk } from './audit-desk.js';
import { AuditController } from './audit.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [AuditController],
  providers: [
    {
      provide: AuditDesk,
      inject: [REPOSITORIES],
      useFactory: ({ audit }: Repositories) => new AuditDesk(audit),
    },
  ],
})
export class AuditModule {}
