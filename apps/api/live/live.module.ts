import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { HotPool, LiveListener, LiveLog, type Repositories } from '#db';
import { CLOCK, ENV, LOG, Metrics, type Clock, type Env, type Log } from '#platform';
import { Identify } from '../access/identify.js';
import { KeyDirectory } from '../access/key-directory.js';
import { PortalDirectory } from '../access/portal-directory.js';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { AnyGate } from './any-gate.js';
import { LiveController } from './live.controller.js';
import { LiveDoorbells, type Doorbell } from './live-doorbells.js';
import { KeyGate, type LiveGate } from './live-identity.js';
import { LiveServer } from './live-server.js';
import { LiveTail } from './live-tail.js';
import { PortalGate } from './portal-gate.js';
import { SessionGate } from './session-gate.js';
import type { LiveView } from './live-views.js';

/** Token of the `LiveGate`. */
export const LIVE_GATE = Symbol('LiveGate');

/** What passes between the tail and the server, each of which is made without the other. */
class LiveLine {
  server: LiveServer | undefined;

  readonly broadcast = (view: LiveView, name: string, payload: unknown): void => {
    this.server?.broadcast(view, name, payload);
  };
}

/** The live channel: `/live` by Socket.IO, and `/v1/live` for those who ask. */
@Module({
  imports: [FoundationModule],
  controllers: [LiveController],
  providers: [
    LiveLine,
    {
      provide: LIVE_GATE,
      inject: [KeyDirectory, PortalDirectory, Identify, REPOSITORIES, CLOCK, ENV],
      useFactory: (
        directory: KeyDirectory,
        portalDirectory: PortalDirectory,
        identify: Identify,
        { apiKeys: keys, sessions, portals }: Repositories,
        clock: Clock,
        env: Env,
      ) =>
        new AnyGate({
          keys: new KeyGate({ directory, keys, clock, hops: env.INGRESS_TRUST_PROXY }),
          sessions: new SessionGate({ identify, sessions }),
          portals: new PortalGate({ directory: portalDirectory, portals, hops: env.INGRESS_TRUST_PROXY }),
        }),
    },
    {
      provide: LiveTail,
      inject: [HotPool, LiveLine, LOG],
      useFactory: (hot: HotPool, line: LiveLine, logger: Log) =>
        new LiveTail({
          log: new LiveLog(hot),
          broadcast: line.broadcast,
          now: () => performance.now(),
          delay,
          logger,
        }),
    },
    {
      provide: LiveServer,
      inject: [LiveTail, LIVE_GATE, ENV, LOG, Metrics],
      useFactory: (tail: LiveTail, gate: LiveGate, env: Env, log: Log, metrics: Metrics) => {
        const limits = { sockets: env.LIVE_SOCKETS, perTenant: env.LIVE_SOCKETS_PER_TENANT };
        const server = new LiveServer({ tail, gate, limits, log });
        metrics.gauge('switchhook_live_sockets', 'Connections of the live channel.', [], (gauge) => {
          gauge.set(server.sockets);
        });
        return server;
      },
    },
  ],
  exports: [LiveTail],
})
export class LiveModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly doorbells: LiveDoorbells;

  constructor(
    @Inject(LiveLine) line: LiveLine,
    @Inject(LiveTail) private readonly tail: LiveTail,
    @Inject(LiveServer) private readonly server: LiveServer,
    @Inject(LiveListener) private readonly listener: LiveListener,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
  ) {
    line.server = server;
    this.doorbells = new LiveDoorbells((tenant, bell: Doorbell) => {
      for (const view of tail.of(tenant)?.views.hearing(['tenant', bell.topic]) ?? []) {
        server.broadcast(view, 'doorbell', bell);
      }
    });
    tail.whenCalled((tenant, ids) => {
      this.doorbells.ring(tenant, 'calls', ids);
    });
  }

  onApplicationBootstrap(): void {
    this.tail.start();
    this.server.start(this.host.httpAdapter.getHttpServer() as Server);
    this.listener.start({
      signal: (signal) => {
        if ('log' in signal) this.tail.ring(signal.log);
        else for (const [tenant, ids] of signal.deliveries) this.doorbells.ring(tenant, 'deliveries', ids);
      },
      // What was rung meanwhile was not heard.
      listening: () => {
        this.tail.ring(this.tail.listened);
        for (const tenant of this.tail.listened) this.doorbells.ring(tenant, 'deliveries', null);
      },
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.doorbells.stop();
    await this.listener.stop();
    await this.server.stop();
    await this.tail.stop();
  }
}
