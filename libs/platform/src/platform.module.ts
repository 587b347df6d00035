import { Module, type DynamicModule } from '@nestjs/common';
import { systemClock } from './clock/clock.js';
import type { Env } from './env/read-env.js';
import { HealthChecks } from './health/health-checks.js';
import { HealthController } from './health/health.controller.js';
import type { Log } from './log/log.js';
import { Metrics } from './metrics/metrics.js';
import { processIdentity } from './process-identity.js';
import { CLOCK, ENV, LOG, PROCESS } from './tokens.js';

/** What every process has: environment, log, metrics, clock, health. Global. */
@Module({})
export class PlatformModule {
  static with(env: Env, log: Log, process: string): DynamicModule {
    const metrics = new Metrics(process);
    const checks = new HealthChecks();
    return {
      module: PlatformModule,
      global: true,
      controllers: [HealthController],
      providers: [
        { provide: ENV, useValue: env },
        { provide: LOG, useValue: log },
        { provide: CLOCK, useValue: systemClock },
        { provide: PROCESS, useValue: processIdentity(process) },
        { provide: Metrics, useValue: metrics },
        { provide: HealthChecks, useValue: checks },
      ],
      exports: [ENV, LOG, CLOCK, PROCESS, Metrics, HealthChecks],
    };
  }
}
