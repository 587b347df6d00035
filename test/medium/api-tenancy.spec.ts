import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AppError,
  DEFAULT_POLICY,
  id,
  instant,
  noTries,
  traceOfNumber,
  type Actor,
  type ContactFacts,
  type ContactId,
  type EndpointId,
  type ImportId,
  type ReplayFilter,
  type StatWindow,
  type IdentityProviderId,
  type TenantId,
} from '#domain';
import {
  OPERATOR_METHODS,
  TenantScope,
  openRepositories,
  type ContactSourceFields,
  type IvrRouteFields,
  type NewLink,
  type Repositories,
} from '#db';
import { newId, systemClock } from '#platform';
import { oweDelivery } from '../builders/delivery.js';
import { makeContact } from '../builders/contact.js';
import { makeSource } from '../builders/contact-source.js';
import { makeCall, makeReceipt } from '../builders/history.js';
import { makeEndpointPast } from '../builders/endpoint-past.js';
import { makePeople } from '../builders/people.js';
import { makePerson } from '../builders/person.js';
import { makeConnection, makeEndpoint, makeTenant } from '../harness/tenant.js';
import { CAMPAIGN_TABLES, campaignProbes, makeCampaignVictim } from '../harness/campaign-victim.js';
import { CRM_TABLES, crmProbes, makeCrmVictim } from '../harness/crm-victim.js';
import {
  TELEPHONY_MAKERS,
  TELEPHONY_TABLES,
  makeTelephonyVictim,
  telephonyProbes,
} from '../harness/telephony-victim.js';
import { openWorld, type World } from '../harness/world.js';

const NOTE = {
  id: newId(),
  at: instant(0),
  by: { kind: 'key', id: newId(), name: null } as const,
  text: 'x',
  outcome: null,
};
const BY: Actor = { kind: 'key', id: newId() };
const SPEAKER = { by: BY, agentId: null };
const mayGoTo = (): void => undefined;
const PAGE = { limit: 50, after: null };
const SOURCE_AT = (endpointId: EndpointId): ContactSourceFields => ({
  ...{ name: 'x', kind: 'crm', url: null, endpointId, sealedHeaders: null, sealedSecret: null },
  ...{ timeoutMs: 1_000, foundSeconds: 60, notFoundSeconds: 60, staleSeconds: 0, enabled: true },
});
const LEADS_NOWHERE: IvrRouteFields = {
  source: 'url',
  flowId: null,
  url: 'https://ivr.example/',
  protocol: 'standard',
  timeoutMs: 1_000,
  sealedHeaders: null,
  sealedSecret: null,
  defaultAnswer: null,
};
const FILTER: ReplayFilter = {
  from: instant(Date.now() - 60_000),
  to: instant(Date.now() + 60_000),
  eventTypes: [],
  endpointIds: [],
  status: 'any',
  number: null,
  callId: null,
  reason: null,
};
const WINDOW: StatWindow = { span: 'hour', from: instant(0), to: instant(Date.now() + 3_600_000) };
const CALL_WINDOW = { from: instant(Date.now() - 3_600_000), to: WINDOW.to, by: 'day', zone: 'UTC' } as const;
const NO_SECONDS = { total: 0, average: null, p50: null, p95: null, longest: null };
const NO_BACKLOG = { count: 0, atLeast: false, oldestSince: null };
const NO_CALLS = { groups: [], ring: NO_SECONDS, talk: NO_SECONDS, more: false };
const FILE_SETTINGS = { delimiter: ',', hasHeader: false, header: [], columns: ['name'], country: null };
const HASH = Buffer.alloc(32, 1);
const THEIR_NUMBER = '+972502345678';
const ERASURE = {
  number: THEIR_NUMBER,
  hashes: [HASH],
  lastDigits: '78',
  keep: 'anonymous',
  force: false,
  dryRun: true,
  waitMinutes: 0,
} as const;
const CONTACT = {
  ...{
    kind: 'person',
    name: 'Stranger',
    company: null,
    companyId: null,
    email: null,
    url: null,
    metadata: {},
  },
  ...{ ownerId: null, phones: [], externalIds: [] },
} satisfies Omit<ContactFacts, 'externalId'>;
const PORTAL = {
  areas: ['agent'],
  readOnly: false,
  minutes: 5,
  look: {},
  codeHash: Buffer.alloc(32, 9),
  codeExpiresAt: instant(Date.now() + 600_000),
} as const;
const PROVIDER = {
  label: 'Theirs',
  issuer: 'https://login.example',
  clientId: 'switchhook',
  sealedSecret: null,
  domains: ['acme.example'],
  role: null,
  enforced: false,
  enabled: true,
};
/** Tables that hold rows of tenants, and the column that says whose. */
const TENANT_TABLES: Record<string, string> = {
  tenant: 'id',
  api_key: 'tenant_id',
  connection: 'tenant_id',
  connection_token: 'tenant_id',
  agent: 'tenant_id',
  call_seen: 'tenant_id',
  extension: 'tenant_id',
  queue: 'tenant_id',
  did: 'tenant_id',
  endpoint: 'tenant_id',
  endpoint_secret: 'tenant_id',
  endpoint_stat: 'tenant_id',
  endpoint_state_change: 'tenant_id',
  receipt: 'tenant_id',
  call: 'tenant_id',
  call_event: 'tenant_id',
  delivery: 'tenant_id',
  replay: 'tenant_id',
  attempt: 'tenant_id',
  audit_entry: 'tenant_id',
  idempotency_key: 'tenant_id',
  membership: 'tenant_id',
  one_time_link: 'tenant_id',
  portal: 'tenant_id',
  identity_provider: 'tenant_id',
  portal_token: 'tenant_id',
  contact: 'tenant_id',
  contact_phone: 'tenant_id',
  contact_external_id: 'tenant_id',
  contact_merge: 'tenant_id',
  import: 'tenant_id',
  import_chunk: 'tenant_id',
  import_fault: 'tenant_id',
  import_change: 'tenant_id',
  import_key: 'tenant_id',
  erasure: 'tenant_id',
  erasure_trace: 'tenant_id',
  ivr_flow: 'tenant_id',
  ivr_route: 'tenant_id',
  call_context: 'tenant_id',
  contact_source: 'tenant_id',
  source_answer: 'tenant_id',
  source_health: 'tenant_id',
  alert: 'tenant_id',
  live_log: 'tenant_id',
  live_event: 'tenant_id',
  ...TELEPHONY_TABLES,
  ...CAMPAIGN_TABLES,
  ...CRM_TABLES,
};

let world: World;
let scope: TenantScope;
let repositories: Repositories;
let victim: Awaited<ReturnType<typeof makeVictim>>;
let stranger: TenantId;

beforeAll(async () => {
  world = await openWorld();
  scope = new TenantScope(world.url, 4);
  repositories = openRepositories(scope, systemClock);
  stranger = await makeTenant(world.sql, 'Stranger');
  victim = await makeVictim();
});
afterAll(async () => {
  await scope.end();
  await world.close();
});

/** A tenant with a row in every table. */
async function makeVictim() {
  const { sql } = world;
  const tenant = await makeTenant(sql, 'Victim');
  const connection = await makeConnection(sql, tenant);
  const agentId = await makePeople(sql, connection);
  const endpoint = await makeEndpoint(sql, tenant, { url: 'https://crm.example/' });
  const callId = await makeCall(sql, connection, { vendorCallId: 'their-call' });
  await sql.rows('UPDATE call SET agents = ARRAY[$2]::uuid[], missed = true WHERE id = $1', [
    callId,
    agentId,
  ]);
  await sql.rows('INSERT INTO call_seen VALUES ($1, $2, $3, now())', [callId, agentId, tenant]);
  const receiptId = await makeReceipt(sql, connection);
  const owed = await oweDelivery(sql, endpoint, { callId, state: 'dead' });
  await sql.rows(
    `INSERT INTO attempt (id, tenant_id, delivery_id, endpoint_id, number, started_at, duration_ms, outcome, decision, timings)
     VALUES ($1, $2, $3, $4, 1, now(), 1, 'refused', 'dead', '{}')`,
    [newId(), tenant, owed.id, endpoint.id],
  );
  await sql.rows(`INSERT INTO mailbox VALUES ('endpoint', $1, 1, NULL, now(), now(), '{"x": 1}')`, [
    endpoint.id,
  ]);
  await makeEndpointPast(sql, endpoint);
  const contactId = await makeContact(sql, tenant, { externalId: 'their-contact', phones: [THEIR_NUMBER] });
  await repositories.contacts.patch(tenant, contactId, { externalIds: [{ source: 'crm', id: '1' }] }, BY);
  const other = await makeContact(sql, tenant, { name: 'Their other' });
  const merge = await repositories.contactMerges.merge(tenant, contactId, [other], BY);
  const importId = await makeImport(tenant, contactId);
  const erasure = await repositories.erasures.create(tenant, ERASURE, BY);
  await sql.rows(`INSERT INTO erasure_trace VALUES ($1, 'call', $2, $3, false)`, [
    erasure.id,
    callId,
    tenant,
  ]);
  const draft = { name: 'k', hash: HASH, prefix: 'sk_', scopes: ['read'], expiresAt: null };
  const key = await repositories.apiKeys.create(tenant, draft, BY);
  const use = { actorId: key.id, key: 'idem', startedAt: instant(Date.now()) };
  await repositories.idempotency.begin(tenant, use, HASH);
  const flow = await repositories.ivrFlows.create(tenant, { id: newId(), name: 'f', document: {} }, BY);
  await repositories.ivrRoutes.put(tenant, { connectionId: connection.id, did: '' }, () => LEADS_NOWHERE, BY);
  await sql.rows(`INSERT INTO call_context VALUES ($1, 'their-call', $2, '{"x": 1}', now(), now())`, [
    connection.id,
    tenant,
  ]);
  const sourceId = await makeSource(sql, tenant, { url: 'https://crm.example/' });
  await sql.rows(`INSERT INTO source_answer VALUES ($1, $3, $2, 1, NULL, now(), now(), now())`, [
    sourceId,
    tenant,
    THEIR_NUMBER,
  ]);
  await sql.rows(`INSERT INTO source_health VALUES ($1, $2, 1, now())`, [sourceId, tenant]);
  await sql.rows(`INSERT INTO alert VALUES ('endpoint.backlog', $1, $2, NULL, now())`, [endpoint.id, tenant]);
  await sql.rows(`INSERT INTO live_log VALUES ($1, 1, now(), now())`, [tenant]);
  await sql.rows(`INSERT INTO live_event VALUES ($1, 1, now(), '{}')`, [tenant]);
  await sql.rows(`INSERT INTO pbx_feed VALUES ($1, $2, 0, 'up', now())`, [connection.id, tenant]);
  await sql.rows(`INSERT INTO pbx_socket VALUES ($1, $2, 1, 'up', now(), now(), now())`, [
    connection.id,
    tenant,
  ]);
  await sql.rows(`INSERT INTO socket_part VALUES ($1, 'p', $2, 'c', now())`, [connection.id, tenant]);
  await sql.rows(`INSERT INTO socket_told VALUES ($1, gen_random_uuid(), $2, gen_random_uuid(), now())`, [
    connection.id,
    tenant,
  ]);
  await sql.rows(`INSERT INTO socket_ask VALUES (gen_random_uuid(), $2, $1, now(), 'waiting', 'x')`, [
    connection.id,
    tenant,
  ]);
  const told = `INSERT INTO pbx_told VALUES ($2, $1, 'phone', '101', 'reachable', '{"calls": []}')`;
  await sql.rows(told, [connection.id, tenant]);
  const { id: userId } = await makePerson(sql, [{ tenant, role: 'admin', agentId }]);
  const { id: linkId } = await repositories.links.create(tenant, invitation, BY);
  const portal = await repositories.portals.create(tenant, { ...PORTAL, agentId }, BY);
  await repositories.portals.open(PORTAL.codeHash, Buffer.alloc(32, 10));
  const providerId = newId<IdentityProviderId>();
  await repositories.identityProviders.create(tenant, providerId, PROVIDER, BY);
  const filter = { ...FILTER, endpointIds: [endpoint.id] };
  const counted = { total: 1, exact: true };
  const order = { kind: 'events', filter, ratePerMinute: 60, counted } as const;
  const replay = await repositories.replays.create(tenant, order, BY);
  const crm = await makeCrmVictim(sql, { tenant, endpointId: endpoint.id, callId });
  const telephony = await makeTelephonyVictim(repositories, { connection, agentId, by: BY });
  const campaign = await makeCampaignVictim(repositories, { connection, agentId, by: BY });
  await sql.rows(`INSERT INTO campaign_tally (campaign_id, hour, tenant_id) VALUES ($1, now(), $2)`, [
    campaign.campaignId,
    tenant,
  ]);
  return {
    telephony,
    campaign,
    crm,
    flow,
    tenant,
    connection,
    agentId,
    endpoint,
    contactId,
    mergeId: merge.id,
    sourceId,
    importId,
    erasureId: erasure.id,
    callId,
    receiptId,
    owed,
    key,
    use,
    replay,
    userId,
    linkId,
    portalId: portal.id,
    providerId,
  };
}

/** One that was read to its end, with something of everything. */
async function makeImport(tenant: TenantId, contactId: ContactId): Promise<ImportId> {
  const { imports } = repositories;
  const file = { charset: 'utf-8', settings: FILE_SETTINGS };
  const { id: importId } = await imports.begin(tenant, { ...file, fileName: null }, BY);
  await imports.addChunk(tenant, importId, { at: 0, bytes: Buffer.from('a') });
  await imports.uploaded(tenant, importId, { ...file, bytes: 1 }, BY);
  await world.sql.rows(
    `INSERT INTO import_fault VALUES ($1, 1, 0, $2, false, NULL, 'row.empty', 'x', '[]')`,
    [importId, tenant],
  );
  await world.sql.rows(`INSERT INTO import_key VALUES ($1, 1, $2)`, [importId, tenant]);
  await world.sql.rows(`INSERT INTO import_change VALUES ($1, $2, $3, NULL, now())`, [
    importId,
    contactId,
    tenant,
  ]);
  return importId;
}

async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const invitation: NewLink = {
  kind: 'invitation',
  hash: Buffer.alloc(32, 2),
  expiresAt: instant(Date.now() + 3_600_000),
  email: 'new@example.com',
  role: 'agent',
};

type Probe = () => Promise<unknown>;

/** Every method that takes a tenant, called by a stranger who knows every id. What it must answer comes first. */
function probes(): Record<string, [expected: unknown, probe: Probe]> {
  const {
    connections,
    connectionHealth,
    endpoints,
    endpointAccess,
    calls,
    deliveries,
    receipts,
    audit,
    apiKeys,
    contacts,
    contactSearch,
    contactMerges,
    contactBulk,
    matchPolicies,
    contactSources,
    idempotency,
    imports,
    erasures,
    numberLog,
    members,
    links,
    portals,
    identityProviders,
  } = repositories;
  const { agents, extensions, labels, people, recordings } = repositories;
  const { ivrFlows, ivrRoutes, mappings } = repositories;
  const {
    replays,
    tellings,
    endpointHistory,
    endpointStats,
    callStats,
    callToday,
    callWords,
    ownCalls,
    overview,
    events,
    search,
  } = repositories;
  const { importId, mergeId, erasureId, userId, linkId, portalId, providerId, sourceId } = victim;
  const { flow, replay, connection, agentId, endpoint, contactId, callId, receiptId, owed, key, use } =
    victim;
  const theirs = { ...FILTER, endpointIds: [endpoint.id] };
  const counted = { total: 1, exact: true };
  const me = stranger;
  const route = { connectionId: connection.id, did: '' };
  const nothing = { items: [], next: null };
  const answer = { status: 200, sealedBody: 'x' };
  const token = { hash: Buffer.alloc(32, 9), sealed: 'x' };
  const graceUntil = instant(0);
  const secrets = { sealed: ['x'], graceUntil, signatures: ['v1' as const], publicKey: null };
  const phone = { number: '101', aliases: [], agentId: null, label: 'x', callerId: null };
  const queue = { connectionId: connection.id, kind: 'queue' } as const;
  const access = { sealed: 'x', byName: true, changes: {} };
  return {
    'apiKeys.list': [nothing, () => apiKeys.list(me, PAGE)],
    'apiKeys.revoke': ['resource.not_found', () => apiKeys.revoke(me, key.id, BY)],
    'connections.list': [nothing, () => connections.list(me, {}, PAGE)],
    'connections.get': [undefined, () => connections.get(me, connection.id)],
    'connections.patch': [
      'resource.not_found',
      () => connections.patch(me, connection.id, { name: 'x' }, BY),
    ],
    'connections.rotate': [
      'resource.not_found',
      () => connections.rotate(me, connection.id, { token, graceUntil }, BY),
    ],
    'connectionHealth.get': [undefined, () => connectionHealth.get(me, connection.id)],
    'connections.remove': ['resource.not_found', () => connections.remove(me, connection.id, BY)],
    'endpoints.list': [nothing, () => endpoints.list(me, {}, PAGE)],
    'endpoints.get': [undefined, () => endpoints.get(me, endpoint.id)],
    'endpoints.patch': [
      'resource.not_found',
      () =>
        endpoints.patch(me, endpoint.id, () => ({ fields: { name: 'x' } }), {
          by: BY,
          maySendAccess: true,
          mayGoTo,
        }),
    ],
    'endpoints.enable': [
      'resource.not_found',
      () => endpoints.enable(me, endpoint.id, { held: 'drain' }, BY),
    ],
    'endpoints.disable': ['resource.not_found', () => endpoints.disable(me, endpoint.id, 'x', BY)],
    'endpoints.pause': ['resource.not_found', () => endpoints.pause(me, endpoint.id, 'x', BY)],
    'endpoints.rotateSecret': [
      'resource.not_found',
      () => endpoints.rotateSecret(me, endpoint.id, secrets, BY),
    ],
    'endpoints.sendTest': [
      'resource.not_found',
      () => endpoints.sendTest(me, endpoint.id, { type: 'x', payload: {} }, BY),
    ],
    'endpoints.remove': ['resource.not_found', () => endpoints.remove(me, endpoint.id, BY)],
    'endpointHistory.list': [undefined, () => endpointHistory.list(me, endpoint.id, PAGE)],
    'callStats.of': [{ ...NO_CALLS, spans: expect.any(Array) }, () => callStats.of(me, CALL_WINDOW)],
    'callToday.on': [
      { queues: [], agents: [], more: false, from: expect.any(Number) },
      () => callToday.on(me, { now: instant(Date.now()), zone: 'UTC' }),
    ],
    'callWords.note': ['resource.not_found', () => callWords.note(me, callId, NOTE, SPEAKER)],
    'callWords.choose': ['resource.not_found', () => callWords.choose(me, callId, null, SPEAKER)],
    'ownCalls.list': [nothing, () => ownCalls.list(me, agentId, {}, { limit: 5, after: null })],
    'ownCalls.unseen': [0, () => ownCalls.unseen(me, agentId)],
    'ownCalls.see': [0, () => ownCalls.see(me, agentId, { calls: [callId] })],
    'ownCalls.onScreen': [[], () => ownCalls.onScreen(me, agentId)],
    'search.byId': [[], () => search.byId(me, callId)],
    'search.byVendorId': [[], () => search.byVendorId(me, 'their-call', 5)],
    'search.byNumber': [[], () => search.byNumber(me, '+441632960001', 5)],
    'search.byName': [[], () => search.byName(me, 'a', 5)],
    'events.find': [[], () => events.find(me, { eventId: owed.eventId })],
    'overview.tries': [{ tally: noTries(), spans: [] }, () => overview.tries(me, WINDOW)],
    'overview.backlog': [
      { endpoints: { enabled: 0, disabled: 0, paused: 0, enabling: 0 }, due: NO_BACKLOG, held: NO_BACKLOG },
      () => overview.backlog(me),
    ],
    'overview.endpoints': [[], () => overview.endpoints(me)],
    'overview.connections': [[], () => overview.connections(me)],
    'overview.expiring': [[], () => overview.expiring(me, instant(Date.now()))],
    'overview.dead': [{ count: 0, atLeast: false }, () => overview.dead(me, instant(0))],
    'endpointStats.of': [undefined, () => endpointStats.of(me, endpoint.id, WINDOW)],
    'endpointStats.overview': [nothing, () => endpointStats.overview(me, WINDOW, PAGE)],
    'endpointAccess.get': ['resource.not_found', () => endpointAccess.get(me, endpoint.id)],
    'endpointAccess.set': [
      'resource.not_found',
      () =>
        endpointAccess.set(
          me,
          endpoint.id,
          { sealed: 'x', expiresAt: null, grants: 'keep', changes: {}, mayGoTo },
          BY,
        ),
    ],
    'contacts.list': [nothing, () => contacts.list(me, { number: THEIR_NUMBER }, PAGE)],
    'contacts.columns': [{ labels: [], keys: [] }, () => contacts.columns(me)],
    'contacts.get': [undefined, () => contacts.get(me, contactId)],
    'contacts.patch': ['resource.not_found', () => contacts.patch(me, contactId, { name: 'x' }, BY)],
    // The external id is the tenant's own word: with the same one a stranger has a contact of his own.
    'contacts.upsert': [
      me,
      async () => (await contacts.upsert(me, { ...CONTACT, externalId: 'their-contact' }, BY)).tenantId,
    ],
    'contacts.remove': ['resource.not_found', () => contacts.remove(me, contactId, BY)],
    'contactSearch.search': [[], () => contactSearch.search(me, 'John Doe', 10)],
    'contactMerges.list': [nothing, () => contactMerges.list(me, PAGE)],
    'contactMerges.merge': [
      'resource.not_found',
      async () => {
        const own = await contacts.create(me, { ...CONTACT, externalId: null }, BY);
        return contactMerges.merge(me, own.id, [contactId], BY);
      },
    ],
    'contactMerges.undo': ['resource.not_found', () => contactMerges.undo(me, mergeId, BY)],
    // The stranger's own contact of this id, by his own word for the system.
    'contactBulk.upsert': [
      ['nameless'],
      async () =>
        (await contactBulk.upsert(me, 'crm', [{ externalId: '1' }], BY)).map(({ outcome }) => outcome),
    ],
    'matchPolicies.of': [DEFAULT_POLICY, () => matchPolicies.of(me)],
    'matchPolicies.set': [DEFAULT_POLICY, () => matchPolicies.set(me, DEFAULT_POLICY, BY)],
    'contactSources.create': [
      'resource.not_found',
      () => contactSources.create(me, newId(), SOURCE_AT(endpoint.id), BY),
    ],
    'contactSources.list': [nothing, () => contactSources.list(me, PAGE)],
    'contactSources.get': [undefined, () => contactSources.get(me, sourceId)],
    'contactSources.patch': [
      'resource.not_found',
      () => contactSources.patch(me, sourceId, { name: 'x' }, BY),
    ],
    'contactSources.remove': ['resource.not_found', () => contactSources.remove(me, sourceId, BY)],
    'imports.addChunk': [
      'resource.not_found',
      () => imports.addChunk(me, importId, { at: 9, bytes: Buffer.from('x') }),
    ],
    'imports.uploaded': [
      'resource.not_found',
      () => imports.uploaded(me, importId, { bytes: 1, charset: 'x', settings: FILE_SETTINGS }, BY),
    ],
    'imports.discard': [undefined, () => imports.discard(me, importId)],
    'imports.list': [nothing, () => imports.list(me, {}, PAGE)],
    'imports.get': [undefined, () => imports.get(me, importId)],
    'imports.startOfFile': [new Uint8Array(), () => imports.startOfFile(me, importId)],
    'imports.faults': [[], () => imports.faults(me, importId, { after: null, most: 10 })],
    'imports.start': [
      'resource.not_found',
      () => imports.start(me, importId, { settings: FILE_SETTINGS, dryRun: false }, BY),
    ],
    'imports.cancel': ['resource.not_found', () => imports.cancel(me, importId, BY)],
    'imports.undo': ['resource.not_found', () => imports.undo(me, importId, BY)],
    'erasures.list': [nothing, () => erasures.list(me, { hashes: [HASH] }, PAGE)],
    'erasures.get': [undefined, () => erasures.get(me, erasureId)],
    'erasures.start': ['resource.not_found', () => erasures.start(me, erasureId, {}, BY)],
    'erasures.cancel': ['resource.not_found', () => erasures.cancel(me, erasureId, BY)],
    'numberLog.about': [[], () => allOf(numberLog.about(me, traceOfNumber(THEIR_NUMBER)))],
    'calls.list': [nothing, () => calls.list(me, { id: 'their-call', connectionId: connection.id }, PAGE)],
    'calls.get': [undefined, () => calls.get(me, callId)],
    'calls.history': [undefined, () => calls.history(me, callId)],
    'agents.list': [nothing, () => agents.list(me, PAGE)],
    'agents.get': [undefined, () => agents.get(me, agentId)],
    'agents.patch': ['resource.not_found', () => agents.patch(me, agentId, { name: 'x' }, BY)],
    'agents.remove': ['resource.not_found', () => agents.remove(me, agentId, BY)],
    'extensions.list': ['resource.not_found', () => extensions.list(me, connection.id, PAGE)],
    'extensions.all': [[], () => extensions.all(me, connection.id)],
    'extensions.ofAgent': [[], () => extensions.ofAgent(me, agentId)],
    'extensions.get': [undefined, () => extensions.get(me, connection.id, '101')],
    'extensions.put': ['resource.not_found', () => extensions.put(me, connection.id, phone, BY)],
    'extensions.replace': ['resource.not_found', () => extensions.replace(me, connection.id, [phone], BY)],
    'extensions.remove': ['resource.not_found', () => extensions.remove(me, connection.id, '101', BY)],
    'labels.list': ['resource.not_found', () => labels.list(me, queue, PAGE)],
    'labels.get': [undefined, () => labels.get(me, queue, '12')],
    'labels.put': ['resource.not_found', () => labels.put(me, queue, { key: '12', label: 'x' }, BY)],
    'labels.remove': ['resource.not_found', () => labels.remove(me, queue, '12', BY)],
    'people.of': [new Map(), () => people.of(me, [connection.id])],
    'people.markOf': [undefined, () => people.markOf(me, connection.id)],
    'mappings.get': [undefined, () => mappings.get(me, connection.id)],
    'mappings.put': [
      'resource.not_found',
      () => mappings.put(me, connection.id, () => ({ mapping: null, sealedSecrets: null }), BY),
    ],
    'recordings.access': ['resource.not_found', () => recordings.access(me, connection.id)],
    'recordings.setAccess': ['resource.not_found', () => recordings.setAccess(me, connection.id, access, BY)],
    'recordings.recordedCall': [undefined, () => recordings.recordedCall(me, callId)],
    'recordings.revokeLinks': ['resource.not_found', () => recordings.revokeLinks(me, callId, BY)],
    'deliveries.list': [nothing, () => deliveries.list(me, { endpointId: endpoint.id }, PAGE)],
    'deliveries.get': [undefined, () => deliveries.get(me, owed.id)],
    'deliveries.retry': ['resource.not_found', () => deliveries.retry(me, owed.id, BY)],
    'receipts.list': [
      nothing,
      () => receipts.list(me, { states: ['unparsed'], connectionId: connection.id }, PAGE),
    ],
    'receipts.ofConnection': [
      undefined,
      () => receipts.ofConnection(me, connection.id, { states: ['unparsed'] }, PAGE),
    ],
    'receipts.get': [undefined, () => receipts.get(me, receiptId)],
    'receipts.body': [undefined, () => receipts.body(me, receiptId)],
    'receipts.replay': ['resource.not_found', () => receipts.replay(me, receiptId, BY)],
    'receipts.replayMany': [
      'resource.not_found',
      () => receipts.replayMany(me, connection.id, { state: 'unparsed' }, BY),
    ],
    'ivrFlows.list': [nothing, () => ivrFlows.list(me, PAGE)],
    'ivrFlows.get': [undefined, () => ivrFlows.get(me, flow.id)],
    'ivrFlows.patch': ['resource.not_found', () => ivrFlows.patch(me, flow, { name: 'x' }, BY)],
    'ivrFlows.arrange': ['resource.not_found', () => ivrFlows.arrange(me, flow.id, {}, BY)],
    'ivrFlows.remove': ['resource.not_found', () => ivrFlows.remove(me, flow.id, BY)],
    'ivrRoutes.list': ['resource.not_found', () => ivrRoutes.list(me, connection.id, PAGE)],
    'ivrRoutes.get': [undefined, () => ivrRoutes.get(me, route)],
    'ivrRoutes.put': ['resource.not_found', () => ivrRoutes.put(me, route, () => LEADS_NOWHERE, BY)],
    'ivrRoutes.remove': ['resource.not_found', () => ivrRoutes.remove(me, route, BY)],
    'replays.count': [{ total: 0, exact: true }, () => replays.count(me, { ...FILTER, callId }, 1_000)],
    'replays.create': [
      'resource.not_found',
      () => replays.create(me, { kind: 'events', filter: theirs, ratePerMinute: 60, counted }, BY),
    ],
    'replays.list': [nothing, () => replays.list(me, { endpointId: endpoint.id }, PAGE)],
    'replays.get': [undefined, () => replays.get(me, replay.id)],
    'replays.cancel': ['resource.not_found', () => replays.cancel(me, replay.id, BY)],
    'tellings.of': [undefined, () => tellings.of(me, endpoint.id, { callId })],
    'audit.list': [nothing, () => audit.list(me, { subjectId: key.id }, PAGE)],
    'members.list': [nothing, () => members.list(me, PAGE)],
    'members.get': [undefined, () => members.get(me, userId)],
    'members.patch': ['resource.not_found', () => members.patch(me, userId, { role: 'agent' }, BY)],
    'members.remove': ['resource.not_found', () => members.remove(me, userId, BY)],
    'links.invitations': [nothing, () => links.invitations(me, PAGE)],
    'links.withdraw': ['resource.not_found', () => links.withdraw(me, linkId, BY)],
    'links.create': [
      'resource.not_found',
      () => links.create(me, { ...invitation, hash: Buffer.alloc(32, 8), agentId }, BY),
    ],
    'portals.list': [nothing, () => portals.list(me, PAGE)],
    'portals.end': ['resource.not_found', () => portals.end(me, portalId, BY)],
    'portals.renew': ['resource.not_found', () => portals.renew(me, portalId, Buffer.alloc(32, 11))],
    'portals.create': [
      'resource.not_found',
      () => portals.create(me, { ...PORTAL, codeHash: Buffer.alloc(32, 12), agentId }, BY),
    ],
    'portals.origins': [[], () => portals.origins(me)],
    'portals.hasAgents': [false, () => portals.hasAgents(me)],
    'identityProviders.list': [nothing, () => identityProviders.list(me, PAGE)],
    'identityProviders.get': [undefined, () => identityProviders.get(me, providerId)],
    'identityProviders.patch': [
      'resource.not_found',
      () => identityProviders.patch(me, providerId, { label: 'Mine' }, BY),
    ],
    'identityProviders.remove': ['resource.not_found', () => identityProviders.remove(me, providerId, BY)],
    'idempotency.begin': ['hidden', () => idempotency.begin(me, use, HASH)],
    'idempotency.takeOver': [false, () => idempotency.takeOver(me, use, HASH, use.startedAt)],
    'idempotency.finish': [undefined, () => idempotency.finish(me, use, answer)],
    'idempotency.release': [undefined, () => idempotency.release(me, use)],
    ...telephonyProbes(repositories, me, { victim: victim.telephony, by: BY }),
    ...campaignProbes(repositories, me, { victim: victim.campaign, by: BY }),
    ...crmProbes(repositories, me, { victim: victim.crm, by: BY }),
  };
}

/** They make rows of the caller's own and are given nobody else's ids. */
const MAKERS = [
  'portals.setOrigins',
  'agents.create',
  'apiKeys.create',
  'connections.create',
  'contacts.create',
  'endpoints.create',
  'erasures.create',
  'identityProviders.create',
  'imports.begin',
  'ivrFlows.create',
  ...TELEPHONY_MAKERS,
];

function everyMethod(): string[] {
  return Object.entries(repositories).flatMap(([noun, repository]) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(repository as object))
      .filter((method) => method !== 'constructor')
      .map((method) => `${noun}.${method}`),
  );
}

async function everythingOf(tenant: TenantId): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const [table, column] of Object.entries(TENANT_TABLES)) {
    found.push(
      await world.sql.rows(
        `SELECT row_to_json(t)::text AS row FROM ${table} t WHERE ${column} = $1 ORDER BY 1`,
        [tenant],
      ),
    );
  }
  found.push(await world.sql.rows(`SELECT * FROM mailbox`));
  return found;
}

describe('every repository method, called as the wrong tenant', () => {
  it('is known to this test', () => {
    const operators = Object.entries(OPERATOR_METHODS).flatMap(([noun, methods]) =>
      methods.map((method) => `${noun}.${method}`),
    );
    expect(everyMethod().sort()).toEqual([...Object.keys(probes()), ...MAKERS, ...operators].sort());
  });

  it('finds nothing and changes nothing', expectNothing);

  it('does so by its own conditions too, without row-level security', async () => {
    const tables = [...Object.keys(TENANT_TABLES), 'mailbox'];
    for (const table of tables) await world.sql.rows(`ALTER TABLE "${table}" DISABLE ROW LEVEL SECURITY`);
    try {
      await expectNothing();
    } finally {
      for (const table of tables) await world.sql.rows(`ALTER TABLE "${table}" ENABLE ROW LEVEL SECURITY`);
    }
  });
});

async function expectNothing(): Promise<void> {
  const before = await everythingOf(victim.tenant);
  for (const [method, [expected, probe]] of Object.entries(probes())) {
    const got = await probe().catch((error: unknown) => (error instanceof AppError ? error.code : error));
    expect([method, got]).toEqual([method, expected]);
  }
  expect(await everythingOf(victim.tenant)).toEqual(before);
}

describe('row-level security alone', () => {
  it('shows a query without any condition only the rows of the tenant that is served', async () => {
    for (const [table, column] of Object.entries(TENANT_TABLES)) {
      const seen = (tenant: TenantId) =>
        scope.forTenant(tenant, (tx) =>
          tx.$queryRawUnsafe<{ whose: string }[]>(`SELECT ${column}::text AS whose FROM "${table}"`),
        );
      expect([table, new Set((await seen(victim.tenant)).map(({ whose }) => whose))]).toEqual([
        table,
        new Set([victim.tenant]),
      ]);
      expect([table, (await seen(stranger)).filter(({ whose }) => whose !== stranger)]).toEqual([table, []]);
    }
  });

  it('hides mailboxes of other tenants and the counters of the rate limit', async () => {
    const count = (tenant: TenantId, table: string) =>
      scope.forTenant(tenant, (tx) =>
        tx.$queryRawUnsafe<{ n: bigint }[]>(`SELECT count(*) AS n FROM "${table}"`),
      );
    await world.sql.rows(`INSERT INTO rate_limit VALUES ('k', 1, 1)`);
    expect(await count(stranger, 'mailbox')).toEqual([{ n: 0n }]);
    expect(await count(victim.tenant, 'mailbox')).toEqual([{ n: 1n }]);
    expect(await count(victim.tenant, 'rate_limit')).toEqual([{ n: 0n }]);
  });

  it('lets nobody write a row for another tenant', async () => {
    const write = scope.forTenant(
      stranger,
      (tx) =>
        tx.$executeRaw`INSERT INTO audit_entry VALUES (${newId()}::uuid, ${victim.tenant}::uuid, now(), 'x', 'x', 'x', 'x', '{}')`,
    );
    await expect(write).rejects.toThrow(/row-level security/);
    const steal = scope.forTenant(
      stranger,
      (tx) =>
        tx.$executeRaw`UPDATE endpoint SET tenant_id = ${stranger}::uuid WHERE id = ${victim.endpoint.id}::uuid`,
    );
    await expect(steal).resolves.toBe(0);
  });

  it('shows the operator neither calls nor deliveries', async () => {
    for (const table of [
      'connection',
      'endpoint',
      'receipt',
      'call',
      'delivery',
      'contact',
      'contact_phone',
    ]) {
      const rows = await scope.forOperator((tx) => tx.$queryRawUnsafe(`SELECT 1 FROM "${table}"`));
      expect([table, rows]).toEqual([table, []]);
    }
  });

  it('shows nothing at all to a transaction that serves nobody', async () => {
    expect(await scope.prisma.tenant.findMany()).toEqual([]);
    expect(await scope.prisma.delivery.findMany()).toEqual([]);
  });
});

describe('a missing tenant', () => {
  it('cannot be served by accident', async () => {
    await expect(repositories.endpoints.list(id<TenantId>(''), {}, PAGE)).rejects.toThrow();
  });
});
