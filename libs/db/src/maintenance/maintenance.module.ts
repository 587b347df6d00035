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
import { forgetLiveEvents } from './forget-live-events.js';
import { forgetSourceAnswers } from './forget-source-answers.js';
import { maintainPartitions } from './partitions.js';

const EVERY_MS = 60 * 60 * 1000;
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
    try {
      const calls = await forgetCallContexts(this.url, this.clock.now());
      if (calls > 0) this.log.info({ calls }, 'call_contexts.forgotten');
    } catch (error) {
      this.log.error({ err: error }, 'call_contexts.failed');
    }
    try {
      const spans = await forgetEndpointStats(this.url, this.clock.now());
      if (spans > 0) this.log.info({ spans }, 'endpoint_stats.forgotten');
    } catch (error) {
      this.log.error({ err: error }, 'endpoint_stats.failed');
    }
    try {
      const counts = await forgetIngressCounts(this.url, this.clock.now());
      if (counts > 0) this.log.info({ counts }, 'ingress_counts.forgotten');
    } catch (error) {
      this.log.error({ err: error }, 'ingress_counts.failed');
    }
    try {
      const imports = await forgetImports(this.url, this.clock.now());
      if (imports > 0) this.log.info({ imports }, 'imports.forgotten');
    } catch (error) {
      this.log.error({ err: error }, 'imports.failed');
    }
    try {
      const events = await forgetLiveEvents(this.url, this.clock.now());
      if (events > 0) this.log.info({ events }, 'live_events.forgotten');
    } catch (error) {
      this.log.error({ err: error }, 'live_events.failed');
    }
    try {
      const answers = await forgetSourceAnswers(this.url, this.clock.now());
      if (answers > 0) this.log.info({ answers }, 'source_answers.forgotten');
    } catch (error) {
      this.log.error({ err: error }, 'source_answers.failed');
    }
    try {
      const erasures = await forgetErasures(this.url, this.clock.now());
      if (erasures > 0) this.log.info({ erasures }, 'erasures.forgotten');
    } catch (error) {
      this.log.error({ err: error }, 'erasures.failed');
    }
    try {
      const forgotten = await forgetExpired(this.url, this.clock.now());
      if (forgotten > 0) this.log.info({ forgotten }, 'retention.applied');
    } catch (error) {
      this.log.error({ err: error }, 'retention.failed');
    }
  }
}
