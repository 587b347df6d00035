import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Server } from 'node:net';
import { HotPool, TenantScope, openRepositories, type Repositories } from '#db';
import {
  CLOCK,
  ENV,
  LOG,
  RecordingLinks,
  SecretBox,
  mailSetupOf,
  secretBoxOf,
  targetPolicy,
  type Clock,
  type Env,
  type Log,
} from '#platform';
import { Ringer } from '#queues';
import { KeyDirectory } from './access/key-directory.js';
import { ApiKeyDesk } from './api-keys/api-key-desk.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { AuditDesk } from './audit/audit-desk.js';
import { AuditController } from './audit/audit.controller.js';
import { CallDesk } from './calls/call-desk.js';
import { CallsController } from './calls/calls.controller.js';
import { ConnectionDesk } from './connections/connection-desk.js';
import { ConnectionHealthDesk } from './connections/connection-health-desk.js';
import { ConnectionHealthController } from './connections/connection-health.controller.js';
import { ConnectionsController } from './connections/connections.controller.js';
import { publicUrlOf } from './connections/public-url.js';
import { ContactDesk } from './contacts/contact-desk.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { DeliveryDesk } from './deliveries/delivery-desk.js';
import { DialectsController } from './dialects/dialects.controller.js';
import { serveDocs } from './docs/serve-docs.js';
import { EndpointAccessController } from './endpoints/endpoint-access.controller.js';
import { EndpointAccessDesk } from './endpoints/endpoint-access-desk.js';
import { EndpointDesk } from './endpoints/endpoint-desk.js';
import { EndpointStatsController } from './endpoints/endpoint-stats.controller.js';
import { EndpointStatsDesk } from './endpoints/endpoint-stats-desk.js';
import { EndpointsController } from './endpoints/endpoints.controller.js';
import { TellingDesk } from './endpoints/telling-desk.js';
import { VoipnowRowDesk } from './endpoints/voipnow-row-desk.js';
import { VoipnowRowsController } from './endpoints/voipnow-rows.controller.js';
import { EventTypesController } from './event-types/event-types.controller.js';
import { RepeatableRequests } from './idempotency/repeatable-requests.js';
import { IvrFlowDesk } from './ivr-flows/ivr-flow-desk.js';
import { IvrFlowsController } from './ivr-flows/ivr-flows.controller.js';
import { IvrRouteDesk } from './ivr-routes/ivr-route-desk.js';
import { IvrRoutesController } from './ivr-routes/ivr-routes.controller.js';
import { makeOperatorKey } from './operator-key.js';
import { openRateLimiter } from './rate-limit/open-rate-limiter.js';
import { RATE_LIMITER } from './rate-limit/rate-limit.guard.js';
import { ConnectionReceiptsController } from './receipts/connection-receipts.controller.js';
import { PEOPLE_CONTROLLERS, peopleProviders } from './people/people.module.js';
import { ReceiptDesk } from './receipts/receipt-desk.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { RECORDING_CONTROLLERS, recordingProviders } from './recordings/recordings.module.js';
import { ReplayDesk } from './replays/replay-desk.js';
import { ReplaysController } from './replays/replays.controller.js';
import { TenantDesk } from './tenants/tenant-desk.js';
import { TenantsController } from './tenants/tenants.controller.js';

const REPOSITORIES = Symbol('Repositories');

/** The REST API. Needs the global modules of platform, db and queues. */
@Module({
  controllers: [
    TenantsController,
    ApiKeysController,
    ConnectionsController,
    ConnectionHealthController,
    ConnectionReceiptsController,
    DialectsController,
    EndpointsController,
    EndpointAccessController,
    EndpointStatsController,
    VoipnowRowsController,
    EventTypesController,
    ContactsController,
    CallsController,
    DeliveriesController,
    ReceiptsController,
    ReplaysController,
    AuditController,
    ...PEOPLE_CONTROLLERS,
    ...RECORDING_CONTROLLERS,
    IvrFlowsController,
    IvrRoutesController,
  ],
  providers: [
    {
      provide: REPOSITORIES,
      inject: [TenantScope, CLOCK],
      useFactory: (scope: TenantScope, clock: Clock) => openRepositories(scope, clock),
    },
    { provide: SecretBox, inject: [ENV], useFactory: (env: Env) => secretBoxOf(env) },
    {
      provide: KeyDirectory,
      inject: [REPOSITORIES, CLOCK, LOG],
      useFactory: ({ apiKeys: keys, tenants }: Repositories, clock: Clock, log: Log) =>
        new KeyDirectory({ keys, tenants, clock, log }),
    },
    {
      provide: RATE_LIMITER,
      inject: [ENV, HotPool],
      useFactory: (env: Env, hot: HotPool) => openRateLimiter(env, hot),
    },
    {
      provide: RepeatableRequests,
      inject: [REPOSITORIES, SecretBox, CLOCK, LOG],
      useFactory: ({ idempotency: repository }: Repositories, box: SecretBox, clock: Clock, log: Log) =>
        new RepeatableRequests({ repository, box, clock, log }),
    },
    {
      provide: TenantDesk,
      inject: [REPOSITORIES],
      useFactory: ({ tenants }: Repositories) => new TenantDesk(tenants),
    },
    {
      provide: ApiKeyDesk,
      inject: [REPOSITORIES, KeyDirectory, CLOCK],
      useFactory: ({ apiKeys: keys }: Repositories, directory: KeyDirectory, clock: Clock) =>
        new ApiKeyDesk({ keys, directory, clock }),
    },
    {
      provide: ConnectionDesk,
      inject: [REPOSITORIES, SecretBox, CLOCK, ENV, HttpAdapterHost],
      useFactory: (
        { connections }: Repositories,
        box: SecretBox,
        clock: Clock,
        env: Env,
        host: HttpAdapterHost,
      ) =>
        new ConnectionDesk({
          connections,
          box,
          clock,
          publicUrl: () => publicUrlOf(env, host.httpAdapter.getHttpServer() as Server),
        }),
    },
    {
      provide: ConnectionHealthDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ connectionHealth: health }: Repositories, clock: Clock) =>
        new ConnectionHealthDesk({ health, clock }),
    },
    {
      provide: EndpointDesk,
      inject: [REPOSITORIES, Ringer, SecretBox, CLOCK, ENV],
      useFactory: ({ endpoints }: Repositories, ringer: Ringer, box: SecretBox, clock: Clock, env: Env) =>
        new EndpointDesk({
          endpoints,
          ringer,
          box,
          clock,
          targets: targetPolicy(env.EGRESS_ALLOW),
          mail: mailSetupOf(env),
        }),
    },
    {
      provide: EndpointAccessDesk,
      inject: [REPOSITORIES, Ringer, SecretBox, CLOCK, ENV],
      useFactory: (
        { endpointAccess: access, endpoints }: Repositories,
        ringer: Ringer,
        box: SecretBox,
        clock: Clock,
        env: Env,
      ) =>
        new EndpointAccessDesk({
          access,
          endpoints,
          ringer,
          box,
          clock,
          targets: targetPolicy(env.EGRESS_ALLOW),
        }),
    },
    {
      provide: EndpointStatsDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ endpointStats: stats, endpointHistory: history }: Repositories, clock: Clock) =>
        new EndpointStatsDesk({ stats, history, clock }),
    },
    {
      provide: VoipnowRowDesk,
      inject: [REPOSITORIES, SecretBox, ENV],
      useFactory: ({ endpoints }: Repositories, box: SecretBox, env: Env) =>
        new VoipnowRowDesk({ endpoints, box, targets: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: ContactDesk,
      inject: [REPOSITORIES],
      useFactory: ({ contacts }: Repositories) => new ContactDesk(contacts),
    },
    {
      provide: CallDesk,
      inject: [REPOSITORIES, RecordingLinks],
      useFactory: ({ calls, people }: Repositories, links: RecordingLinks) =>
        new CallDesk({ calls, people, links }),
    },
    {
      provide: DeliveryDesk,
      inject: [REPOSITORIES, Ringer, CLOCK],
      useFactory: ({ deliveries }: Repositories, ringer: Ringer, clock: Clock) =>
        new DeliveryDesk({ deliveries, ringer, clock }),
    },
    {
      provide: ReceiptDesk,
      inject: [REPOSITORIES, Ringer],
      useFactory: ({ receipts }: Repositories, ringer: Ringer) => new ReceiptDesk({ receipts, ringer }),
    },
    {
      provide: TellingDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ tellings }: Repositories, clock: Clock) => new TellingDesk({ tellings, clock }),
    },
    {
      provide: ReplayDesk,
      inject: [REPOSITORIES, Ringer, CLOCK, ENV],
      useFactory: ({ replays }: Repositories, ringer: Ringer, clock: Clock, env: Env) =>
        new ReplayDesk({ replays, ringer, clock, keptDays: env.RETENTION_DELIVERY_DAYS }),
    },
    {
      provide: AuditDesk,
      inject: [REPOSITORIES],
      useFactory: ({ audit }: Repositories) => new AuditDesk(audit),
    },
    ...peopleProviders(REPOSITORIES),
    ...recordingProviders(REPOSITORIES),
    {
      provide: IvrFlowDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ ivrFlows: flows }: Repositories, clock: Clock) => new IvrFlowDesk({ flows, clock }),
    },
    {
      provide: IvrRouteDesk,
      inject: [REPOSITORIES, SecretBox, ENV],
      useFactory: ({ ivrRoutes: routes, connections }: Repositories, box: SecretBox, env: Env) =>
        new IvrRouteDesk({ routes, connections, box, targets: targetPolicy(env.EGRESS_ALLOW) }),
    },
  ],
})
export class ApiModule {}

/** What an application with the API in it needs before it listens: the documentation at /docs. */
export function prepareApi(app: NestFastifyApplication): void {
  serveDocs(app, ApiModule);
}

/** The first operator key, when this call made it: to be shown once. */
export function ensureOperatorKey(app: NestFastifyApplication): Promise<string | null> {
  const { apiKeys } = app.get<Repositories>(REPOSITORIES, { strict: false });
  return makeOperatorKey(apiKeys, app.get<Env>(ENV, { strict: false }).ADMIN_KEY);
}
