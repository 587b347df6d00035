import { lookupNumber, type AskedLead, type AskResult, type CampaignId, type LeadProblem } from '#domain';
import type { CampaignRecord, DoNotCallRepository, NewLead } from '#db';
import type { CampaignAskParts } from './campaigns.js';
import { byOf, ofCampaign } from './campaigns.js';
import { askedInstant } from './asked-instant.js';
import { failed, told, type Asker, type CarryOut } from './asking.js';

export interface LeadAskParts extends CampaignAskParts {
  lists: Pick<DoNotCallRepository, 'listed'>;
}

/** Leads that are written together. */
const BATCH = 5_000;

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

/** Each by itself: what is wrong with one costs none of the others. */
async function readAll(
  { book, lists }: LeadAskParts,
  items: readonly AskedLead[],
  { credential, connection }: Asker,
): Promise<{ results: { target: string; problem: LeadProblem | null }[]; good: Map<CampaignId, NewLead[]> }> {
  const campaigns = new Map<string, CampaignRecord | undefined>();
  const results = items.map(({ target, problem }) => ({ target, problem }));
  const read: { lead: NewLead; index: number; campaign: CampaignId }[] = [];
  for (const [index, item] of items.entries()) {
    const result = results[index];
    if (!result || item.problem !== null) continue;
    if (!campaigns.has(item.campaign)) campaigns.set(item.campaign, await book.find(item.campaign));
    const campaign = campaigns.get(item.campaign);
    const lead = leadOf(item, connection);
    if (campaign?.tenantId !== credential.tenantId) result.problem = 'campaign';
    else if (lead === null) result.problem = 'target';
    else read.push({ index, lead, campaign: campaign.id });
  }
  const listed = await lists.listed(
    credential.tenantId,
    read.map(({ lead }) => lead.phone),
  );
  const good = new Map<CampaignId, NewLead[]>();
  for (const { campaign, lead, index } of read) {
    const result = results[index];
    if (result && listed.has(lead.phone)) result.problem = 'do_not_call';
    else {
      const leads = good.get(campaign) ?? [];
      leads.push(lead);
      good.set(campaign, leads);
    }
  }
  return { results, good };
}

/** Null for what is no number. */
function leadOf(item: AskedLead, { country, timeZone }: Asker['connection']): NewLead | null {
  const phone = lookupNumber(item.target, country);
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
