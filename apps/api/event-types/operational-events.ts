/** Documentation of the events about endpoints, connections, keys and orders themselves. */
import { ORDER_KINDS, ORDER_STATES, type OperationalEventType, type OrderState } from '#domain';
import { CAMPAIGN_EVENTS } from './campaign-events.js';
import { COUNT, ID, TEXT, TIME, documented, object, type DocumentedEvent } from './documented-event.js';

const THING = object({ id: ID, name: TEXT });
const BACKLOG = object({
  oldestSeconds: { ...COUNT, description: 'For how long the one that waits longest has been due.' },
  count: { ...COUNT, description: 'How many are due, counted up to 10000.' },
  countIsExact: { type: 'boolean', description: 'False: there are more.' },
});

const ENDPOINT = { id: '019a9e5c-7a00-7000-8000-000000000002', name: 'CRM' };
const CONNECTION = { id: '019a9e5c-7a00-7000-8000-000000000001', name: 'Office PBX' };
const API_KEY = { id: '019a9e5c-7a00-7000-8000-000000000003', name: 'Reporting' };
const UNTIL = '2026-11-28T09:30:00.000Z';

function aboutEndpoint(description: string, reason: string): DocumentedEvent {
  return documented(description, { endpoint: THING }, { endpoint: ENDPOINT, reason });
}

const NOT_IN_ALL =
  'Like all events about endpoints, connections and keys themselves it is not part of `*`: ask for it by name or by ' +
  '`endpoint.*`.';

const PARTY = object({ kind: TEXT, value: TEXT });
const ORDER = object({
  id: ID,
  name: { ...TEXT, description: 'Who is connected with whom.' },
  connectionId: ID,
  source: { ...TEXT, description: 'By whose request API it was placed; `api` is our own.' },
  agentId: { type: ['string', 'null'] },
  kind: { ...TEXT, enum: [...ORDER_KINDS] },
  first: PARTY,
  second: { anyOf: [PARTY, { type: 'null' }] },
  variables: { type: 'object', additionalProperties: TEXT },
  state: { ...TEXT, enum: [...ORDER_STATES] },
  vendorCallId: { type: ['string', 'null'], description: "The PBX's id of the call, as far as it is known." },
  code: { type: ['string', 'null'], description: "The PBX's own code of a refusal." },
});

function aboutOrder(description: string, state: OrderState, reason: string): DocumentedEvent {
  const accepted = state === 'accepted';
  const order = {
    id: '019a9e5c-7a00-7000-8000-000000000005',
    name: '101 to +972501234567',
    connectionId: CONNECTION.id,
    source: 'api',
    agentId: null,
    kind: 'call',
    first: { kind: 'extension', value: '101' },
    second: { kind: 'number', value: '+972501234567' },
    variables: { ticket: '4711' },
    state,
    vendorCallId: accepted ? '20261128093000a1b2c3d4e5f6a7b8c9' : null,
    code: state === 'refused' ? '4' : null,
  };
  const asked = 'Not part of `*`: ask for it by name or by `order.*`.';
  return documented(`${description} ${asked}`, { order: ORDER }, { order, reason });
}

export const OPERATIONAL_EVENTS: Readonly<Record<OperationalEventType, DocumentedEvent>> = {
  'endpoint.failing': aboutEndpoint(
    `Four deliveries in a row to another endpoint failed. Told once until it recovers. ${NOT_IN_ALL}`,
    'Several deliveries in a row failed. They are tried again by its schedule.',
  ),
  'endpoint.disabled': aboutEndpoint(
    'Another endpoint was disabled, because it is gone or nothing got through for too long.',
    'Not one delivery got through for 5 days.',
  ),
  'endpoint.recovered': aboutEndpoint(
    'A delivery got through to an endpoint that was failing.',
    'Deliveries get through again.',
  ),
  'endpoint.backlog': documented(
    'The oldest delivery to another endpoint that may be sent has been due for longer than its `backlogAlertMinutes`. What ' +
      'waits for its next try is not counted. Told once until `endpoint.backlog_cleared`.',
    { endpoint: THING, backlog: BACKLOG },
    {
      endpoint: ENDPOINT,
      backlog: { oldestSeconds: 960, count: 4210, countIsExact: true },
      reason: '4210 deliveries are due, the oldest for 16 minutes.',
    },
  ),
  'endpoint.backlog_cleared': aboutEndpoint(
    'An endpoint of whose backlog was told is late no more, or its deliveries are held now, or nobody wants to know.',
    'What is due goes out in time again.',
  ),
  'endpoint.secret_expiring': documented(
    'The secret of an endpoint was rotated, and the old one stops signing soon: told 7 days ahead, and where the grace is ' +
      'shorter than two weeks when half of it is over. Once for each secret.',
    { endpoint: THING, expiresAt: TIME },
    {
      endpoint: ENDPOINT,
      expiresAt: UNTIL,
      reason: `Its secret was replaced, and the old one signs along until ${UNTIL}. From then on signatures must be checked with the new one.`,
    },
  ),
  'endpoint.credentials_expiring': documented(
    'The client certificate that an endpoint is shown expires soon: told 7 days ahead, once for each certificate.',
    { endpoint: THING, expiresAt: TIME },
    {
      endpoint: ENDPOINT,
      expiresAt: UNTIL,
      reason: `The client certificate that it is shown is valid until ${UNTIL}. From then on deliveries fail.`,
    },
  ),
  'endpoint.access_expiring': documented(
    'What somebody agreed to on the CRM’s page ends soon, and renewing it does not help: told 7 days ahead.',
    { endpoint: THING, expiresAt: TIME },
    {
      endpoint: ENDPOINT,
      expiresAt: UNTIL,
      reason: `What somebody agreed to on the CRM’s page ends at ${UNTIL}. Connect it again before.`,
    },
  ),
  'endpoint.access_needs_attention': documented(
    'What somebody agreed to on the CRM’s page is worth nothing any more. Deliveries go on with another grant of the endpoint, where ' +
      'there is a good one; else they are held until somebody connects it again.',
    { endpoint: THING, grant: object({ id: ID, label: TEXT }) },
    {
      endpoint: ENDPOINT,
      grant: { id: '019a9e5c-7a00-7000-8000-000000000009', label: 'Dana, administrator' },
      reason: 'The CRM does not take its refresh token any more. Connect it again.',
    },
  ),
  'connection.token_expiring': documented(
    'The ingress URL of a connection was rotated, and the old one stops working soon: told 7 days ahead, and where the grace ' +
      'is shorter than two weeks when half of it is over. Not part of `*`: ask for it by name or by `connection.*`.',
    { connection: THING, expiresAt: TIME },
    {
      connection: CONNECTION,
      expiresAt: UNTIL,
      reason: `Its ingress URL was replaced, and the old one works until ${UNTIL}. From then on the PBX must use the new one.`,
    },
  ),
  'connection.socket_down': documented(
    'A PBX that keeps a WebSocket open to us has had none for two minutes. Told once until `connection.socket_up`, of a connection that is ' +
      'switched on. Not part of `*`: ask for it by name or by `connection.*`.',
    { connection: THING, since: TIME },
    {
      connection: CONNECTION,
      since: UNTIL,
      reason: `The WebSocket of the PBX has been closed since ${UNTIL}. The PBX closed it (1001). Look whether the PBX runs and reaches this address with the URL of the guide.`,
    },
  ),
  'connection.socket_up': documented(
    'A PBX of which `connection.socket_down` was told is connected again.',
    { connection: THING },
    { connection: CONNECTION, reason: 'The PBX has opened its WebSocket again.' },
  ),
  'tenant.limit_reached': documented(
    'Webhooks were refused with 429 because they were more than the operator lets the tenant send. Told once a day (UTC) and ' +
      'limit, within a minute or so. Not part of `*`: ask for it by name or by `tenant.*`.',
    { tenant: THING, limit: { ...TEXT, enum: ['webhooksPerSecond', 'webhookBytesPerDay'] }, refused: COUNT },
    {
      tenant: { id: '019a9e5c-7a00-7000-8000-000000000004', name: 'Acme Ltd' },
      limit: 'webhooksPerSecond',
      refused: 17,
      reason:
        '17 webhooks of today (UTC) were more than the operator lets its PBXs send in a second, and answered 429. The health of ' +
        'its connections shows which.',
    },
  ),
  'api_key.expiring': documented(
    'An API key of the tenant expires soon: told 7 days ahead, and for a key of less than two weeks after half of its life. ' +
      'Not part of `*`: ask for it by name or by `api_key.*`.',
    { apiKey: THING, expiresAt: TIME },
    {
      apiKey: API_KEY,
      expiresAt: UNTIL,
      reason: `The key works until ${UNTIL}. From then on requests with it are refused.`,
    },
  ),
  'order.placed': aboutOrder(
    'A PBX took an order to dial. The calls themselves are told by `call.*`, with the order in `customData.order_id`.',
    'accepted',
    'The PBX took the order.',
  ),
  'order.failed': aboutOrder(
    'An order to dial was refused by its PBX, or was found not to have been placed, or what became of it cannot be found out. ' +
      '`order.state` says which: `refused`, `not_placed` or `orphaned`.',
    'refused',
    'The extension may not be used for ordered calls.',
  ),
  'order.unknown': aboutOrder(
    'A PBX did not answer an order clearly, so it may or may not dial. The order is not sent again. `order.placed` or ' +
      '`order.failed` follows when it is known.',
    'unknown',
    'Whether the PBX took the order is not known yet. It is not sent again.',
  ),
  ...CAMPAIGN_EVENTS,
};
