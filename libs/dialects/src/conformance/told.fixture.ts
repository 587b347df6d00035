/** One of everything that an ask may come to, for facades to write. For tests only. */
import {
  foldCall,
  id,
  instant,
  normaliseLeg,
  orderOf,
  type AskFailure,
  type AskKind,
  type CallId,
  type ConnectionId,
  type LegReport,
  type Told,
  type ToldAgent,
  type ToldCall,
  type ToldCampaign,
  type ToldExtension,
} from '#domain';

export const NOW = instant(Date.parse('2026-11-21T09:30:00Z'));
const CONNECTION = { epochs: 'utc', timeZone: 'Asia/Jerusalem', country: 'IL' } as const;

const LEG: LegReport = {
  phase: 'ended',
  vendorCallId: 'v-1',
  leg: 'only',
  vendorType: '',
  vendorStatus: '',
  direction: 'inbound',
  result: 'answered',
  startedEpochSeconds: 1_595_960_350,
  ringSeconds: 5,
  queueSeconds: null,
  talkSeconds: 60,
  from: '0523258000',
  to: '0722776772',
  did: '0722776772',
  extension: '101',
  agent: { code: '9996', name: 'Walter Melon' },
  queue: null,
  department: null,
  price: { amount: 0.07, currency: 'ILS' },
  recordings: [],
  ivrPath: [],
  customData: {},
  transferOf: null,
  ai: null,
  raw: {},
};

/** A call of these legs, each said by what is different from an answered incoming call. */
export function toldCall(
  legs: readonly Partial<LegReport>[] = [{}],
  more: Partial<Omit<ToldCall, 'call'>> = {},
): ToldCall {
  const reports = legs.map((said) => normaliseLeg({ ...LEG, ...said }, CONNECTION, NOW));
  const ids = { id: id<CallId>('c'), connectionId: id<ConnectionId>('k'), vendorCallId: 'v-1' };
  return {
    call: foldCall(null, reports, ids).call,
    callId: '20200728211910a1b2c3d4e5f6a1b2c3',
    transferOf: null,
    recordingUrls: [],
    ...more,
  };
}

export function toldExtension(more: Partial<ToldExtension> = {}): ToldExtension {
  return {
    number: 875,
    extension: 'SIPSIP',
    aliases: ['301'],
    name: 'Desk 1',
    agent: { number: 6946, name: 'Walter Melon', code: '9996' },
    device: 'reachable',
    standing: 'available',
    status: 1,
    calls: [toldCall()],
    ...more,
  };
}

const AGENT: ToldAgent = {
  number: 6946,
  name: 'Walter Melon',
  code: '9996',
  extension: 'SIPSIP',
  queue: '12',
  standing: 'available',
  status: 1,
  since: NOW,
};
const ORDER = orderOf(
  'call',
  { kind: 'extension', value: '101' },
  { kind: 'number', value: '+972523258000' },
);
const CAMPAIGN: ToldCampaign = {
  name: 'Morning messages',
  state: 'enabled',
  code: 'afmksvosvo',
  pending: 1,
  maxPriority: 7,
  minPriority: 7,
};
const CALL_ID = '20200728211910a1b2c3d4e5f6a1b2c3';

export const EVERYTHING_TOLD: Readonly<Record<AskKind, Told>> = {
  place: { kind: 'place', callId: CALL_ID, order: ORDER, at: NOW },
  hang_up: { kind: 'hang_up', calls: 1, callId: CALL_ID },
  call_log: { kind: 'call_log', calls: [toldCall()], total: 1 },
  live_calls: { kind: 'live_calls', extensions: [toldExtension()], at: NOW },
  live_queues: {
    kind: 'live_queues',
    queues: [{ number: 10035, queue: '12', name: 'Sales', callers: [{ call: toldCall(), joinedAt: NOW }] }],
    at: NOW,
  },
  extensions: { kind: 'extensions', extensions: [toldExtension()] },
  extension_state: { kind: 'extension_state', extension: toldExtension() },
  set_agent_state: { kind: 'set_agent_state', agent: AGENT, changed: true },
  agent_states: { kind: 'agent_states', agents: [AGENT] },
  agent_statuses: { kind: 'agent_statuses', statuses: [{ status: 3, name: 'Lunch', color: '#ffcc00' }] },
  block_numbers: { kind: 'block_numbers', numbers: [{ number: '+972523258000', problem: null }] },
  unblock_numbers: { kind: 'unblock_numbers', numbers: [{ number: 'x', problem: 'No number' }] },
  record: { kind: 'record', actionId: '14d3b31988b247be8ff5818d1cadc3d3' },
  transfer: { kind: 'transfer', callId: CALL_ID },
  set_hold: { kind: 'set_hold', callId: CALL_ID },
  queue_callback: { kind: 'queue_callback', id: 7 },
  token: { kind: 'token', token: 'a-new-token', expiresInSeconds: 3600 },
  add_leads: { kind: 'add_leads', results: [{ target: '0502454545', problem: null }] },
  update_lead: { kind: 'update_lead' },
  remove_lead: { kind: 'remove_lead', removed: 1 },
  clear_campaign: { kind: 'clear_campaign', removed: 12 },
  list_campaigns: { kind: 'list_campaigns', campaigns: [CAMPAIGN] },
  list_members: { kind: 'list_members', members: [{ member: 'SIPSIP', displayName: 'Support 1' }] },
  add_member: { kind: 'add_member', added: 1 },
  remove_member: { kind: 'remove_member', removed: 1 },
  stop_campaign: { kind: 'stop_campaign' },
  start_campaign: { kind: 'start_campaign' },
  set_campaign_strategy: { kind: 'set_campaign_strategy' },
  list_pending: {
    kind: 'list_pending',
    campaign: CAMPAIGN,
    leads: [
      {
        phone: '+972544444444',
        callerId: null,
        callerName: null,
        originateAt: NOW,
        priority: 7,
        customerName: 'Customer',
        status: { number: 1, words: 'Pending' },
        customData: { test1: '1' },
      },
    ],
  },
  campaign_details: { kind: 'campaign_details', campaign: CAMPAIGN },
  configure_campaign: { kind: 'configure_campaign' },
  event_hooks: {
    kind: 'event_hooks',
    hooks: [
      {
        id: '1',
        extension: '101',
        event: 'dial_in',
        method: 'POST',
        url: 'https://crm.example/',
        active: true,
      },
    ],
  },
};

export const EVERY_FAILURE: {
  readonly [Code in AskFailure['code']]: Extract<AskFailure, { code: Code }>;
} = {
  invalid: { code: 'invalid', field: 'phone', reason: 'Phone is missing' },
  unauthorised: { code: 'unauthorised', reason: 'Nobody has this code.' },
  address: { code: 'address', address: '203.0.113.7' },
  rate: { code: 'rate', retryAfterSeconds: 5 },
  blocked: { code: 'blocked', reason: 'The number is on the do-not-call list.' },
  offline: { code: 'offline', reason: 'The phone is not registered.' },
  not_found: { code: 'not_found', reason: 'There is no such extension.' },
  unsupported: { code: 'unsupported', capability: 'announce', reason: 'The PBX plays no messages.' },
  refused: { code: 'refused', reason: 'The PBX refused the call.' },
  unknown: { code: 'unknown', reason: 'The PBX did not answer.' },
  too_many: { code: 'too_many', found: 10_001, most: 10_000 },
  unavailable: { code: 'unavailable' },
};
