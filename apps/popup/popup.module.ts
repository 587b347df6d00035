import { Inject, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import {
  ContactLookup,
  HotPool,
  ReceiptInbox,
  SourceAnswerStore,
  SourceDirectory,
  SourceHealthStore,
  openGrantTokens,
} from '#db';
import {
  AccessTokens,
  CLOCK,
  ENV,
  GrantTokens,
  HttpSender,
  LOG,
  Metrics,
  secretBoxOf,
  targetPolicy,
  type Clock,
  type Env,
  type Log,
} from '#platform';
import { PopupAnswerer, QUEUE_BACKEND, Ringer, type QueueBackend } from '#queues';
import { AnswerQuestion } from './answer-question.js';
import { AskSource } from './ask-source.js';
import { SourceHealth } from './source-health.js';
import { tellCall } from './tell-call.js';

/** Ends what is asked when the process stops. */
const STOPPING = Symbol('Stopping');

/** Asks sources of contacts who is calling, for ingress, which answers the PBX. */
@Module({
  providers: [
    { provide: STOPPING, useFactory: () => new AbortController() },
    {
      provide: HttpSender,
      inject: [ENV],
      useFactory: (env: Env) => new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: GrantTokens,
      inject: [HotPool, HttpSender, ENV, CLOCK],
      useFactory: (hot: HotPool, sender: HttpSender, env: Env, clock: Clock) =>
        openGrantTokens(hot, { sender, box: secretBoxOf(env), clock }),
    },
    {
      provide: SourceHealth,
      inject: [HotPool, CLOCK, LOG],
      useFactory: (hot: HotPool, clock: Clock, log: Log) =>
        new SourceHealth({ store: new SourceHealthStore(hot), clock, log }),
    },
    {
      provide: AnswerQuestion,
      inject: [HotPool, HttpSender, GrantTokens, SourceHealth, STOPPING, Ringer, ENV, CLOCK, LOG, Metrics],
      useFactory: (
        hot: HotPool,
        sender: HttpSender,
        grants: GrantTokens,
        health: SourceHealth,
        { signal }: AbortController,
        ringer: Ringer,
        env: Env,
        clock: Clock,
        log: Log,
        metrics: Metrics,
      ) => {
        const inbox = new ReceiptInbox(hot);
        return new AnswerQuestion({
          directory: new SourceDirectory(hot, () => clock.now()),
          contacts: new ContactLookup(hot),
          sources: new AskSource({
            answers: new SourceAnswerStore(hot),
            health,
            sender,
            tokens: new AccessTokens({ sender, clock }),
            grants,
            box: secretBoxOf(env),
            clock,
            log,
            metrics,
            signal,
          }),
          tellCall: (call) => tellCall({ inbox, ringer, clock }, call),
        });
      },
    },
    {
      provide: PopupAnswerer,
      inject: [AnswerQuestion, QUEUE_BACKEND, ENV, CLOCK, LOG, Metrics],
      useFactory: (
        questions: AnswerQuestion,
        backend: QueueBackend,
        env: Env,
        clock: Clock,
        log: Log,
        metrics: Metrics,
      ) =>
        new PopupAnswerer({
          backend,
          concurrency: env.POPUP_CONCURRENCY,
          answer: (question, told) => questions.answer(question, told),
          now: () => clock.now(),
          log,
          metrics,
        }),
    },
  ],
})
export class PopupModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(PopupAnswerer) private readonly answerer: PopupAnswerer,
    @Inject(SourceHealth) private readonly health: SourceHealth,
    @Inject(HttpSender) private readonly sender: HttpSender,
    @Inject(GrantTokens) private readonly grants: GrantTokens,
    @Inject(STOPPING) private readonly stopping: AbortController,
  ) {}

  onApplicationBootstrap(): void {
    this.health.start();
    this.answerer.start();
  }

  /** What is asked is answered first; that takes no longer than a source may take. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.answerer.stop();
    this.stopping.abort();
    await this.health.stop();
    await this.grants.settle();
    this.sender.close();
  }
}
