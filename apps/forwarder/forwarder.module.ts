import { Inject, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { AttemptId, CallEventId, DeliveryId } from '#domain';
import {
  DeliveryStore,
  EndpointStatStore,
  HotPool,
  MailboxLeaseBook,
  OperationalEvents,
  dueMailboxes,
  mailboxDepths,
} from '#db';
import {
  CLOCK,
  ENV,
  HttpSender,
  LOG,
  Metrics,
  matchesPayload,
  secretBoxOf,
  newId,
  targetPolicy,
  type Clock,
  type Env,
  type Log,
} from '#platform';
import { DrainLoop, LEASE_MS, QUEUE_BACKEND, Ringer, Sweeper, type QueueBackend } from '#queues';
import { AccessTokens } from './access-tokens.js';
import { DrainEndpoint } from './drain-endpoint.js';
import { EndpointTallies } from './endpoint-tallies.js';
import { OpenedSecrets } from './opened-secrets.js';
import { OpenedWriters } from './opened-writers.js';
import { TellTenant } from './tell-tenant.js';
import { ReplayModule } from './replay.module.js';
import { TryDelivery } from './try-delivery.js';

@Module({
  imports: [ReplayModule],
  providers: [
    {
      provide: HttpSender,
      inject: [ENV],
      useFactory: (env: Env) => new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: EndpointTallies,
      inject: [HotPool, LOG],
      useFactory: (hot: HotPool, log: Log) => new EndpointTallies({ store: new EndpointStatStore(hot), log }),
    },
    {
      provide: DrainEndpoint,
      inject: [HotPool, HttpSender, Ringer, EndpointTallies, ENV, CLOCK, LOG, Metrics],
      useFactory: (
        hot: HotPool,
        sender: HttpSender,
        ringer: Ringer,
        tallies: EndpointTallies,
        env: Env,
        clock: Clock,
        log: Log,
        metrics: Metrics,
      ) => {
        const store = new DeliveryStore(hot);
        return new DrainEndpoint({
          store,
          tryDelivery: new TryDelivery({
            store,
            sender,
            tokens: new AccessTokens({ sender, clock }),
            clock,
            log,
            metrics,
            newAttemptId: newId<AttemptId>,
            tallies,
          }),
          secrets: new OpenedSecrets(secretBoxOf(env)),
          writers: new OpenedWriters(),
          tellTenant: new TellTenant({
            events: new OperationalEvents(hot),
            ringer,
            matches: matchesPayload,
            clock,
            log,
            ids: { event: newId<CallEventId>, delivery: newId<DeliveryId> },
          }),
          clock,
        });
      },
    },
    {
      provide: DrainLoop,
      inject: [DrainEndpoint, QUEUE_BACKEND, HotPool, Ringer, ENV, CLOCK, LOG, Metrics],
      useFactory: (
        drainEndpoint: DrainEndpoint,
        backend: QueueBackend,
        hot: HotPool,
        ringer: Ringer,
        env: Env,
        clock: Clock,
        log: Log,
        metrics: Metrics,
      ) =>
        new DrainLoop({
          kind: 'endpoint',
          concurrency: env.FORWARDER_CONCURRENCY,
          leases: new MailboxLeaseBook(hot, LEASE_MS, () => clock.now()),
          drain: (lease, slice) => drainEndpoint.drain(lease, slice),
          backend,
          ringer,
          clock,
          log,
          metrics,
        }),
    },
    {
      provide: Sweeper,
      inject: [HotPool, Ringer, LOG],
      useFactory: (hot: HotPool, ringer: Ringer, log: Log) =>
        new Sweeper('endpoint', (kind) => dueMailboxes(hot, kind), ringer, log),
    },
  ],
})
export class ForwarderModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(DrainLoop) private readonly loop: DrainLoop,
    @Inject(Sweeper) private readonly sweeper: Sweeper,
    @Inject(HttpSender) private readonly sender: HttpSender,
    @Inject(EndpointTallies) private readonly tallies: EndpointTallies,
    @Inject(ENV) private readonly env: Env,
    @Inject(Metrics) metrics: Metrics,
    @Inject(HotPool) hot: HotPool,
  ) {
    metrics.gauge('switchhook_mailbox_depth', 'Letters that wait.', ['kind'], async (gauge) => {
      for (const { kind, depth } of await mailboxDepths(hot)) gauge.set({ kind }, depth);
    });
    metrics.gauge(
      'switchhook_mailbox_age_seconds',
      'Age of the oldest letter that is due.',
      ['kind'],
      async (gauge) => {
        for (const { kind, ageSeconds } of await mailboxDepths(hot)) gauge.set({ kind }, ageSeconds);
      },
    );
  }

  onApplicationBootstrap(): void {
    this.loop.start();
    this.sweeper.start();
    this.tallies.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
    await this.loop.stop(this.env.SHUTDOWN_GRACE_SECONDS * 1000);
    // After the last drain, whose tries are counted too.
    await this.tallies.stop();
    this.sender.close();
  }
}
