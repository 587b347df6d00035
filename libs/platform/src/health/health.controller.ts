import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#domain';
import type { Env } from '../env/read-env.js';
import { isLoopbackAddress } from '../metrics/is-loopback-address.js';
import { Metrics } from '../metrics/metrics.js';
import { ENV } from '../tokens.js';
import { HealthChecks } from './health-checks.js';

/** Headers that a proxy adds: what comes from this machine then is somebody else's question all the same. */
const PASSED_ON = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

@Controller()
export class HealthController {
  constructor(
    @Inject(HealthChecks) private readonly checks: HealthChecks,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(ENV) private readonly env: Pick<Env, 'METRICS_PORT'>,
  ) {}

  /** Whether the process can go on, be it after a wait for something else; a supervisor that gets a 503 may replace it. */
  @Get('health/live')
  async live(@Res() reply: FastifyReply): Promise<void> {
    const why = this.checks.whyEnding;
    await (why === undefined
      ? reply.status(200).send({ status: 'live' })
      : reply.status(503).send({ status: 'ending', why }));
  }

  /** Whether it can work now; a balancer that gets a 503 asks another one. */
  @Get('health/ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const { ready, checks } = await this.checks.run();
    await reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', checks });
  }

  /** For this machine alone; METRICS_PORT serves them elsewhere. */
  @Get('metrics')
  async scrape(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const isElsewhere = this.env.METRICS_PORT !== undefined;
    const isPassedOn = PASSED_ON.some((name) => request.headers[name] !== undefined);
    if (isElsewhere || isPassedOn || !isLoopbackAddress(request.socket.remoteAddress)) {
      throw new AppError(
        'rejected',
        'metrics.elsewhere',
        'Metrics are not served here: METRICS_PORT and METRICS_HOST say where they are.',
        { status: 404 },
      );
    }
    await reply.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}
