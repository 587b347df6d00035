import { Module } from '@nestjs/common';
import type { ReceiptId } from '#domain';
import { ConnectionDirectory, ContactLookup, HotPool, ReceiptInbox } from '#db';
import { CLOCK, LOG, Metrics, newId, type Clock, type Log } from '#platform';
import { Ringer } from '#queues';
import { answerIvr } from './answer-ivr.js';
import { answerPopup } from './answer-popup.js';
import { TakeWebhook } from './take-webhook.js';
import { WebhookController } from './webhook.controller.js';

@Module({
  controllers: [WebhookController],
  providers: [
    {
      provide: TakeWebhook,
      inject: [HotPool, Ringer, CLOCK, Metrics, LOG],
      useFactory: (hot: HotPool, ringer: Ringer, clock: Clock, metrics: Metrics, log: Log) =>
        new TakeWebhook({
          directory: new ConnectionDirectory(hot, () => clock.now()),
          inbox: new ReceiptInbox(hot),
          answerers: {
            popup: answerPopup({ contacts: new ContactLookup(hot), clock, metrics, log }),
            ivr: answerIvr(),
          },
          ringer,
          clock,
          metrics,
          newReceiptId: () => newId<ReceiptId>(),
        }),
    },
  ],
})
export class IngressModule {}
