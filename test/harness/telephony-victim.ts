import {
  instant,
  orderOf,
  shapedId,
  shapedSpan,
  type Actor,
  type AgentId,
  type ApiCredentialId,
  type OrderId,
  type ShapedSpan,
  type TenantId,
} from '#domain';
import type {
  ApiCredentialFields,
  NewApiCredential,
  NewOrder,
  PbxAccountFields,
  Repositories,
  SipAccountFields,
  WebPhoneFields,
} from '#db';
import { newId } from '#platform';
import type { TestConnection } from './tenant.js';

/** How PBXs are commanded, by its tables. */
export const TELEPHONY_TABLES: Record<string, string> = {
  pbx_account: 'tenant_id',
  web_phone: 'tenant_id',
  sip_account: 'tenant_id',
  dial_attempt: 'tenant_id',
  do_not_call: 'tenant_id',
  registry_check: 'tenant_id',
  api_credential: 'tenant_id',
  agent_state: 'tenant_id',
  agent_status: 'tenant_id',
  pbx_feed: 'tenant_id',
  pbx_told: 'tenant_id',
  pbx_socket: 'tenant_id',
  socket_part: 'tenant_id',
  socket_ask: 'tenant_id',
  socket_told: 'tenant_id',
  vendor_number: 'tenant_id',
};

/** They make rows of the caller's own and are given nobody else's ids. */
export const TELEPHONY_MAKERS = ['doNotCall.add', 'doNotCall.answered', 'agentStates.setStatuses'];

const THEIR_NUMBER = '+972502345678';
const LISTED_NUMBER = '+972502345679';
const ACCOUNT: PbxAccountFields = {
  settings: {},
  sealedSecrets: 'x',
  numbers: null,
  enabled: true,
  perSecond: 10,
  atOnce: 10,
};
const THEIR_PHONE = '171';
const WEB_PHONE: WebPhoneFields = {
  wsUrl: 'wss://pbx.example',
  domain: 'pbx.example',
  idHeader: 'X-Id',
  iceUrls: [],
  sealedTurnSecret: null,
};
const SIP_ACCOUNT: SipAccountFields = { sipUser: THEIR_PHONE, sealedPassword: 'x' };
const CREDENTIAL: ApiCredentialFields = {
  name: 'Theirs',
  rights: ['call'],
  scope: 'account',
  agentId: null,
  department: null,
  allowFrom: [],
  origins: [],
  perMinute: 60,
  settings: {},
  expiresAt: null,
};

export interface TelephonyVictim {
  connection: TestConnection;
  agentId: AgentId;
  orderId: OrderId;
  span: ShapedSpan;
  credentialId: ApiCredentialId;
}

function credentialOf({ id: connectionId }: TestConnection, hash: number): NewApiCredential {
  return { ...CREDENTIAL, connectionId, facade: 'voicenter', hash: Buffer.alloc(32, hash), shown: 'ab' };
}

function orderTo({ id: connectionId }: TestConnection): NewOrder {
  const first = { kind: 'extension', value: '101' } as const;
  const second = { kind: 'number', value: THEIR_NUMBER } as const;
  const by = { source: 'api', actor: 'key:1', agentId: null } as const;
  const order = orderOf('call', first, second);
  return { ...by, connectionId, order, sameKey: Buffer.alloc(32, 1), despiteDoNotCall: [] };
}

/** A row in every table of the telephony API. */
export async function makeTelephonyVictim(
  repositories: Repositories,
  { connection, agentId, by }: { connection: TestConnection; agentId: AgentId; by: Actor },
): Promise<TelephonyVictim> {
  const { pbxAccounts, orders, doNotCall, apiCredentials, agentStates, vendorNumbers, phones, extensions } =
    repositories;
  const { tenantId: tenant, id: connectionId } = connection;
  await pbxAccounts.put(tenant, connectionId, () => ACCOUNT, by);
  const extension = { number: THEIR_PHONE, aliases: [], agentId, label: null, callerId: null };
  await extensions.put(tenant, connectionId, extension, by);
  await phones.putSettings(tenant, connectionId, () => WEB_PHONE, by);
  await phones.putAccount(tenant, { connectionId, extension: THEIR_PHONE }, SIP_ACCOUNT, by);
  const begun = await orders.begin(tenant, orderTo(connection));
  if (begun.kind !== 'begun') throw new Error(`not begun: ${begun.kind}`);
  const orderId = begun.order.id;
  await orders.settle(tenant, orderId, {
    state: 'accepted',
    vendorCallId: 'their-order',
    reason: null,
    code: null,
  });
  await doNotCall.add(tenant, [{ e164: LISTED_NUMBER, name: null }], 'api', by);
  await doNotCall.answered(tenant, [LISTED_NUMBER], { listed: true, askedAt: instant(1) }, by);
  const { id: credentialId } = await apiCredentials.create(
    tenant,
    newId<ApiCredentialId>(),
    credentialOf(connection, 21),
    by,
  );
  const state = { connectionId, standing: 'available', status: 1, extension: '101' } as const;
  await agentStates.set(tenant, agentId, state, by);
  await agentStates.setStatuses(tenant, [{ number: 3, name: 'Lunch', color: '#00ff00' }], by);
  await vendorNumbers.of(tenant, connectionId, 'agent', [agentId]);
  const span = shapedSpan(shapedId(orderId, 'UTC'));
  if (span === null) throw new Error('an id of ours has no shape');
  return { connection, agentId, orderId, span, credentialId };
}

type Probe = () => Promise<unknown>;

/** The methods of these repositories, called by a stranger who knows every id; see the test of all of them. */
export function telephonyProbes(
  repositories: Repositories,
  me: TenantId,
  { victim, by }: { victim: TelephonyVictim; by: Actor },
): Record<string, [expected: unknown, probe: Probe]> {
  const {
    pbxAccounts,
    orders,
    callLog,
    doNotCall,
    apiCredentials,
    agentStates,
    vendorNumbers,
    feeds,
    phones,
    sockets,
  } = repositories;
  const { connection, agentId, orderId, span, credentialId } = victim;
  const connectionId = connection.id;
  const page = { limit: 50, after: null };
  const nothing = { items: [], next: null };
  const state = { connectionId, standing: 'away', status: 2, extension: null } as const;
  const settling = { state: 'refused', vendorCallId: 'x', reason: 'x', code: null } as const;
  const nothingYet = { since: null, connectedAt: null, reason: null, failedAt: null, nextTryAt: null };
  const neverTried = { state: 'waiting', ...nothingYet };
  const noSocket = { since: null, sourceIp: null, remote: null, clockAheadMs: null, reason: null };
  const neverOpened = { state: 'never', ...noSocket, lines: [] };
  const token = { sealed: 'x', expiresAt: instant(0) };
  return {
    'pbxAccounts.get': ['resource.not_found', () => pbxAccounts.get(me, connectionId)],
    'pbxAccounts.toCommand': [undefined, () => pbxAccounts.toCommand(me, connectionId)],
    'pbxAccounts.put': ['resource.not_found', () => pbxAccounts.put(me, connectionId, () => ACCOUNT, by)],
    'pbxAccounts.remove': ['resource.not_found', () => pbxAccounts.remove(me, connectionId, by)],
    'pbxAccounts.keepToken': [
      undefined,
      () => pbxAccounts.keepToken(me, { connectionId, version: 1 }, token),
    ],
    'phones.settings': ['resource.not_found', () => phones.settings(me, connectionId)],
    'phones.putSettings': [
      'resource.not_found',
      () => phones.putSettings(me, connectionId, () => WEB_PHONE, by),
    ],
    'phones.removeSettings': ['resource.not_found', () => phones.removeSettings(me, connectionId, by)],
    'phones.account': [undefined, () => phones.account(me, connectionId, THEIR_PHONE)],
    'phones.putAccount': [
      'resource.not_found',
      () => phones.putAccount(me, { connectionId, extension: THEIR_PHONE }, SIP_ACCOUNT, by),
    ],
    'phones.removeAccount': [
      'resource.not_found',
      () => phones.removeAccount(me, connectionId, THEIR_PHONE, by),
    ],
    'phones.ofAgent': [[], () => phones.ofAgent(me, agentId)],
    'phones.sockets': [[], () => phones.sockets(me)],
    'callLog.search': [[], () => callLog.search({ tenant: me, connectionId, country: 'IL' }, {}, 10)],
    'callLog.open': [{ calls: [], isFed: false }, () => callLog.open(me, connectionId)],
    'orders.unheard': [[], () => orders.unheard(me, connectionId)],
    'orders.begin': [{ kind: 'no_account' }, () => orders.begin(me, orderTo(connection))],
    'orders.settle': ['resource.not_found', () => orders.settle(me, orderId, settling)],
    'orders.get': [undefined, () => orders.get(me, orderId)],
    'orders.bySpan': [undefined, () => orders.bySpan(me, span)],
    'orders.byVendorCallIds': [new Map(), () => orders.byVendorCallIds(me, connectionId, ['their-order'])],
    'orders.list': [nothing, () => orders.list(me, { connectionId, phone: THEIR_NUMBER }, page)],
    'doNotCall.has': [false, () => doNotCall.has(me, LISTED_NUMBER)],
    'doNotCall.listed': [new Set(), () => doNotCall.listed(me, [LISTED_NUMBER])],
    'doNotCall.list': [nothing, () => doNotCall.list(me, LISTED_NUMBER, page)],
    'doNotCall.remove': [[], () => doNotCall.remove(me, [LISTED_NUMBER], by)],
    'apiCredentials.create': [
      'resource.not_found',
      () => apiCredentials.create(me, newId<ApiCredentialId>(), credentialOf(connection, 22), by),
    ],
    'apiCredentials.list': [nothing, () => apiCredentials.list(me, { connectionId }, page)],
    'apiCredentials.get': [undefined, () => apiCredentials.get(me, credentialId)],
    'apiCredentials.patch': [
      'resource.not_found',
      () => apiCredentials.patch(me, credentialId, { name: 'Mine' }, by),
    ],
    'apiCredentials.revoke': ['resource.not_found', () => apiCredentials.revoke(me, credentialId, by)],
    'feeds.now': [{ phones: [], queues: [] }, () => feeds.now(me, connectionId)],
    'sockets.standing': [neverOpened, () => sockets.standing(me, connectionId)],
    'feeds.standing': [neverTried, () => feeds.standing(me, connectionId)],
    'agentStates.set': ['resource.not_found', () => agentStates.set(me, agentId, state, by)],
    'agentStates.list': [[], () => agentStates.list(me, connectionId)],
    'agentStates.statuses': [[], () => agentStates.statuses(me)],
    'vendorNumbers.of': [
      'resource.not_found',
      () => vendorNumbers.of(me, connectionId, 'agent', ['anybody']),
    ],
    'vendorNumbers.subjectOf': [undefined, () => vendorNumbers.subjectOf(me, connectionId, 'agent', 10_001)],
  };
}
