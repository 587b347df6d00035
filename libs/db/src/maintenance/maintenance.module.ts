import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CLOCK, ENV, LOG, type Clock, type Env, type Log } from '#platform';
import { forgetCallContexts } from './forget-call-contexts.js';
import { forgetEndpointStats } from './forget-endpoint-stats.js';
import { forgetErasures } from './forget-erasures.js';
import { forgetExpired } from './forget-expired.js';
import { forgetImports } from './forget-imports.js';
import { forgetIngressCounts } from './forget-ingress-counts.js';
import { forgetLinks } from './forget-links.js';
import { forgetLiveEvents } from './forget-live-events.js';
import { forgetCrmLogs } from './forget-crm-logs.js';
import { forgetSocketAsks } from './forget-socket-asks.js';
import { forgetOrders } from './forget-orders.js';
import { forgetSourceAnswers } from './forget-source-answers.js';
import { maintainPartitions } from './partitions.js';

const EVERY_MS = 60 * 60 * 1000;
/** What is kept for a time only, one line each: what the log calls it, and who deletes what is over and says how much it was. */
const FORGETTING: readonly (readonly [
  what: string,
  /** @param deliveryDays  for how long the installation keeps what was told */
  forget: (url: string, now: number, deliveryDays: number) => Promise<number>,
])[] = [
  ['call_contexts', forgetCallContexts],
  ['crm_logs', forgetCrmLogs],
  ['endpoint_stats', forgetEndpointStats],
  ['ingress_counts', forgetIngressCounts],
  ['imports', forgetImports],
  ['live_events', forgetLiveEvents],
  ['orders', forgetOrders],
  ['socket_asks', forgetSocketAsks],
  ['source_answers', forgetSourceAnswers],
  ['erasures', forgetErasures],
  ['links', forgetLinks],
  ['retention', forgetExpired],
];
const MAINTENANCE_URL = Symbol('MaintenanceUrl');

/**
 * Makes and drops partitions, and forgets what was remembered of calls, old statistics and what tenants want forgotten
 * earlier, at the start and every hour. Every enricher has it; a lock lets one of them work.
 */
@Module({})
export class MaintenanceModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(MAINTENANCE_URL) private readonly url: string,
    @Inject(ENV) private readonly env: Env,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** @param databaseUrl  the login that owns the tables */
  static with(databaseUrl: string): DynamicModule {
    return { module: MaintenanceModule, providers: [{ provide: MAINTENANCE_URL, useValue: databaseUrl }] };
  }

  onApplicationBootstrap(): void {
    this.running = this.maintain();
    this.timer = setInterval(() => {
      this.running = this.maintain();
    }, EVERY_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async maintain(): Promise<void> {
    try {
      const { made, dropped, spared } = await maintainPartitions(this.url, this.clock.now(), {
        receiptDays: this.env.RETENTION_RECEIPT_DAYS,
        deliveryDays: this.env.RETENTION_DELIVERY_DAYS,
      });
      if (made.length + dropped.length > 0) this.log.info({ made, dropped }, 'partitions.maintained');
      if (spared.length > 0) this.log.warn({ spared }, 'partitions.spared');
    } catch (error) {
      this.log.error({ err: error }, 'partitions.failed');
    }
    for (const [what, forget] of FORGETTING) {
      try {
        const forgotten = await forget(this.url, this.clock.now(), this.env.RETENTION_DELIVERY_DAYS);
        if (forgotten > 0) this.log.info({ forgotten }, `${what}.forgotten`);
      } catch (error) {
        // What cannot be forgotten now keeps nothing else from being so.
        this.log.error({ err: error }, `${what}.failed`);
      }
    }
  }
}
