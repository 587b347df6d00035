import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, HealthChecks, MAILBOXES, Metrics, type Env } from '#platform';
import type { RingCalls } from './contract.js';
import { openQueueBackend, type QueueBackend } from './queue-backend.js';
import { Ringer } from './ringer.js';

export const QUEUE_BACKEND = Symbol('QueueBackend');

/** The doorbell: Ringer for those who ring, QUEUE_BACKEND for those who answer. Global. */
@Module({})
export class QueuesModule implements OnApplicationShutdown {
  constructor(
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    @Inject(Ringer) private readonly ringer: Ringer,
  ) {}

  static with(databaseUrl: string): DynamicModule {
    return {
      module: QueuesModule,
      global: true,
      providers: [
        {
          provide: QUEUE_BACKEND,
          inject: [ENV, HealthChecks],
          useFactory: (env: Env, checks: HealthChecks): QueueBackend => {
            const backend = openQueueBackend({
              redisUrl: env.REDIS_URL,
              redisCluster: env.REDIS_CLUSTER,
              databaseUrl,
            });
            checks.add('queue', () => backend.ping());
            return backend;
          },
        },
        {
          provide: Ringer,
          inject: [QUEUE_BACKEND, Metrics, MAILBOXES],
          useFactory: (backend: QueueBackend, metrics: Metrics, { calls }: { calls: RingCalls }) =>
            new Ringer(backend, metrics, calls),
        },
      ],
      exports: [QUEUE_BACKEND, Ringer],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.ringer.close();
    await this.backend.close();
  }
}
