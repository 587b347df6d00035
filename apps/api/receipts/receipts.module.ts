import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { Ringer } from '#queues';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ConnectionReceiptsController } from './connection-receipts.controller.js';
import { ReceiptDesk } from './receipt-desk.js';
import { ReceiptsController } from './receipts.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [ReceiptsController, ConnectionReceiptsController],
  providers: [
    {
      provide: ReceiptDesk,
      inject: [REPOSITORIES, Ringer],
      useFactory: ({ receipts }: Repositories, ringer: Ringer) => new ReceiptDesk({ receipts, ringer }),
    },
  ],
})
export class ReceiptsModule {}
