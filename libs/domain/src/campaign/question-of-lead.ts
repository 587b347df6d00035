import type { DialLead, DialQuestion } from '../dialling/dial-question.js';
import type { CampaignState } from '../dialling/campaign-state.js';
import { isRegistryUnasked } from '../dialling/may-dial.js';
import { instant, type Instant } from '../ids.js';
import { isLeadFirst, type CampaignMode, type CampaignSettings } from './campaign.js';

/** What the rows tell of a lead beside its own one. */
export type LeadHistory = Pick<DialQuestion, 'attempts' | 'lastDropAt' | 'lastTalkAt'> & {
  /** Its number is on the tenant's do-not-call list. */
  isListed: boolean;
  /** What the public registry said when it was asked last; null: it was not asked. */
  registry: { listed: boolean; askedAt: Instant } | null;
  /** How often the caller id that would be shown was; left out where nobody counts. */
  shown?: DialQuestion['callerId'];
};

/** A lead of whom the registry has to be asked waits for the answer, and is looked at so often. */
const ASKED_EVERY_MS = 60 * 60 * 1_000;

/** When a lead is judged again that may not be dialled; null: it is not. */
export function judgedAgainAt(
  question: DialQuestion,
  { nextAt }: { nextAt: Instant | null },
): Instant | null {
  return nextAt === null && isRegistryUnasked(question) ? instant(question.now + ASKED_EVERY_MS) : nextAt;
}

/** Whether a lead of a campaign may be dialled now, as a question for `mayDial`. @param lead.notBefore  by its schedule */
export function questionOfLead(
  campaign: { state: CampaignState; mode: CampaignMode; settings: CampaignSettings },
  lead: DialLead,
  { isListed, registry, attempts, lastDropAt, lastTalkAt, shown = null }: LeadHistory,
  now: Instant,
): DialQuestion {
  return {
    now,
    rules: campaign.settings.rules,
    campaign: { state: campaign.state, automated: isLeadFirst(campaign.mode) },
    lead,
    ...{ attempts, lastDropAt, lastTalkAt },
    listed: isListed ? 'tenant' : registry?.listed === true ? 'registry' : null,
    registryCheckedAt: registry?.askedAt ?? null,
    callerId: shown,
  };
}
