import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { CLOCK, ENV, HealthChecks, MAILBOXES, Metrics, type Clock, type Env } from '#platform';
import { dueMailboxes } from './mailbox/due-mailboxes.js';
import { MailboxLeaseBook, type LeasedKind } from './mailbox/mailbox-lease-book.js';
import { HotPool } from './pool/hot-pool.js';
import { TenantScope } from './tenancy/tenant-scope.js';

/** The database: HotPool for workers and ingress, MAILBOXES for workers, TenantScope for the api. Global. */
@Module({})
export class DbModule implements OnApplicationShutdown {
  constructor(
    @Inject(HotPool) private readonly hot: HotPool,
    @Inject(TenantScope) private readonly scope: TenantScope,
  ) {}

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
        {
          provide: TenantScope,
          inject: [ENV],
          useFactory: (env: Env) => new TenantScope(env.API_DATABASE_URL ?? databaseUrl, env.DATABASE_POOL),
        },
        {
          provide: MAILBOXES,
          inject: [HotPool, CLOCK],
          useFactory: (hot: HotPool, clock: Clock) => ({
            leases: (leaseMs: number) => new MailboxLeaseBook(hot, leaseMs, () => clock.now()),
            due: (kind: LeasedKind) => dueMailboxes(hot, kind),
          }),
        },
      ],
      exports: [HotPool, TenantScope, MAILBOXES],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.hot.end(), this.scope.end()]);
  }
}
