import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { ReceiptId } from '#domain';
import { CallContexts, ConnectionDirectory, ContactLookup, HotPool, IvrDirectory, ReceiptInbox } from '#db';
import {
  CLOCK,
  ENV,
  HttpSender,
  LOG,
  Metrics,
  newId,
  secretBoxOf,
  targetPolicy,
  type Clock,
  type Env,
  type Log,
} from '#platform';
import { Ringer } from '#queues';
import { answerIvr } from './answer-ivr.js';
import { answerPopup } from './answer-popup.js';
import { AskTenant } from './ask-tenant.js';
import { KeptFlows } from './kept-flows.js';
import { TakeWebhook, type Answerers } from './take-webhook.js';
import { WebhookController } from './webhook.controller.js';

const ANSWER_IVR = Symbol('AnswerIvr');

@Module({
  controllers: [WebhookController],
  providers: [
    {
      provide: HttpSender,
      inject: [ENV],
      useFactory: (env: Env) => new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: CallContexts,
      inject: [HotPool],
      useFactory: (hot: HotPool) => new CallContexts(hot),
    },
    {
      provide: ANSWER_IVR,
      inject: [HotPool, CallContexts, HttpSender, ENV, CLOCK, LOG, Metrics],
      useFactory: (
        hot: HotPool,
        contexts: CallContexts,
        sender: HttpSender,
        env: Env,
        clock: Clock,
        log: Log,
        metrics: Metrics,
      ) => {
        const directory = new IvrDirectory(hot, () => clock.now());
        return answerIvr({
          directory,
          flows: new KeptFlows(directory),
          tenants: new AskTenant({ sender, box: secretBoxOf(env), clock }),
          contexts,
          clock,
          log,
          metrics,
        });
      },
    },
    {
      provide: TakeWebhook,
      inject: [HotPool, CallContexts, Ringer, CLOCK, Metrics, LOG, ANSWER_IVR],
      useFactory: (
        hot: HotPool,
        contexts: CallContexts,
        ringer: Ringer,
        clock: Clock,
        metrics: Metrics,
        log: Log,
        ivr: Answerers['ivr'],
      ) =>
        new TakeWebhook({
          directory: new ConnectionDirectory(hot, () => clock.now()),
          inbox: new ReceiptInbox(hot),
          answerers: {
            popup: answerPopup({
              contacts: new ContactLookup(hot),
              contexts,
              clock,
              metrics,
              log,
            }),
            ivr,
          },
          ringer,
          clock,
          metrics,
          newReceiptId: () => newId<ReceiptId>(),
        }),
    },
  ],
})
export class IngressModule implements OnApplicationShutdown {
  constructor(@Inject(HttpSender) private readonly sender: HttpSender) {}

  /** Only now, when no webhook waits for an answer any more. */
  onApplicationShutdown(): void {
    this.sender.close();
  }
}
