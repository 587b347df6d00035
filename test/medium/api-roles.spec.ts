import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PORTAL_AREAS, type PortalArea, type Role } from '#domain';
import { projectRoot } from '#platform';
import { makePerson, signedIn } from '../builders/person.js';
import { openPortal } from '../builders/portal.js';
import { openApi, type Answer, type ApiClient, type TestApi } from '../harness/api.js';
import { TestBrowser } from '../harness/browser.js';
import { operationsOf, type Operation } from '../harness/operations.js';

/**
 * Which roles may do what, written down a second time and by hand: whoever gives a route another right says so here too.
 * Operators may do everything, and each role what stands below it in this table as well.
 */
const LEAST: Readonly<Record<Role, string>> = {
  operator: 'operator.installation operator.tenants tenants.create tenants.get tenants.list tenants.patch',
  admin: `
    agents.create agents.patch agents.remove apiKeys.create apiKeys.list apiKeys.revoke audit.list
    connections.create connections.get connections.guide connections.patch connections.remove connections.rotate
    dids.put dids.remove endpointAccess.get endpointAccess.put endpointAccess.remove
    endpoints.create endpoints.disable endpoints.enable endpoints.patch endpoints.pause endpoints.remove endpoints.rotateSecret
    extensions.put extensions.remove extensions.replace invitations.create invitations.list invitations.remove
    ivrFlows.arrange ivrFlows.create ivrFlows.patch ivrFlows.remove ivrRoutes.put ivrRoutes.remove queues.put queues.remove
    recordingAccess.get recordingAccess.put users.get users.list users.patch users.remove users.reset users.switchTotpOff
    contactSources.create contactSources.get contactSources.list contactSources.patch contactSources.remove contactSources.test
    endpointDryRun.run erasures.cancel erasures.create erasures.get erasures.list erasures.start matchPolicy.put numbers.export
    identityProviders.create identityProviders.get identityProviders.list identityProviders.patch identityProviders.remove identityProviders.test
    portalLinks.create portalSettings.get portalSettings.put portals.end portals.list
    voipnowRows.add voipnowRows.change voipnowRows.clear voipnowRows.disable voipnowRows.enable voipnowRows.remove
    campaigns.create campaigns.patch campaigns.recode campaigns.remove
    agentStatuses.put apiCredentials.create apiCredentials.get apiCredentials.list apiCredentials.patch apiCredentials.revoke
    endpointGrants.add endpointGrants.list endpointGrants.reconnect endpointGrants.remove
    connectionMapping.get connectionMapping.put mappings.try
    crmTemplate.read endpointProbe.run pbxAccount.get pbxAccount.put pbxAccount.remove pbxAccount.test
    sipAccount.get sipAccount.put sipAccount.remove webPhone.get webPhone.put webPhone.remove`,
  supervisor: `
    campaigns.clear campaigns.get campaigns.list campaigns.pause campaigns.start campaigns.stop
    campaignInsight.statistics campaignInsight.why dialPacks.list leadInsight.attempts leadInsight.export leadInsight.why
    campaignMembers.add campaignMembers.list campaignMembers.put campaignMembers.remove
    leads.add leads.addMany leads.done leads.get leads.list leads.patch leads.remove leads.requeue
    callCrmLogs.list connectors.get connectors.list crmLogs.choose crmLogs.list crmLogs.undo
    callControl.hangUp callControl.record callControl.transfer orders.get orders.list orders.place pbxCalls.list
    agentState.put agentStates.list doNotCall.add doNotCall.export doNotCall.get doNotCall.list doNotCall.registry doNotCall.remove pbxDrivers.list
    agents.get agents.list callWords.choose callWords.note calls.count calls.get calls.list calls.timeline calls.today connectionHealth.get connectionReceipts.list connectionReceipts.replay connections.list
    contactMerges.list contactMerges.merge contactMerges.undo contacts.upsertMany
    contacts.create contacts.export contacts.patch contacts.put contacts.remove
    deliveries.get deliveries.list deliveries.retry deliveries.retryAll dialects.get dialects.list dids.get dids.list
    endpointStats.history endpointStats.of endpointStats.overview endpointsTotal.total endpoints.explain endpoints.get endpoints.list endpoints.test
    eventTypes.list mappings.list extensions.get extensions.list
    imports.cancel imports.faults imports.get imports.list imports.start imports.undo imports.upload
    leadImports.cancel leadImports.faults leadImports.get leadImports.list leadImports.start leadImports.undo leadImports.upload
    ivrFlows.dryRun ivrFlows.dryRunOf ivrFlows.get ivrFlows.list ivrRoutes.list live.events matchPolicy.get overview.get search.find queues.get queues.list
    receipts.get receipts.list receipts.raw receipts.replay recordingLinks.give recordingLinks.revoke
    replays.cancel replays.create replays.get replays.list replays.preview voipnowRows.get voipnowRows.list`,
  agent:
    'agentStatuses.list contacts.get contacts.list contacts.search me.get ownCalls.choose ownCalls.list ownCalls.note ownCalls.popups ownCalls.see ownLeads.campaigns ownLeads.dial ownLeads.dispose ownLeads.next ownLeads.skip ownOrders.phones ownOrders.place ownPhone.get ownState.get ownState.put portalSession.end portalSession.get portalSession.renew session.changePassword session.get secondFactor.begin secondFactor.switchOff secondFactor.switchOn sessions.endOthers sessions.end sessions.list',
};
/** What a portal of each area may; of each line what comes before the bar also one that only shows. */
const PORTALS: Readonly<Record<PortalArea, string>> = {
  endpoints: `
    endpointStats.history endpointStats.of endpointStats.overview endpointsTotal.total endpoints.explain endpoints.get endpoints.list
    eventTypes.list voipnowRows.get voipnowRows.list
    | endpointAccess.get endpointAccess.put endpointAccess.remove endpointGrants.add endpointGrants.list
    endpointGrants.reconnect endpointGrants.remove endpointDryRun.run endpoints.create endpoints.disable endpoints.enable
    endpoints.patch endpoints.pause endpoints.remove endpoints.rotateSecret endpoints.test
    voipnowRows.add voipnowRows.change voipnowRows.clear voipnowRows.disable voipnowRows.enable voipnowRows.remove`,
  deliveries: `
    deliveries.get deliveries.list replays.get replays.list replays.preview
    | deliveries.retry deliveries.retryAll replays.cancel replays.create`,
  calls: `
    calls.count calls.get calls.list calls.timeline calls.today
    | callWords.choose callWords.note recordingLinks.give recordingLinks.revoke`,
  connections: `
    connectionHealth.get connections.list dialects.get dialects.list mappings.list receipts.get receipts.list receipts.raw
    | connectionReceipts.list connectionReceipts.replay connections.create connections.get connections.guide connections.patch connections.remove
    connections.rotate connectionMapping.get connectionMapping.put mappings.try receipts.replay`,
  contacts: `
    contacts.get contacts.list contacts.search imports.get imports.list matchPolicy.get
    | contactMerges.list contactMerges.merge contactMerges.undo contacts.create contacts.export contacts.patch contacts.put contacts.remove contacts.upsertMany
    imports.cancel imports.faults imports.start imports.undo imports.upload`,
  agent: `
    contacts.get contacts.list contacts.search ownCalls.list ownCalls.popups ownLeads.campaigns ownOrders.phones ownState.get
    | ownLeads.dial ownLeads.dispose ownLeads.next ownLeads.skip ownCalls.choose ownCalls.note ownCalls.see ownOrders.place ownPhone.get ownState.put`,
};
/** Of every portal: what it is. */
const OF_PORTALS = 'portalSession.get portalSession.renew';
/** For who has not signed in. */
const OPEN = [
  'signIn.signIn',
  'links.look',
  'links.use',
  'links.forgotten',
  'portalDoor.open',
  'oidc.providers',
  'oidc.begin',
];
/** It ends the session that the others are tried with; whoever has one may. */
const LAST = ['session.signOut'];
const ORDER: readonly Role[] = ['operator', 'admin', 'supervisor', 'agent'];

/** About people themselves: no role is needed, though some want to know in which tenant. */
const OWN =
  /^(me|ownCalls|ownLeads|ownOrders|ownPhone|ownState|portalSession|session|sessions|secondFactor)\./;

const document: unknown = JSON.parse(readFileSync(join(projectRoot(), 'docs/openapi.json'), 'utf8'));
const operations = operationsOf(document);

function mayDo(role: Role, operation: string): boolean {
  const below = ORDER.slice(ORDER.indexOf(role));
  return below.some((one) => LEAST[one].split(/\s+/).includes(operation));
}

let api: TestApi;
beforeAll(async () => {
  api = await openApi({ API_RATE_PER_MINUTE: '100000' });
});
afterAll(() => api.close());

/** With ids that nobody has and without a body: what is refused is refused before anybody looks at either. */
function attempt(browser: Pick<ApiClient, 'ask'>, { method, path }: Operation): Promise<Answer> {
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'index' || name === 'eventId' ? '1' : crypto.randomUUID(),
  );
  return browser.ask(method.toUpperCase(), url);
}

describe('every operation', () => {
  it('is in the table, once', () => {
    const told = [...Object.values(LEAST).flatMap((text) => text.trim().split(/\s+/)), ...OPEN, ...LAST];
    expect([...told].sort()).toEqual(operations.map(({ id }) => id).sort());
  });

  it('says in the document which roles may', () => {
    const { paths } = document as {
      paths: Record<string, Record<string, { operationId: string; 'x-roles': Role[] }>>;
    };
    for (const { operationId, 'x-roles': roles } of Object.values(paths).flatMap((item) =>
      Object.values(item),
    )) {
      const wanted = ORDER.filter(
        (role) => [...OPEN, ...LAST].includes(operationId) || mayDo(role, operationId),
      );
      expect([operationId, roles]).toEqual([operationId, wanted]);
    }
  });

  it.each(ORDER)('is allowed to the role %s as the table says', async (role) => {
    const tenant = await api.tenant();
    const person = await makePerson(api.sql, [{ tenant: role === 'operator' ? null : tenant.id, role }]);
    const browser = (await signedIn(api.url, person)).with({ 'switchhook-tenant': tenant.id });
    for (const operation of operations.filter(({ id }) => ![...OPEN, ...LAST].includes(id))) {
      const { status, body } = await attempt(browser, operation);
      const isAllowed = status !== 401 && status !== 403;
      expect([operation.id, isAllowed]).toEqual([operation.id, mayDo(role, operation.id)]);
      if (!isAllowed) expect([operation.id, body['code']]).toEqual([operation.id, 'role.missing']);
    }
  });

  it.each(ORDER.filter((role) => role !== 'operator'))(
    'is 404 for the role %s of another tenant',
    async (role) => {
      const [own, other] = [await api.tenant(), await api.tenant()];
      const person = await makePerson(api.sql, [{ tenant: own.id, role }]);
      const browser = (await signedIn(api.url, person)).with({ 'switchhook-tenant': other.id });
      for (const operation of operations.filter(({ id }) => ![...OPEN, ...LAST].includes(id))) {
        const { status, body } = await attempt(browser, operation);
        expect([operation.id, status, body['code']]).toEqual([operation.id, 404, 'resource.not_found']);
      }
    },
  );

  it('is nothing for who belongs to nobody, but what is about themselves', async () => {
    const browser = await signedIn(api.url, await makePerson(api.sql, []));
    for (const operation of operations.filter(({ id }) => ![...OPEN, ...LAST].includes(id))) {
      const { status } = await attempt(browser, operation);
      const isOwn = OWN.test(operation.id);
      expect([operation.id, status === 403]).toEqual([operation.id, !isOwn]);
    }
  });

  it('is refused to who has not signed in', async () => {
    for (const operation of operations.filter(({ id }) => !OPEN.includes(id))) {
      const { status, body } = await attempt(new TestBrowser(api.url), operation);
      expect([operation.id, status, body['code']]).toEqual([operation.id, 401, 'key.missing']);
    }
  });

  it.each(PORTAL_AREAS.flatMap((area) => [false, true].map((readOnly) => [area, readOnly] as const)))(
    'is allowed to a portal of %s (only shows: %s) as its table says',
    async (area, readOnly) => {
      const { client } = await api.tenant();
      const portal = await openPortal(api.url, client, { areas: [area], readOnly });
      const [shows = '', changes = ''] = PORTALS[area].split('|');
      const table = `${OF_PORTALS} ${shows} ${readOnly ? '' : changes}`.trim().split(/\s+/);
      const told = operations.filter(({ id }) => ![...OPEN, 'portalSession.end'].includes(id));
      const allowed: string[] = [];
      for (const operation of told) {
        const { status } = await attempt(portal, operation);
        expect([operation.id, status]).not.toEqual([operation.id, 401]);
        if (status !== 403) allowed.push(operation.id);
      }
      expect(allowed.sort()).toEqual(table.sort());
    },
  );
});
