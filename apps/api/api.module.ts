import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { TenantId } from '#domain';
import { HotPool, InstallationStore, type Repositories } from '#db';
import { CLOCK, ENV, LOG, projectRoot, type Clock, type Env, type Log } from '#platform';
import { AgentStatesModule } from './agent-states/agent-states.module.js';
import { ApiCredentialsModule } from './api-credentials/api-credentials.module.js';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AuditModule } from './audit/audit.module.js';
import { CallsModule } from './calls/calls.module.js';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { ConnectionsModule } from './connections/connections.module.js';
import { readConsole } from './console/console-files.js';
import { cookieRules, sessionCookie } from './access/session-cookie.js';
import { serveConsole } from './console/serve-console.js';
import { ContactSourcesModule } from './contact-sources/contact-sources.module.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { CrmModule } from './crm/crm.module.js';
import { DeliveriesModule } from './deliveries/deliveries.module.js';
import { DialectsModule } from './dialects/dialects.module.js';
import { MappingsModule } from './mappings/mappings.module.js';
import { serveDocs } from './docs/serve-docs.js';
import { DoNotCallModule } from './do-not-call/do-not-call.module.js';
import { EndpointsModule } from './endpoints/endpoints.module.js';
import { ErasuresModule } from './erasures/erasures.module.js';
import { EventTypesModule } from './event-types/event-types.module.js';
import { FoundationModule, REPOSITORIES } from './foundation.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { takeFiles } from './imports/take-files.js';
import { IvrFlowsModule } from './ivr-flows/ivr-flows.module.js';
import { IvrRoutesModule } from './ivr-routes/ivr-routes.module.js';
import { MatchPolicyModule } from './match-policy/match-policy.module.js';
import { LiveModule } from './live/live.module.js';
import { makeFirstStart, type FirstStart } from './first-start.js';
import { OperatorModule } from './operator/operator.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { OwnCallsModule } from './own-calls/own-calls.module.js';
import { OverviewModule } from './overview/overview.module.js';
import { PbxAccountsModule } from './pbx-accounts/pbx-accounts.module.js';
import { PeopleModule } from './people/people.module.js';
import { ReceiptsModule } from './receipts/receipts.module.js';
import { PortalsModule } from './portals/portals.module.js';
import { servePortal } from './portals/serve-portal.js';
import { RecordingsModule } from './recordings/recordings.module.js';
import { ReplaysModule } from './replays/replays.module.js';
import { demoSignIn } from './sign-in/demo-sign-in.js';
import { servePages } from './sign-in/serve-pages.js';
import { SignInModule } from './sign-in/sign-in.module.js';
import { Visit } from './sign-in/visit.js';
import { OidcDesk } from './single-sign-on/oidc-desk.js';
import { OidcVisit } from './single-sign-on/oidc-visit.js';
import { EndpointGrantDesk } from './endpoints/grants/endpoint-grant-desk.js';
import { serveGrantCallback } from './endpoints/grants/serve-grant-callback.js';
import { serveCallback } from './single-sign-on/serve-callback.js';
import { SingleSignOnModule } from './single-sign-on/single-sign-on.module.js';
import { SearchModule } from './search/search.module.js';
import { LoginAnswers } from './vendor-live/login-answers.js';
import { PhoneSockets } from './phones/phone-sockets.js';
import { PhonesModule } from './phones/phones.module.js';
import { readWebPhone, serveWebPhone } from './phones/serve-web-phone.js';
import { serveListenerScript } from './vendor-live/serve-listener-script.js';
import { serveVendorLogins } from './vendor-live/serve-vendor-logins.js';
import { VendorLiveModule } from './vendor-live/vendor-live.module.js';
import { TenantsModule } from './tenants/tenants.module.js';

import { AnswerAsked } from './vendor-api/answer-asked.js';
import { serveVendorApi } from './vendor-api/serve-vendor-api.js';
import { VendorApiModule } from './vendor-api/vendor-api.module.js';

/** The REST API: a list of its features. Needs the global modules of platform, db and queues. */
@Module({
  imports: [
    FoundationModule,
    SignInModule,
    TenantsModule,
    OperatorModule,
    ApiKeysModule,
    ApiCredentialsModule,
    ConnectionsModule,
    MappingsModule,
    DialectsModule,
    // Before the endpoints, whose ids it would be taken for one of.
    OverviewModule,
    EndpointsModule,
    CrmModule,
    EventTypesModule,
    // Before the contacts, whose ids it would be taken for one of.
    ImportsModule,
    ContactsModule,
    ContactSourcesModule,
    MatchPolicyModule,
    CallsModule,
    OwnCallsModule,
    OrdersModule,
    CampaignsModule,
    DeliveriesModule,
    ReceiptsModule,
    ReplaysModule,
    ErasuresModule,
    AuditModule,
    PbxAccountsModule,
    PhonesModule,
    DoNotCallModule,
    AgentStatesModule,
    PeopleModule,
    PortalsModule,
    RecordingsModule,
    IvrFlowsModule,
    IvrRoutesModule,
    LiveModule,
    VendorLiveModule,
    SearchModule,
    SingleSignOnModule,
    VendorApiModule,
  ],
})
export class ApiModule {}

/** What an application with the API in it needs before it listens: the documentation at /docs, the console or else the pages on which people sign in, and files that come as such. */
export function prepareApi(app: NestFastifyApplication): void {
  const { REQUEST_SECONDS: seconds, INGRESS_TRUST_PROXY: hops } = app.get<Env>(ENV, { strict: false });
  takeFiles(app.getHttpAdapter().getInstance(), seconds * 1_000);
  serveVendorApi(app.getHttpAdapter().getInstance(), {
    asked: app.get(AnswerAsked, { strict: false }),
    hops,
  });
  serveDocs(app, ApiModule);
  const env = app.get<Env>(ENV, { strict: false });
  const sockets = app.get(PhoneSockets, { strict: false });
  const built = env.CONSOLE ? readConsole(join(projectRoot(), 'dist/console')) : undefined;
  if (built === undefined) servePages(app.getHttpAdapter().getInstance());
  else serveConsole(app.getHttpAdapter().getInstance(), built, (request) => sockets.ofRequest(request));
  serveWebPhone(app.getHttpAdapter().getInstance(), readWebPhone(join(projectRoot(), 'dist/web-phone')));
  const { portals } = app.get<Repositories>(REPOSITORIES, { strict: false });
  servePortal(app.getHttpAdapter().getInstance(), {
    portals,
    sockets,
    clock: app.get<Clock>(CLOCK, { strict: false }),
    page: built?.page,
  });
  serveVendorLogins(app.getHttpAdapter().getInstance(), {
    answers: app.get(LoginAnswers, { strict: false }),
    hops,
  });
  serveGrantCallback(app.getHttpAdapter().getInstance(), {
    desk: app.get(EndpointGrantDesk, { strict: false }),
    log: app.get<Log>(LOG, { strict: false }),
    session: built === undefined ? null : sessionCookie(cookieRules(env)),
  });
  serveListenerScript(app.getHttpAdapter().getInstance());
  serveCallback(app.getHttpAdapter().getInstance(), {
    desk: app.get(OidcDesk, { strict: false }),
    visit: app.get(Visit, { strict: false }),
    oidcVisit: app.get(OidcVisit, { strict: false }),
    log: app.get<Log>(LOG, { strict: false }),
  });
}

/** What this call made because it was the first one ever: to be shown once. */
export function ensureFirstStart(app: NestFastifyApplication): Promise<FirstStart | null> {
  const { apiKeys: keys, links } = app.get<Repositories>(REPOSITORIES, { strict: false });
  const { ADMIN_KEY: given } = app.get<Env>(ENV, { strict: false });
  const installation = new InstallationStore(app.get(HotPool, { strict: false }));
  const clock = app.get<Clock>(CLOCK, { strict: false });
  return makeFirstStart({ keys, installation, links, clock }, given);
}

/** A link that signs somebody in, who is an administrator of a tenant: the demo shows one. @returns path and fragment */
export function makeDemoSignIn(app: NestFastifyApplication, tenant: TenantId): Promise<string> {
  const { links } = app.get<Repositories>(REPOSITORIES, { strict: false });
  return demoSignIn({ links, clock: app.get<Clock>(CLOCK, { strict: false }) }, tenant);
}
