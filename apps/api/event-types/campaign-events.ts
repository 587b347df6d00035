/** Documentation of the events about campaigns and their leads. */
import { CAMPAIGN_MODES, type CampaignEventType } from '#domain';
import type { JsonSchema } from './call-schema.js';
import { COUNT, ID, TEXT, TIME, documented, object, type DocumentedEvent } from './documented-event.js';

const CONNECTION_ID = '019a9e5c-7a00-7000-8000-000000000001';

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
  const campaign = { id, name: 'Spring', connectionId: CONNECTION_ID, mode: 'predictive', state };
  const asked = 'Not part of `*`: ask for it by name, or by `campaign.*` or `lead.*`.';
  const of = (member: 'schema' | 'example') =>
    Object.fromEntries(Object.entries(more).map(([name, what]) => [name, what[member]]));
  return documented(
    `${description} ${asked}`,
    { campaign: CAMPAIGN, ...(of('schema') as Record<string, JsonSchema>) },
    { campaign, ...of('example'), reason },
  );
}

export const CAMPAIGN_EVENTS: Readonly<Record<CampaignEventType, DocumentedEvent>> = {
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
