/** Documentation of the events about endpoints, connections, keys and orders themselves. */
import {
  CAMPAIGN_MODES,
  ORDER_KINDS,
  ORDER_STATES,
  type OperationalEventType,
  type OrderState,
} from '#domain';
import { JSON_SCHEMA_DIALECT, type JsonSchema } from './call-schema.js';

export interface DocumentedEvent {
  description: string;
  schema: JsonSchema;
  example: Record<string, unknown>;
}

const TEXT = { type: 'string' };
const ID = { type: 'string', format: 'uuid' };
const TIME = { type: 'string', format: 'date-time' };
const COUNT = { type: 'integer', minimum: 0 };

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

/** All members are there, and more may come with a later version. */
function object(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: true };
}

function documented(
  description: string,
  members: Record<string, JsonSchema>,
  example: Record<string, unknown>,
): DocumentedEvent {
  const reason = { ...TEXT, description: 'Words for people.' };
  return {
    description,
    schema: { $schema: JSON_SCHEMA_DIALECT, ...object({ ...members, reason }) },
    example,
  };
}

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

const CAMPAIGN = object({
  id: ID,
  name: TEXT,
  connectionId: ID,
  mode: { ...TEXT, enum: [...CAMPAIGN_MODES] },
  state: { ...TEXT, enum: ['running', 'paused', 'stopped', 'deleted'] },
});
const STATISTICS = object({
  agents: object({ members: COUNT, free: COUNT, busy: COUNT }),
  calls: object({ dialling: COUNT, talking: COUNT, waiting: COUNT }),
  placed: { ...COUNT, description: 'Calls that were placed at the last look.' },
  wanted: { ...COUNT, description: "How many would have been, had its PBX's account been its alone." },
  rule: { ...TEXT, description: 'What decides how much it dials.' },
});
const LEAD = object({
  id: ID,
  state: { ...TEXT, enum: ['done', 'given_up', 'invalid'] },
  reason: { type: ['string', 'null'] },
  attemptId: {
    ...{ ...ID, type: ['string', 'null'] },
    description: 'Of its last order; `customData.order_id` of its call. Null where a rule gave the lead up.',
  },
  result: {
    type: ['string', 'null'],
    description: 'What its last call came to; null where a rule gave the lead up.',
  },
  endedAt: TIME,
  talkSeconds: { ...COUNT, type: ['integer', 'null'] },
});

function aboutCampaign(
  description: string,
  {
    state,
    reason,
    more = {},
  }: {
    state: string;
    reason: string;
    more?: Record<string, { schema: JsonSchema; example: unknown }>;
  },
): DocumentedEvent {
  const id = '019a9e5c-7a00-7000-8000-000000000006';
  const campaign = { id, name: 'Spring', connectionId: CONNECTION.id, mode: 'predictive', state };
  const asked = 'Not part of `*`: ask for it by name, or by `campaign.*` or `lead.*`.';
  const of = (member: 'schema' | 'example') =>
    Object.fromEntries(Object.entries(more).map(([name, what]) => [name, what[member]]));
  return documented(
    `${description} ${asked}`,
    { campaign: CAMPAIGN, ...(of('schema') as Record<string, JsonSchema>) },
    { campaign, ...of('example'), reason },
  );
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
  'campaign.started': aboutCampaign('A campaign began to dial, again too after a pause or with new leads.', {
    state: 'running',
    reason: 'It dials from now on, as far as its rules let it.',
  }),
  'campaign.paused': aboutCampaign('A campaign was paused.', {
    state: 'paused',
    reason: 'It was paused. Calls that go on are not ended.',
  }),
  'campaign.stopped': aboutCampaign('A campaign was stopped or deleted.', {
    state: 'stopped',
    reason: 'It was stopped. Calls that go on are not ended.',
  }),
  'campaign.finished': aboutCampaign(
    'A campaign that runs has no lead left that waits, and none of its calls goes on. A preview campaign is never told so.',
    { state: 'running', reason: 'No lead waits any more, and no call goes on.' },
  ),
  'campaign.statistics': aboutCampaign('What a campaign does, once a minute while its calls go on.', {
    state: 'running',
    reason: 'It dials.',
    more: {
      statistics: {
        schema: STATISTICS,
        example: {
          agents: { members: 12, free: 2, busy: 9 },
          calls: { dialling: 5, talking: 8, waiting: 0 },
          placed: 2,
          wanted: 2,
          rule: 'planner',
        },
      },
    },
  }),
  'lead.finished': aboutCampaign(
    'A campaign calls a lead no more: after what its last call came to, or as a rule gave it up.',
    {
      state: 'running',
      reason: 'The campaign has reached it.',
      more: {
        lead: {
          schema: LEAD,
          example: {
            id: '019a9e5c-7a00-7000-8000-000000000007',
            state: 'done',
            reason: null,
            attemptId: '019a9e5c-7a00-7000-8000-000000000005',
            result: 'answered',
            endedAt: '2026-11-28T09:30:00.000Z',
            talkSeconds: 74,
          },
        },
      },
    },
  ),
};
