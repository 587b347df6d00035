import { callerIdOf } from '../dialling/caller-id-of.js';
import type { LeadId } from '../ids.js';
import { MOST_ORDER_VARIABLES, LONGEST_ORDER_VARIABLE, orderOf, type Order } from '../order/order.js';
import type { CampaignMode, CampaignSettings } from './campaign.js';

/** What of a lead goes into its order. */
export interface LeadToDial {
  id: LeadId;
  /** E.164 */
  phone: string;
  /** ISO 3166-1 alpha-2 of the number; null where it is no one country's. */
  country: string | null;
  name: string | null;
  /** As it came: a number, or `Anonymous`. */
  callerId: string | null;
  callerName: string | null;
  customData: Readonly<Record<string, string>>;
}

/** Whose phone a lead is dialled for. */
export interface WorkerPhone {
  extension: string;
  callerId: string | null;
}

/** Shown instead of a number that is to be hidden: vendors' APIs take the word. */
const HIDDEN = 'Anonymous';

/**
 * What a lead is shown, `Anonymous` for nothing; null leaves it to the PBX.
 *
 * @param isSpent  whether a caller id was shown as often as it may be. Where all are, one of them is answered nevertheless
 */
export function callerIdOfLead(
  settings: Pick<CampaignSettings, 'callerId' | 'callerIds'>,
  lead: Pick<LeadToDial, 'callerId' | 'country'>,
  worker: WorkerPhone | null,
  isSpent?: (callerId: string) => boolean,
): string | null {
  const choice = {
    lead: lead.callerId,
    country: lead.country,
    byCountry: settings.callerIds,
    worker: worker?.callerId ?? null,
    campaign: settings.callerId,
  };
  const chosen = callerIdOf(choice, isSpent) ?? callerIdOf(choice);
  return chosen === null ? null : chosen.hidden ? HIDDEN : chosen.callerId;
}

/**
 * The order by which a lead is dialled.
 *
 * @param worker  where the campaign rings an agent first; null where the lead's phone rings first
 */
export function orderOfLead(
  mode: CampaignMode,
  settings: CampaignSettings,
  lead: LeadToDial,
  worker: WorkerPhone | null,
): Order {
  const customer = { kind: 'number', value: lead.phone } as const;
  const shown = callerIdOfLead(settings, lead, worker);
  const ring = settings.ringSeconds;
  const more = {
    maxSeconds: settings.maxSeconds,
    record: settings.record,
    variables: variablesOf(settings, lead),
  };
  if (worker !== null && (mode === 'preview' || mode === 'progressive')) {
    return orderOf('call', { kind: 'extension', value: worker.extension }, customer, {
      ...more,
      callerId: { first: lead.phone, second: shown },
      callerName: { first: lead.name, second: lead.callerName },
      ringSeconds: { first: settings.agentRingSeconds, second: ring },
    });
  }
  const first = {
    ...more,
    callerId: { first: shown, second: lead.phone },
    callerName: { first: lead.callerName, second: lead.name },
    ringSeconds: { first: ring, second: null },
  };
  if (mode === 'message') {
    return orderOf('announce', customer, null, { ...first, announcement: settings.announcement });
  }
  return orderOf('call', customer, { kind: 'queue', value: settings.queue ?? '' }, first);
}

/** The lead's own before the campaign's; what is too much is left out, as a call is worth more than its tenth variable. */
function variablesOf(settings: CampaignSettings, lead: LeadToDial): Record<string, string> {
  const all = Object.entries({ ...settings.variables, ...lead.customData });
  // A lead's members come last in the union where they are new: they are the ones to keep.
  const kept = all.slice(-MOST_ORDER_VARIABLES);
  return Object.fromEntries(kept.map(([name, value]) => [name, value.slice(0, LONGEST_ORDER_VARIABLE)]));
}
