import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { ReceiptId } from '#domain';
import {
  CallContexts,
  ConnectionDirectory,
  ContactLookup,
  HotPool,
  IvrDirectory,
  ReceiptInbox,
  RefusalStore,
  TenantUsageStore,
  workersBehind,
} from '#db';
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
import { PopupAsker, QUEUE_BACKEND, Ringer, type QueueBackend } from '#queues';
import { answerIvr } from './answer-ivr.js';
import { answerPopup } from './answer-popup.js';
import { AskTenant } from './ask-tenant.js';
import { AnswerWebhook } from './door/answer-webhook.js';
import { HeldBytes } from './door/held-bytes.js';
import { WebhookDoor } from './door/webhook-door.js';
import { JudgeSender } from './judge-sender.js';
import { KeptFlows } from './kept-flows.js';
import { SlowDown } from './limits/slow-down.js';
import { TenantGate } from './limits/tenant-gate.js';
import { TokenGuesses } from './limits/token-guesses.js';
import { RefusalBook } from './refusals/refusal-book.js';
import { SocketDoor } from './socket/socket-door.js';
import { OpenSockets } from './socket/open-sockets.js';
import { socketProviders } from './socket/sockets.module.js';
import { TakeWebhook, type Answerers } from './take-webhook.js';

const ANSWER_IVR = Symbol('AnswerIvr');
const MIB = 1024 * 1024;
const SECOND = 1000;

@Module({
  providers: [
    ...socketProviders,
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
      provide: PopupAsker,
      inject: [QUEUE_BACKEND, Metrics, CLOCK],
      useFactory: (backend: QueueBackend, metrics: Metrics, clock: Clock) =>
        new PopupAsker({ backend, metrics, newId: () => newId(), now: () => clock.now() }),
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
      provide: ConnectionDirectory,
      inject: [HotPool, CLOCK],
      useFactory: (hot: HotPool, clock: Clock) => new ConnectionDirectory(hot, () => clock.now()),
    },
    {
      provide: RefusalBook,
      inject: [HotPool, Metrics, CLOCK, LOG],
      useFactory: (hot: HotPool, metrics: Metrics, clock: Clock, log: Log) =>
        new RefusalBook({ store: new RefusalStore(hot), metrics, clock, log }),
    },
    {
      provide: TenantGate,
      inject: [HotPool, CLOCK, LOG],
      useFactory: (hot: HotPool, clock: Clock, log: Log) =>
        new TenantGate({ store: new TenantUsageStore(hot), clock, log }),
    },
    {
      provide: SlowDown,
      inject: [HotPool, ENV, LOG],
      useFactory: (hot: HotPool, env: Env, log: Log) => {
        const refuseAfter = env.INGRESS_REFUSE_BEHIND_SECONDS;
        return new SlowDown({
          limits: {
            slowAfterMs: env.INGRESS_SLOW_BEHIND_SECONDS * SECOND,
            refuseAfterMs: refuseAfter === undefined ? undefined : refuseAfter * SECOND,
          },
          behind: () => workersBehind(hot),
          rest: (ms) => delay(ms),
          log,
        });
      },
    },
    {
      provide: AnswerWebhook,
      inject: [TakeWebhook, ConnectionDirectory, TenantGate, RefusalBook, ENV, CLOCK, LOG],
      useFactory: (
        take: TakeWebhook,
        directory: ConnectionDirectory,
        gate: TenantGate,
        refusals: RefusalBook,
        env: Env,
        clock: Clock,
        log: Log,
      ) =>
        new AnswerWebhook({
          take,
          directory,
          gate,
          refusals,
          guesses: new TokenGuesses(env.INGRESS_GUESSES_PER_MINUTE, () => clock.now()),
          senders: new JudgeSender(secretBoxOf(env)),
          clock,
          publicUrl: env.PUBLIC_URL,
          hops: env.INGRESS_TRUST_PROXY,
          log,
        }),
    },
    {
      provide: HeldBytes,
      inject: [ENV, Metrics],
      useFactory: (env: Env, metrics: Metrics) => {
        const held = new HeldBytes({
          total: env.INGRESS_HELD_MIB * MIB,
          perSource: env.INGRESS_HELD_MIB_PER_SOURCE * MIB,
        });
        metrics.gauge(
          'switchhook_ingress_held_bytes',
          'Held of webhooks that have not wholly arrived, or are not kept yet.',
          [],
          (gauge) => {
            gauge.set(held.bytes);
          },
        );
        return held;
      },
    },
    {
      provide: WebhookDoor,
      inject: [AnswerWebhook, RefusalBook, HeldBytes, ENV, LOG],
      useFactory: (answers: AnswerWebhook, refusals: RefusalBook, held: HeldBytes, env: Env, log: Log) =>
        new WebhookDoor({
          prefix: '/in/',
          answers,
          refusals,
          held,
          log,
          hops: env.INGRESS_TRUST_PROXY,
          wholeRequestMs: env.REQUEST_SECONDS * 1000,
          graceMs: env.SHUTDOWN_GRACE_SECONDS * 1000,
        }),
    },
    {
      provide: TakeWebhook,
      inject: [
        ConnectionDirectory,
        HotPool,
        CallContexts,
        PopupAsker,
        Ringer,
        SlowDown,
        CLOCK,
        Metrics,
        LOG,
        ANSWER_IVR,
      ],
      useFactory: (
        directory: ConnectionDirectory,
        hot: HotPool,
        contexts: CallContexts,
        asker: PopupAsker,
        ringer: Ringer,
        slowDown: SlowDown,
        clock: Clock,
        metrics: Metrics,
        log: Log,
        ivr: Answerers['ivr'],
      ) =>
        new TakeWebhook({
          directory,
          inbox: new ReceiptInbox(hot),
          answerers: {
            popup: answerPopup({
              contacts: new ContactLookup(hot),
              asker,
              contexts,
              clock,
              metrics,
              log,
            }),
            ivr,
          },
          ringer,
          slowDown,
          clock,
          metrics,
          newReceiptId: () => newId<ReceiptId>(),
        }),
    },
  ],
})
export class IngressModule
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  constructor(
    @Inject(HttpSender) private readonly sender: HttpSender,
    @Inject(RefusalBook) private readonly refusals: RefusalBook,
    @Inject(TenantGate) private readonly gate: TenantGate,
    @Inject(SlowDown) private readonly slowDown: SlowDown,
    @Inject(PopupAsker) private readonly asker: PopupAsker,
    @Inject(OpenSockets) private readonly sockets: OpenSockets,
    @Inject(SocketDoor) private readonly socketDoor: SocketDoor,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
  ) {}

  onApplicationBootstrap(): void {
    this.refusals.start();
    this.gate.start();
    this.slowDown.start();
    this.sockets.start();
    this.socketDoor.open(this.host.httpAdapter.getHttpServer() as Server);
  }

  /** The database is still there; what is refused while the last webhooks are answered is lost to the counters. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.sockets.stop();
    await Promise.all([this.refusals.stop(), this.gate.stop(), this.slowDown.stop()]);
  }

  /** Only now, when no webhook waits for an answer any more. */
  async onApplicationShutdown(): Promise<void> {
    this.sender.close();
    await this.asker.close();
  }
}
