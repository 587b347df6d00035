import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, HealthChecks, Metrics, type Env } from '#platform';
import { HotPool } from './pool/hot-pool.js';

/** The database as workers and ingress use it: HotPool. Global. */
@Module({})
export class DbModule implements OnApplicationShutdown {
  constructor(@Inject(HotPool) private readonly hot: HotPool) {}

  static with(databaseUrl: string): DynamicModule {
    return {
      module: DbModule,
      global: true,
      providers: [
        {
          provide: HotPool,
          inject: [ENV, Metrics, HealthChecks],
          useFactory: (env: Env, metrics: Metrics, checks: HealthChecks): HotPool => {
            const hot = new HotPool(databaseUrl, 'switchhook_worker', env.DATABASE_POOL, metrics);
            checks.add('database', async () => {
              await hot.pool.query('SELECT 1');
            });
            metrics.gauge('switchhook_pool_connections', 'Database connections.', ['state'], (gauge) => {
              gauge.set({ state: 'open' }, hot.pool.totalCount);
              gauge.set({ state: 'idle' }, hot.pool.idleCount);
              gauge.set({ state: 'waiting' }, hot.pool.waitingCount);
            });
            return hot;
          },
        },
      ],
      exports: [HotPool],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.hot.end();
  }
}
