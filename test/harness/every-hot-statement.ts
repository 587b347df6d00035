/** Makes the product's own code run each statement of the hot sessions at least once. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  id,
  instant,
  type AgentId,
  type CallEventId,
  type CallId,
  type ContactSourceId,
  type DeliveryId,
  type ImportId,
  type TenantId,
} from '#domain';
import {
  CallContexts,
  ConnectionDirectory,
  CrmStore,
  ContactLookup,
  DeliveryStore,
  EnrichmentStore,
  FeedStore,
  GrantStore,
  IvrDirectory,
  LiveBell,
  LiveLog,
  MailboxLeaseBook,
  SocketAsks,
  SocketStore,
  OperationalEvents,
  RefusalStore,
  RingCalls,
  SourceAnswerStore,
  SourceDirectory,
  SourceHealthStore,
  TakenOfCalls,
  TenantUsageStore,
  dueMailboxes,
  mailboxDepths,
  workersBehind,
  type Claim,
} from '#db';
import { newId, projectRoot } from '#platform';
import { cdr } from '../builders/cdr.js';
import { makeCampaign, makeLead } from '../builders/campaign.js';
import { makeContact } from '../builders/contact.js';
import { makeAccount, makeOrder } from '../builders/dial-attempt.js';
import { orderErasure } from '../builders/erasure.js';
import { makeSource } from '../builders/contact-source.js';
import { orderImport } from '../builders/import.js';
import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { makeGrant } from '../builders/grant.js';
import { makeFlow, makeRoute } from '../builders/ivr.js';
import { makeCall } from '../builders/history.js';
import { CampaignRig } from './campaign-rig.js';
import { Crm } from './crm.js';
import { ErasureRig } from './erasure-rig.js';
import { EnricherRig } from './enricher-rig.js';
import { ForwarderRig } from './forwarder-rig.js';
import { ImportRig } from './import-rig.js';
import { OrderRig, standInPbx } from './order-rig.js';
import { EVERYTHING, ReplayRig } from './replay-rig.js';
import { makeConnection, makeEndpoint, makeTenant, type TestConnection } from './tenant.js';
import { WatchRig } from './watch-rig.js';
import type { World } from './world.js';

const SOURCES = 'libs/db/src';
const NAMED = /(?:\.run(?:<[^()]*>)?|\brun<[^()]*>)\(\s*(?:'([^']+)'|`([^`]+)`)/g;

/** Names of statements as the sources have them; a `*` stands for what is only known when it runs. */
export function hotStatements(): string[] {
  const folder = join(projectRoot(), SOURCES);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const names = files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return [...text.matchAll(NAMED)].map(
      ([, plain, template]) => plain ?? template?.replace(/\$\{[^]*\}/, '*') ?? '',
    );
  });
  return [...new Set(names)].sort();
}

export function isNamed(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** A day in the life of a tenant. */
export async function everyHotStatement(world: World): Promise<void> {
  const tenantId = await makeTenant(world.sql);
  const connection = await makeConnection(world.sql, tenantId);
  await atTheDoor(world, connection);
  await enriching(world, connection);
  await forwarding(world, connection);
  await loggingInCrm(world, tenantId);
  await connecting(world, tenantId);
  await replaying(world, tenantId);
  await importing(world, tenantId);
  await erasing(world, connection);
  await ordering(world, connection);
  await dialling(world, tenantId);
  await hearing(world, connection);
  await watching(world, tenantId);
  await listening(world, connection);
  await bySocket(world, connection);
  for (const kind of [
    'connection',
    'endpoint',
    'replay',
    'import',
    'erasure',
    'order',
    'campaign',
    'feed',
  ] as const)
    await dueMailboxes(world.hot, kind);
  await new RingCalls(world).call('connection', { mailboxes: [connection.id] });
  await mailboxDepths(world.hot);
  await workersBehind(world.hot);
}

async function atTheDoor({ hot, sql }: World, connection: TestConnection): Promise<void> {
  const { id: connectionId, tenantId, token } = connection;
  const now = () => Date.now();
  await new ConnectionDirectory(hot, now).byToken(token);
  await makeContact(sql, tenantId, { phones: ['+972501234567'] });
  const unlessExtension = { connectionId, number: '101' };
  await new ContactLookup(hot).find({ tenantId, e164: '+972501234567', unlessExtension });
  await askingSources(hot, tenantId, await makeSource(sql, tenantId, { url: 'http://crm.invalid/' }));
  const flowId = await makeFlow(sql, connection);
  await makeRoute(sql, connection, { flowId });
  const ivr = new IvrDirectory(hot, now);
  await ivr.route({ connectionId, country: 'IL' }, '0722776772');
  await ivr.flow(flowId);
  const contexts = new CallContexts(hot);
  await contexts.remember(tenantId, connectionId, 'v1', { wants: 'sales' });
  await contexts.recall(connectionId, 'v1');
  const at = instant(Date.now());
  const refused = { connectionId, tenantId, at, reason: 'too_large', count: 1, lastAt: at, sample: 'POST /' };
  await new RefusalStore(hot).add([refused]);
  await new TenantUsageStore(hot).add([{ tenantId, day: at, bytes: 1 }]);
}

/** A lead is called, told of, and one that may not be is put off. */
async function dialling(world: World, tenantId: TenantId): Promise<void> {
  const connection = await makeConnection(world.sql, tenantId);
  await makeAccount(world.sql, connection);
  const rig = new CampaignRig(world);
  const campaignId = await makeCampaign(world.sql, connection, {
    rules: { callerIdPerDay: 100 },
    mode: 'predictive',
    members: ['931'],
    settings: { wrapSeconds: 0 },
  });
  const lead = await makeLead(world.sql, { tenantId, campaignId }, '+972502345931');
  const files = new ImportRig(world);
  const rows = Array.from({ length: 200 }, (_, at) => [`+9725023${String(20_000 + at)}`]);
  const file = await orderImport(world.sql, tenantId, { columns: ['phone'], rows, campaignId });
  await files.drain(file);
  await world.sql.rows(`UPDATE import SET state = 'undoing' WHERE id = $1`, [file]);
  await files.drain(file);
  await rig.look(campaignId);
  const [attempt] = await rig.attempts(campaignId);
  await makeCall(world.sql, connection, {
    vendorCallId: `call-${attempt?.id ?? ''}`,
    leg: { result: 'busy' },
  });
  await rig.look(campaignId);
  await world.sql.rows(
    `UPDATE campaign_lead SET next_at = now() - interval '1 s', retry_at = now() - interval '1 s' WHERE id = $1`,
    [lead],
  );
  await world.sql.rows(`INSERT INTO do_not_call VALUES ($1, '+972502345931', NULL, 'test', now())`, [
    tenantId,
  ]);
  await rig.look(campaignId);
}

/** A PBX opens a WebSocket, tells, is asked and is gone. */
async function bySocket({ hot }: World, { id: connectionId, tenantId }: TestConnection): Promise<void> {
  const store = new SocketStore(hot);
  const asks = new SocketAsks(hot);
  const opened = await store.open({ tenantId, connectionId, line: 1 }, { sourceIp: null, remote: null });
  if (!opened) throw new Error('no socket');
  const part = { part: 'p', callId: 'c', since: opened.aliveAt };
  await store.keep(opened, { receipts: [], ended: ['gone'], begun: [part] });
  await store.beat([{ ...opened, aliveAt: opened.aliveAt, clockAheadMs: 0 }]);
  await store.askToYield(opened);
  await store.sibling(opened, ['p']);
  const ask = { tenantId, connectionId, timeoutMs: 1_000, sealedRequest: 'x' };
  const ids = [newId(), newId()] as const;
  for (const askId of ids) await asks.ask({ ...ask, id: askId });
  await asks.withdraw({ id: ids[1], tenantId }, true);
  for (const { id: askId } of await asks.take([opened])) {
    await asks.tell([{ id: askId, outcome: 'answered', sealedAnswer: 'y' }]);
  }
  await asks.answers(ids);
  await store.forgetAsks([connectionId]);
  await store.forgetTold([connectionId]);
  await store.close(opened, 'over');
}

/** Somebody listens while a phone rings. */
async function listening(world: World, connection: TestConnection): Promise<void> {
  const { hot } = world;
  const { tenantId } = connection;
  const log = new LiveLog(hot);
  await log.watch([tenantId], 60_000);
  await log.drainsLeft([...(await log.drains(tenantId)), { id: connection.id, fence: '0' }]);
  const rig = new EnricherRig(world);
  await rig.takeIn(connection, cdr());
  await rig.drain(connection);
  await log.snapshot(tenantId);
  await log.read(new Map([[tenantId, 0]]));
  await log.forget(new Map([[tenantId, 1]]));
  const bell = new LiveBell(hot);
  bell.ring(tenantId);
  await bell.stop();
}

async function askingSources(
  hot: World['hot'],
  tenantId: TenantId,
  sourceId: ContactSourceId,
): Promise<void> {
  await new SourceDirectory(hot, () => Date.now()).of(tenantId);
  const of = { sourceId, version: 1 };
  const answers = new SourceAnswerStore(hot);
  await answers.keep({ ...of, e164: '+972501234567', contacts: [] });
  const seen = { answeredAt: null, failedAt: instant(Date.now()), failure: 'x', failuresInARow: 1 };
  await new SourceHealthStore(hot).note([{ ...of, ...seen, openUntil: null }]);
  await new ContactLookup(hot).find({ tenantId, e164: '+972501234567' });
}

async function enriching(world: World, connection: TestConnection): Promise<void> {
  const { sql, hot } = world;
  await makeEndpoint(sql, connection.tenantId, { url: 'http://crm.invalid/' });
  const rig = new EnricherRig(world);
  const call = cdr();
  await rig.takeIn(connection, call, cdr());
  await rig.drain(connection);
  // The same call once more, and one that was waited for in vain.
  await rig.takeIn(connection, call);
  await sql.rows(`UPDATE call SET settle_at = now() - interval '1 s' WHERE connection_id = $1`, [
    connection.id,
  ]);
  await rig.drain(connection);
  const store = new EnrichmentStore(hot);
  await store.callsOf(connection.id, [String(call['ivruniqueid'])]);
  await store.postpone(connection.id, '0', newId<CallId>());
  const gone = await makeConnection(sql, connection.tenantId);
  await rig.takeIn(gone, cdr());
  await sql.rows('DELETE FROM connection WHERE id = $1', [gone.id]);
  await rig.drain(gone);
  const book = new MailboxLeaseBook(hot, 60_000, () => Date.now());
  await store.due(connection.id, 10);
  for (const kind of ['connection', 'endpoint'] as const) {
    await book.look(kind, 0);
    await book.look(kind, 200);
  }
  // Connections are given back with what is written.
  const leases = await book.take('replay', [newId()]);
  await book.renew(leases);
  for (const lease of leases) await book.release(lease, {});
}

async function forwarding(world: World, connection: TestConnection): Promise<void> {
  const { sql, hot } = world;
  const { tenantId } = connection;
  const rig = new ForwarderRig(world);
  const crm = await Crm.open({ answers: [503] });
  try {
    const endpoint = await makeEndpoint(sql, tenantId, { url: crm.url() });
    const callId = await makeCall(sql, connection);
    const [owed] = await oweDeliveries(sql, endpoint, [
      { callId, sequence: 1 },
      { callId, sequence: 2 },
    ]);
    await rig.drain(endpoint);
    const id = owed?.id ?? newId<DeliveryId>();
    await new TakenOfCalls(hot).before({ id, tenantId, endpointId: endpoint.id, callId, replayId: null });
    await rig.tallies.flush();
    const query = { endpointId: endpoint.id, most: 10, ordered: true, except: [] };
    await new DeliveryStore(hot).due(query);
    const paused = await makeEndpoint(sql, tenantId, { url: crm.url(), state: 'paused' });
    await oweDelivery(sql, paused);
    await rig.drain(paused);
  } finally {
    rig.close();
    await crm.stop();
  }
}

async function loggingInCrm({ hot, sql }: World, tenantId: TenantId): Promise<void> {
  const { id: endpointId } = await makeEndpoint(sql, tenantId, { url: 'http://crm.invalid/' });
  const callId = newId<CallId>();
  const e164 = '+972501234567';
  const store = new CrmStore(hot);
  const owner = { tenantId, endpointId, callId, fence: '1' };
  const change = {
    e164,
    contact: { id: '7' },
    recordId: '8',
    recordType: 'Call',
    wrote: {},
    sequence: 1,
    taskId: '9',
  };
  for (const what of [
    'beginLog',
    'keepLog',
    'beginAnew',
    'keepTask',
    'forgetLog',
    'beginContact',
    'keepContact',
    'doubtContact',
    'forgetContact',
  ] as const)
    await store.write(what, owner, change);
  await store.read({ endpointId, callId, e164 });
  await store.callNow({ tenantId, callId });
  await store.lastServed(tenantId, e164);
}

async function replaying(world: World, tenantId: TenantId): Promise<void> {
  const { sql } = world;
  const rig = new ReplayRig(world);
  const callId = newId<CallId>();
  const endpoint = await makeEndpoint(sql, tenantId, { url: 'http://crm.invalid/' });
  await oweDeliveries(sql, endpoint, [{ callId }, { state: 'dead' }]);
  await rig.drain(await rig.order(tenantId, {}));
  const cancelled = await rig.order(tenantId, { callId });
  await rig.drain(cancelled);
  await sql.rows(`UPDATE replay SET state = 'cancelling' WHERE id = $1`, [cancelled]);
  await rig.drain(cancelled);
  for (const filter of [{}, { callId }]) {
    await rig.store.events(tenantId, { ...EVERYTHING, ...filter }, { after: null, most: 10, withData: true });
  }
  const enabling = await makeEndpoint(sql, tenantId, { url: 'http://crm.invalid/', state: 'enabling' });
  await oweDelivery(sql, enabling, { state: 'held' });
  const held = await rig.order(tenantId, {});
  await sql.rows(
    `UPDATE replay SET kind = 'held', endpoint_id = $2, filter = '{"since":null}' WHERE id = $1`,
    [held, enabling.id],
  );
  await rig.drain(held);
}

async function importing(world: World, tenantId: TenantId): Promise<void> {
  const { sql } = world;
  const rig = new ImportRig(world);
  const columns = ['externalId', 'name', 'company', 'phone', 'email'];
  const rows = Array.from({ length: 200 }, (_, at) => [
    ...[String(at), `N${String(at)}`, 'Acme', `+9725023${String(10_000 + at)}`, 'no address'],
  ]);
  await rig.drain(await orderImport(sql, tenantId, { columns, rows }));
  const changed = rows.map(([key = '', name = '', , phone = '', email = '']) => [
    key,
    name,
    'Other',
    phone,
    email,
  ]);
  const again = await orderImport(sql, tenantId, { columns, rows: changed });
  await rig.drain(again);
  const named = rows.map(([, name = '', , phone = '']) => ['', name, 'Third', phone, '']);
  await rig.drain(await orderImport(sql, tenantId, { columns, rows: named }));
  await sql.rows(`UPDATE import SET state = 'undoing' WHERE id = $1`, [again]);
  await rig.drain(again);
  await rig.store.fail({ importId: id<ImportId>(again), fence: '0' }, 'why');
  await rig.store.learnSizes();
}

async function erasing(world: World, connection: TestConnection): Promise<void> {
  const rig = new ErasureRig(world);
  const { sql } = world;
  const number = '+972541234321';
  const waiting = await orderErasure(sql, connection.tenantId, { number, state: 'telling', waitMinutes: 10 });
  const open = await makeCall(sql, connection, { customerNumber: number });
  await sql.rows('UPDATE call SET settle_at = now() WHERE id = $1', [open]);
  await rig.drain(waiting);
  await sql.rows('UPDATE call SET settle_at = NULL WHERE id = $1', [open]);
  await rig.lookAgain(waiting);
  await makeContact(sql, connection.tenantId, { phones: [number] });
  await rig.drain(waiting);
  await rig.drain(await orderErasure(sql, connection.tenantId, { number, state: 'counting' }));
  await rig.store.fail({ erasureId: waiting, fence: '0' }, 'why');
}

/** One that was taken, one of which the PBX has to be asked, and one that its call is looked for by its parties. */
async function ordering(world: World, connection: TestConnection): Promise<void> {
  const { sql } = world;
  await makeAccount(sql, connection);
  const call = { vendorCallId: 'ordered', customerNumber: '+972502345678' };
  await makeCall(sql, connection, call);
  await makeOrder(sql, connection, { state: 'accepted', vendorCallId: call.vendorCallId });
  await makeOrder(sql, connection, { state: 'unknown', phone: '+972502345679' });
  const rig = new OrderRig(world);
  await rig.drain(connection, standInPbx({ listCalls: () => Promise.resolve({ kind: 'done', calls: [] }) }));
  const token = { sealed: 'x', expiresAt: instant(0) };
  await rig.store.keepToken({ connectionId: connection.id, version: 1 }, token);
}

/** The PBX tells who is logged in. */
async function hearing({ hot, sql }: World, { id: connectionId, tenantId }: TestConnection): Promise<void> {
  const store = new FeedStore(hot);
  await store.account(connectionId);
  await store.version(connectionId);
  await store.people(connectionId);
  const owner = { connectionId, tenantId, fence: '0' };
  await store.mark(owner, { state: 'up', reason: null });
  await store.hear(owner, { phones: [], queues: [], isAll: true });
  const [agent] = await sql.rows<{ id: AgentId }>('SELECT id FROM agent WHERE tenant_id = $1', [tenantId]);
  const said = { standing: 'paused', status: 3, extension: '101', since: instant(0) } as const;
  const agentId = agent?.id ?? newId<AgentId>();
  await store.say(owner, [{ agentId, ...said }]);
}

/** Somebody agreed on a CRM's page, and did not for ever. */
async function connecting({ hot, sql }: World, tenantId: TenantId): Promise<void> {
  const endpoint = await makeEndpoint(sql, tenantId, { url: 'http://crm.invalid/' });
  const grantId = await makeGrant(sql, endpoint);
  const store = new GrantStore(hot);
  await store.idle(1);
  await store.inNeed(1);
  await store.putOff(grantId, 1_000);
  const [grant] = await store.good(endpoint.id);
  if (grant === undefined) throw new Error('The grant is not good.');
  const owner = newId();
  await store.lease(grant, { owner, forMs: 1_000 });
  await store.release(grantId, owner);
  const times = { usedUntil: null, endsAt: null, renewBy: null };
  const sealed = { sealedAccess: 'a', sealedRefresh: null, sealedPrevious: null, baseUrl: null };
  await store.keep(grant, { ...sealed, ...times });
  await store.giveUp({ ...grant, version: grant.version + 1 }, 'It is over.');
}

async function watching(world: World, tenantId: TenantId): Promise<void> {
  const { sql, hot } = world;
  const endpoint = await makeEndpoint(sql, tenantId, { url: 'http://crm.invalid/' });
  await oweDelivery(sql, endpoint, { dueInMs: -3_600_000 });
  const rig = new WatchRig(world);
  await rig.check();
  const until = instant(Date.now() + 1_000);
  await rig.store.claimForOperator({
    type: 'api_key.expiring',
    subject: newId(),
    tenantId: null,
    id: newId(),
    name: 'key',
    since: instant(0),
    expiresAt: until,
  });
  const events = new OperationalEvents(hot);
  await events.endpointsOf(tenantId);
  const alert = { alert: 'endpoint.backlog', subject: newId() };
  const claims: (Claim | null)[] = [
    null,
    { kind: 'begin', ...alert, until },
    { kind: 'end', ...alert },
    {
      kind: 'disable',
      endpointId: endpoint.id,
      url: 'http://crm.invalid/',
      reason: 'gone',
      grantEpoch: 0,
      awaitsGrant: false,
    },
  ];
  for (const claim of claims) {
    const deliveries = [{ id: newId<DeliveryId>(), endpointId: endpoint.id, heldReason: 'endpoint paused' }];
    const data = { endpoint: { id: endpoint.id } };
    const event = { id: newId<CallEventId>(), tenantId, type: 'endpoint.disabled', occurredAt: until, data };
    await events.write({ ...event, deliveries }, claim);
  }
}
