import {
  DEFAULT_CAMPAIGN_SETTINGS,
  instant,
  type Actor,
  type AgentId,
  type CampaignId,
  type LeadId,
  type TenantId,
} from '#domain';
import type { NewCampaign, NewLead, Repositories } from '#db';
import { newId } from '#platform';
import type { TestConnection } from './tenant.js';

/** What campaigns are kept in. */
export const CAMPAIGN_TABLES: Record<string, string> = {
  campaign: 'tenant_id',
  campaign_member: 'tenant_id',
  campaign_lead: 'tenant_id',
  campaign_tally: 'tenant_id',
};

const THEIR_LEAD = '+972502345677';
const OPEN = { duplicates: 'open', importId: null } as const;
const LEAD: NewLead = {
  ...{ phone: THEIR_LEAD, problem: null, name: 'Theirs', priority: 0, callerId: null, callerName: null },
  ...{ customData: {}, region: null, postal: null, zone: null, consentAt: null, notBefore: null },
  maxTries: null,
};

export interface CampaignVictim {
  connection: TestConnection;
  campaignId: CampaignId;
  leadId: LeadId;
  agentId: AgentId;
}

function draftOf({ id: connectionId }: TestConnection, code: number): NewCampaign {
  const settings = DEFAULT_CAMPAIGN_SETTINGS;
  const codeHash = Buffer.alloc(32, code);
  return { connectionId, name: 'Theirs', mode: 'preview', settings, codeHash, sealedCode: 'x' };
}

/** A row in every table of campaigns. */
export async function makeCampaignVictim(
  { campaigns, leads }: Repositories,
  { connection, agentId, by }: { connection: TestConnection; agentId: AgentId; by: Actor },
): Promise<CampaignVictim> {
  const { tenantId: tenant } = connection;
  const campaignId = newId<CampaignId>();
  await campaigns.create(tenant, campaignId, draftOf(connection, 31), by);
  await campaigns.addMembers(tenant, campaignId, ['101'], by);
  await leads.add(tenant, campaignId, [LEAD], OPEN);
  const lead = await leads.openOf(tenant, campaignId, THEIR_LEAD);
  if (lead === undefined) throw new Error('no lead was added');
  return { connection, campaignId, leadId: lead.id, agentId };
}

const SAID = { disposition: 'x', settles: true, chance: 0 };

type Probe = () => Promise<unknown>;

/** The methods of these repositories, called by a stranger who knows every id; see the test of all of them. */
export function campaignProbes(
  { campaigns, campaignStats, leads, previews, dispositions }: Repositories,
  me: TenantId,
  { victim, by }: { victim: CampaignVictim; by: Actor },
): Record<string, [expected: unknown, probe: Probe]> {
  const { connection, campaignId, leadId, agentId } = victim;
  const page = { limit: 50, after: null };
  const nothing = { items: [], next: null };
  const code = { codeHash: Buffer.alloc(32, 33), sealedCode: 'x' };
  const absent = 'resource.not_found';
  return {
    'campaigns.create': [
      absent,
      () => campaigns.create(me, newId<CampaignId>(), draftOf(connection, 32), by),
    ],
    'campaigns.callbacksOf': [
      absent,
      () =>
        campaigns.callbacksOf(
          me,
          newId<CampaignId>(),
          { ...draftOf(connection, 34), mode: 'callback', members: [] },
          by,
        ),
    ],
    'campaigns.get': [undefined, () => campaigns.get(me, campaignId)],
    'campaigns.list': [nothing, () => campaigns.list(me, { connectionId: connection.id }, page)],
    'campaigns.patch': [absent, () => campaigns.patch(me, campaignId, { name: 'Mine' }, by)],
    'campaigns.turn': [absent, () => campaigns.turn(me, campaignId, 'running', by)],
    'campaigns.recode': [absent, () => campaigns.recode(me, campaignId, code, by)],
    'campaigns.clear': [absent, () => campaigns.clear(me, campaignId, by)],
    'campaigns.counts': [
      {
        ...{ waiting: 0, offered: 0, dialling: 0, done: 0, givenUp: 0, invalid: 0, removed: 0 },
        ...{ maxPriority: 0, minPriority: 0 },
      },
      () => campaigns.counts(me, campaignId),
    ],
    'campaignStats.dialling': [[], () => campaignStats.dialling(me, connection.id)],
    'campaigns.members': [[], () => campaigns.members(me, campaignId)],
    'campaigns.putMembers': [absent, () => campaigns.putMembers(me, campaignId, ['102'], by)],
    'campaigns.addMembers': [absent, () => campaigns.addMembers(me, campaignId, ['102'], by)],
    'campaigns.removeMembers': [absent, () => campaigns.removeMembers(me, campaignId, ['101'], by)],
    'leads.add': [absent, () => leads.add(me, campaignId, [LEAD], OPEN)],
    'leads.get': [undefined, () => leads.get(me, leadId)],
    'leads.withFacts': [undefined, () => leads.withFacts(me, leadId)],
    'leads.list': [nothing, () => leads.list(me, campaignId, { phone: THEIR_LEAD }, page)],
    'leads.openOf': [undefined, () => leads.openOf(me, campaignId, THEIR_LEAD)],
    'leads.pending': [[], () => leads.pending(me, campaignId, 10)],
    'leads.patch': [absent, () => leads.patch(me, leadId, { name: 'Mine' })],
    'leads.turn': [absent, () => leads.turn(me, leadId, { to: 'removed' }, by)],
    'dispositions.say': [absent, () => dispositions.say(me, leadId, SAID, by)],
    'campaignStats.of': [
      { spans: [], last30Days: { answers: 0, drops: 0 } },
      () => campaignStats.of(me, campaignId, { from: instant(0), to: instant(1e13), by: 'day', zone: 'UTC' }),
    ],
    'campaignStats.outlook': [
      { members: 0, due: 0, next: null, onTheLine: 0, held: [] },
      () => campaignStats.outlook(me, campaignId),
    ],
    'previews.campaignsOf': [[], () => previews.campaignsOf(me, agentId)],
    'previews.phonesIn': [[], () => previews.phonesIn(me, campaignId, agentId)],
    'previews.offer': [absent, () => previews.offer(me, campaignId, agentId)],
    'previews.skip': [absent, () => previews.skip(me, leadId, agentId, instant(0))],
  };
}
