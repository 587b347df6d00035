import {
  campaignMayBecome,
  type Actor,
  type AskFailure,
  type CampaignId,
  type CampaignSettings,
  type CampaignState,
  type LeadId,
  type People,
  type ToldCampaign,
  type ToldLead,
} from '#domain';
import {
  sealedFor,
  type CampaignRecord,
  type CampaignRepository,
  type LeadRecord,
  type LeadRepository,
} from '#db';
import type { Clock, SecretBox } from '#platform';
import type { Ringer } from '#queues';
import { queueNumber } from '../stable-number.js';
import type { CampaignBook } from '../campaign-book.js';
import type { Phonebook } from './phonebook.js';
import { actorOf, failed, told, type Asker, type CarryOut } from './asking.js';

/** Lines, and callers who wait. */
const MOST_OF_ALL = 10_000;

export interface CampaignAskParts {
  campaigns: Pick<
    CampaignRepository,
    'get' | 'list' | 'counts' | 'members' | 'addMembers' | 'removeMembers' | 'turn' | 'clear' | 'patch'
  >;
  leads: Pick<LeadRepository, 'add' | 'openOf' | 'patch' | 'pending' | 'turn'>;
  book: Pick<CampaignBook, 'find'>;
  phonebook: Pick<Phonebook, 'of'>;
  box: Pick<SecretBox, 'open'>;
  ringer: Pick<Ringer, 'ring'>;
  clock: Pick<Clock, 'now'>;
}

/** The vendor tells of no more at once, and has no pages. */
const MOST_PENDING = 10_000;
const MOST_CAMPAIGNS = 1_000;
const PAGE = 100;
/** The vendor's number and word of a call that waits. */
const PENDING = { number: 1, words: 'Pending' } as const;

const WRONG_CODE: AskFailure = { code: 'invalid', field: 'campaign', reason: 'There is no such campaign.' };

export function listCampaigns({ campaigns, box }: CampaignAskParts): CarryOut<'list_campaigns'> {
  return async (_, { credential: { tenantId } }) => {
    const all: CampaignRecord[] = [];
    let after: string | null = null;
    do {
      const page = await campaigns.list(tenantId, {}, { limit: PAGE, after });
      all.push(...page.items);
      after = page.next;
    } while (after !== null && all.length < MOST_CAMPAIGNS);
    const shown = all.map((campaign) => toldCampaign(campaign, codeOf(campaign, box)));
    return told({ kind: 'list_campaigns', campaigns: shown });
  };
}

export function campaignDetails(parts: CampaignAskParts): CarryOut<'campaign_details'> {
  return ofCampaign(parts, async (campaign, { campaign: code }) =>
    told({ kind: 'campaign_details', campaign: await counted(parts, campaign, code) }),
  );
}

export function listPending(parts: CampaignAskParts): CarryOut<'list_pending'> {
  return ofCampaign(parts, async (campaign, { campaign: code }) => {
    const [shown, leads] = await Promise.all([
      counted(parts, campaign, code),
      parts.leads.pending(campaign.tenantId, campaign.id, MOST_PENDING + 1),
    ]);
    if (leads.length > MOST_PENDING) {
      return failed({ code: 'too_many', found: shown.pending, most: MOST_PENDING });
    }
    return told({ kind: 'list_pending', campaign: shown, leads: leads.map(toldLead) });
  });
}

export function listMembers(parts: CampaignAskParts): CarryOut<'list_members'> {
  return ofCampaign(parts, async ({ id, tenantId, connectionId }) => {
    const [members, { people }] = await Promise.all([
      parts.campaigns.members(tenantId, id),
      parts.phonebook.of(tenantId, connectionId),
    ]);
    const nameOf = (extension: string) =>
      people?.extension(extension)?.label ?? people?.agent(extension, null)?.name ?? extension;
    return told({
      kind: 'list_members',
      members: members.map((member) => ({ member, displayName: nameOf(member) })),
    });
  });
}

export function addMember(parts: CampaignAskParts): CarryOut<'add_member'> {
  return ofCampaign(parts, async ({ id, tenantId }, { member }, by) => {
    const added = await parts.campaigns.addMembers(tenantId, id, [member], by);
    return told({ kind: 'add_member', added });
  });
}

export function removeMember(parts: CampaignAskParts): CarryOut<'remove_member'> {
  return ofCampaign(parts, async ({ id, tenantId }, { member }, by) => {
    const removed = await parts.campaigns.removeMembers(tenantId, id, [member], by);
    return told({ kind: 'remove_member', removed });
  });
}

/** What stops there may be started again: it is `Disabled`, which with us is a pause where it runs. */
export function stopCampaign(parts: CampaignAskParts): CarryOut<'stop_campaign'> {
  return ofCampaign(parts, async (campaign, _, by) => {
    await turn(parts, campaign, 'paused', by);
    return told({ kind: 'stop_campaign' });
  });
}

export function startCampaign(parts: CampaignAskParts): CarryOut<'start_campaign'> {
  return ofCampaign(parts, async (campaign, _, by) => {
    await turn(parts, campaign, 'running', by);
    return told({ kind: 'start_campaign' });
  });
}

export function clearCampaign(parts: CampaignAskParts): CarryOut<'clear_campaign'> {
  return ofCampaign(parts, async ({ id, tenantId }, _, by) =>
    told({ kind: 'clear_campaign', removed: await parts.campaigns.clear(tenantId, id, by) }),
  );
}

export function setCampaignStrategy(parts: CampaignAskParts): CarryOut<'set_campaign_strategy'> {
  return ofCampaign(parts, async (campaign, { queueForMonitoring, maximumCallers, coefficient }, by) => {
    const { people } = await parts.phonebook.of(campaign.tenantId, campaign.connectionId);
    await changeSettings(parts, campaign, by, (settings) => ({
      ...settings,
      queue: queueForMonitoring === null ? settings.queue : queueOf(queueForMonitoring, people, campaign),
      pacing: {
        ...settings.pacing,
        waitingCap: maximumCallers === null ? settings.pacing.waitingCap : capOf(maximumCallers),
        startCoefficient:
          coefficient === null ? settings.pacing.startCoefficient : Math.min(10, Math.max(1, coefficient)),
      },
    }));
    return told({ kind: 'set_campaign_strategy' });
  });
}

export function configureCampaign(parts: CampaignAskParts): CarryOut<'configure_campaign'> {
  return ofCampaign(parts, async (campaign, { maxCalls, representatives }, by) => {
    const { id, tenantId } = campaign;
    if (maxCalls !== null) {
      await changeSettings(parts, campaign, by, (settings) => ({
        ...settings,
        pacing: { ...settings.pacing, maxLines: capOf(maxCalls) },
      }));
    }
    if (representatives !== null) {
      const before = await parts.campaigns.members(tenantId, id);
      const gone = before.filter((member) => !representatives.includes(member));
      const come = representatives.filter((member) => !before.includes(member));
      if (gone.length > 0) await parts.campaigns.removeMembers(tenantId, id, gone, by);
      if (come.length > 0) await parts.campaigns.addMembers(tenantId, id, come, by);
    }
    return told({ kind: 'configure_campaign' });
  });
}

/** The vendor's clients say 0 for no cap, and may say more than a campaign can have. */
function capOf(value: number): number | null {
  return value === 0 ? null : Math.min(value, MOST_OF_ALL);
}

/** The campaign of a code, as far as it is the asker's tenant's; afterwards the dialer looks at it. */
export function ofCampaign<A extends { campaign: string }>(
  { book, campaigns, ringer }: Pick<CampaignAskParts, 'book' | 'campaigns' | 'ringer'>,
  work: (campaign: CampaignRecord, ask: A, by: Actor) => ReturnType<CarryOut<'list_campaigns'>>,
): (ask: A, asker: Asker) => ReturnType<CarryOut<'list_campaigns'>> {
  return async (ask, asker) => {
    const { tenantId } = asker.credential;
    const known = await book.find(ask.campaign);
    if (known?.tenantId !== tenantId) return failed(WRONG_CODE);
    // Whose a code is may be remembered; how the campaign stands may not.
    const campaign = await campaigns.get(tenantId, known.id);
    if (campaign === undefined) return failed(WRONG_CODE);
    const result = await work(campaign, ask, byOf(asker));
    ringer.ring('campaign', [campaign.id]);
    return result;
  };
}

export function byOf(asker: Asker): Actor {
  return { kind: 'system', id: actorOf(asker) };
}

/** By the PBX's word, or by the integer that the vendor's clients know it by. */
function queueOf(word: string, people: People | undefined, { connectionId }: CampaignRecord): string {
  const queues = people?.queueEntries().map(({ vendorId }) => vendorId) ?? [];
  if (queues.includes(word)) return word;
  return queues.find((queue) => String(queueNumber(queue, connectionId)) === word) ?? word;
}

async function turn(
  { campaigns }: CampaignAskParts,
  { id, tenantId, state }: CampaignRecord,
  to: CampaignState,
  by: Actor,
): Promise<void> {
  // Already as good as that: a stopped campaign is disabled too.
  if (state !== to && !campaignMayBecome(state, to)) return;
  await campaigns.turn(tenantId, id, to, by);
}

async function changeSettings(
  { campaigns }: CampaignAskParts,
  { id, tenantId }: CampaignRecord,
  by: Actor,
  change: (settings: CampaignSettings) => CampaignSettings,
): Promise<void> {
  await campaigns.patch(tenantId, id, { settings: change }, by);
}

async function counted(
  { campaigns }: CampaignAskParts,
  campaign: CampaignRecord,
  code: string,
): Promise<ToldCampaign> {
  const counts = await campaigns.counts(campaign.tenantId, campaign.id);
  const { maxPriority, minPriority } = counts;
  return { ...toldCampaign(campaign, code), pending: counts.waiting, maxPriority, minPriority };
}

function toldCampaign({ name, state }: CampaignRecord, code: string): ToldCampaign {
  const words = { running: 'enabled', paused: 'disabled', stopped: 'disabled', deleted: 'deleted' } as const;
  return { name, state: words[state], code, pending: 0, maxPriority: 0, minPriority: 0 };
}

function codeOf(campaign: { id: CampaignId; sealedCode: string }, box: Pick<SecretBox, 'open'>): string {
  return box.open(campaign.sealedCode, sealedFor.campaignCode(campaign.id));
}

function toldLead(lead: LeadRecord & { id: LeadId }): ToldLead {
  const { phone, callerId, callerName, notBefore, priority, name, customData } = lead;
  return {
    ...{ phone, callerId, callerName, priority, customData },
    originateAt: notBefore,
    customerName: name,
    status: PENDING,
  };
}
