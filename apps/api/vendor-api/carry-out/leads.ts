import { setImmediate as letOthersRun } from 'node:timers/promises';
import {
  leadNumber,
  lookupNumber,
  type AskedLead,
  type AskResult,
  type CampaignId,
  type LeadProblem,
  type TenantId,
} from '#domain';
import type { CampaignRecord, DoNotCallRepository, NewLead } from '#db';
import type { CampaignAskParts } from './campaigns.js';
import { byOf, ofCampaign } from './campaigns.js';
import { askedInstant } from './asked-instant.js';
import { failed, told, type Asker, type CarryOut } from './asking.js';

export interface LeadAskParts extends CampaignAskParts {
  lists: Pick<DoNotCallRepository, 'listed'>;
}

/** Leads that are looked up, or written, together. */
const BATCH = 5_000;
/** Items that are read in one go: some milliseconds, while nobody else is answered. */
const SLICE = 1_000;

/** A target that waits in its campaign already is no second lead, and no failure. */
export function addLeads(parts: LeadAskParts): CarryOut<'add_leads'> {
  return async ({ items, isBulk }, asker) => {
    const { results, good } = await readAll(parts, items, asker);
    for (const [campaign, leads] of good) {
      for (let from = 0; from < leads.length; from += BATCH) {
        const batch = leads.slice(from, from + BATCH);
        await parts.leads.add(asker.credential.tenantId, campaign, batch, {
          duplicates: 'open',
          importId: null,
        });
      }
      parts.ringer.ring('campaign', [campaign]);
    }
    const [only] = results;
    if (!isBulk && only?.problem === 'campaign') {
      return failed({ code: 'invalid', field: 'campaign', reason: 'There is no such campaign.' });
    }
    return told({ kind: 'add_leads', results });
  };
}

export function updateLead(parts: LeadAskParts): CarryOut<'update_lead'> {
  return ({ lead }, asker) =>
    withOpenLead(parts, { campaign: lead.campaign, target: lead.target }, asker, async (campaign, leadId) => {
      const { callerId, callerName, customerName, priority, customData, originateAt } = lead;
      const at = originateAt === null ? null : askedInstant(originateAt, asker.connection.timeZone);
      await parts.leads.patch(campaign.tenantId, leadId, {
        ...(callerId !== null && { callerId }),
        ...(callerName !== null && { callerName }),
        ...(customerName !== null && { name: customerName }),
        ...(priority !== null && { priority }),
        ...(Object.keys(customData).length > 0 && { customData }),
        ...(at !== null && { notBefore: at }),
      });
      return told({ kind: 'update_lead' });
    });
}

export function removeLead(parts: LeadAskParts): CarryOut<'remove_lead'> {
  return (ask, asker) =>
    withOpenLead(parts, ask, asker, async ({ tenantId }, leadId) => {
      await parts.leads.turn(tenantId, leadId, { to: 'removed' }, byOf(asker));
      return told({ kind: 'remove_lead', removed: 1 });
    });
}

interface ReadItem {
  result: { target: string; problem: LeadProblem | null };
  lead: NewLead;
  campaign: CampaignId;
  isDespite: boolean;
}

/** Each by itself: what is wrong with one costs none of the others. */
async function readAll(
  { book, lists }: LeadAskParts,
  items: readonly AskedLead[],
  { credential, connection }: Asker,
): Promise<{ results: ReadItem['result'][]; good: Map<CampaignId, NewLead[]> }> {
  const campaigns = new Map<string, CampaignRecord | undefined>();
  const results: ReadItem['result'][] = [];
  const read: ReadItem[] = [];
  for (const item of items) {
    if (results.length % SLICE === SLICE - 1) await letOthersRun();
    const result: ReadItem['result'] = { target: item.target, problem: item.problem };
    results.push(result);
    if (item.problem !== null) continue;
    if (!campaigns.has(item.campaign)) campaigns.set(item.campaign, await book.find(item.campaign));
    const campaign = campaigns.get(item.campaign);
    const lead = leadOf(item, connection);
    if (campaign?.tenantId !== credential.tenantId) result.problem = 'campaign';
    else if (lead === null) result.problem = 'target';
    else read.push({ result, lead, campaign: campaign.id, isDespite: item.despiteDoNotCall === true });
  }
  const good = new Map<CampaignId, NewLead[]>();
  for (let from = 0; from < read.length; from += BATCH) {
    await judge(lists, credential.tenantId, read.slice(from, from + BATCH), good);
  }
  return { results, good };
}

/** A campaign calls nobody who is on a list, and promises nothing else. Whoever asks for that is told so, in place of being told OK. */
async function judge(
  lists: LeadAskParts['lists'],
  tenant: TenantId,
  read: readonly ReadItem[],
  good: Map<CampaignId, NewLead[]>,
): Promise<void> {
  const listed = await lists.listed(
    tenant,
    read.map(({ lead }) => lead.phone),
  );
  for (const { campaign, lead, result, isDespite } of read) {
    if (listed.has(lead.phone)) {
      result.problem = isDespite ? 'despite_do_not_call' : 'do_not_call';
      continue;
    }
    const leads = good.get(campaign);
    if (leads === undefined) good.set(campaign, [lead]);
    else leads.push(lead);
  }
}

/** Null for what is no number. */
function leadOf(item: AskedLead, { country, timeZone }: Asker['connection']): NewLead | null {
  const phone = leadNumber(item.target, country);
  if (phone === null) return null;
  const { callerId, callerName, customerName, priority, customData, originateAt } = item;
  return {
    ...{ phone, callerId, callerName, customData },
    name: customerName,
    priority: priority ?? 0,
    notBefore: originateAt === null ? null : askedInstant(originateAt, timeZone),
    ...{ region: null, postal: null, zone: null, consentAt: null, maxTries: null, problem: null },
  };
}

function withOpenLead(
  parts: LeadAskParts,
  ask: { campaign: string; target: string },
  asker: Asker,
  work: (campaign: CampaignRecord, lead: Parameters<LeadAskParts['leads']['patch']>[1]) => Promise<AskResult>,
): Promise<AskResult> {
  return ofCampaign<typeof ask>(parts, async (campaign, { target }) => {
    const phone = lookupNumber(target, asker.connection.country);
    const lead = phone === null ? undefined : await parts.leads.openOf(campaign.tenantId, campaign.id, phone);
    if (lead === undefined) {
      return failed({ code: 'not_found', reason: 'No call to this target waits in the campaign.' });
    }
    return work(campaign, lead.id);
  })(ask, asker);
}
