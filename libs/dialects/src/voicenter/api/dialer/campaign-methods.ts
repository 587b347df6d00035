/** Campaigns by themselves: listed, started and stopped, emptied, paced (seed 6.3, 6.7 to 6.10, 6.14, 6.15). */
import type { CampaignAsk } from '#domain';
import type { AskedFields } from '../../../content/asked-fields.js';
import { finiteNumber } from '../../../content/scalars.js';
import { asks, invalid, missing, type AskReading, type Refusal } from '../api-route.js';
import { campaignOf, dialerRoute, type DialerMethod } from './dialer-route.js';
import { writeCampaign, writeListedCampaign } from './write-campaign.js';

const LONGEST_WORD = 64;
const MOST_REPRESENTATIVES = 1000;
const MOST_CALLERS = 100_000;
/** Calls a free agent: what is more is a slip. */
const MOST_COEFFICIENT = 100;

type Plain = 'stop_campaign' | 'start_campaign' | 'clear_campaign' | 'campaign_details';
type Read<Value> = { ok: true; value: Value | null } | Refusal;

export const getCampaignList = dialerRoute({
  method: 'GetCampaignList',
  kind: 'list_campaigns',
  changes: false,
  // The one method that is about an account.
  presentedIn: () => null,
  read: () => asks({ kind: 'list_campaigns' }),
  data: (told) => (told.kind === 'list_campaigns' ? told.campaigns.map(writeListedCampaign) : []),
});

export const stopCampaign = dialerRoute(plain('StopCampaign', 'stop_campaign'));
export const startCampaign = dialerRoute(plain('StartCampaign', 'start_campaign'));
export const clearCampaignCalls = dialerRoute(plain('ClearCampaignCalls', 'clear_campaign'));

export const getCampaignDetails = dialerRoute({
  ...plain('GetCampaignDetails', 'campaign_details'),
  changes: false,
  data: (told) => (told.kind === 'campaign_details' ? writeCampaign(told.campaign) : {}),
});

export const updateCampaignStrategy = dialerRoute({
  method: 'UpdateCampaignStrategy',
  kind: 'set_campaign_strategy',
  changes: true,
  read: (asked) => {
    const of = campaignOf(asked);
    if (!of.ok) return of;
    const { fields } = asked;
    const queue = fields.text('setqueueformonitoring');
    if ((queue?.length ?? 0) > LONGEST_WORD) return invalid('queue', 'setQueueForMonitoring is too long.');
    const callers = wholeOf(fields, 'setQueueMaximumCallers');
    if (!callers.ok) return callers;
    const coefficient = coefficientOf(fields);
    if (!coefficient.ok) return coefficient;
    if (queue === null && callers.value === null && coefficient.value === null)
      return missing('setCoefficient');
    return asks({
      kind: 'set_campaign_strategy',
      campaign: of.campaign,
      queueForMonitoring: queue,
      maximumCallers: callers.value,
      coefficient: coefficient.value,
    });
  },
});

export const configureIvrCampaign = dialerRoute({
  method: 'ConfigureIvrCampaign',
  kind: 'configure_campaign',
  changes: true,
  jsonOnly: true,
  read: (asked) => {
    const of = campaignOf(asked);
    if (!of.ok) return of;
    const { fields } = asked;
    const maxCalls = wholeOf(fields.within('concurrentstrategy'), 'setMaxCalls');
    if (!maxCalls.ok) return maxCalls;
    const representatives = representativesOf(fields);
    if (!representatives.ok) return representatives;
    if (maxCalls.value === null && representatives.value === null) return missing('ConcurrentStrategy');
    return asks({
      kind: 'configure_campaign',
      campaign: of.campaign,
      maxCalls: maxCalls.value,
      representatives: representatives.value,
    });
  },
});

/** What needs no more than to know the campaign. */
function plain(method: string, kind: Plain): DialerMethod {
  return {
    method,
    kind,
    changes: true,
    read: (asked): AskReading => {
      const of = campaignOf(asked);
      return of.ok ? asks({ kind, campaign: of.campaign } satisfies CampaignAsk) : of;
    },
  };
}

function wholeOf(fields: AskedFields, name: string): Read<number> {
  if (!fields.has(name)) return { ok: true, value: null };
  const value = fields.whole(name);
  const isFit = value !== null && value >= 0 && value <= MOST_CALLERS;
  return isFit ? { ok: true, value } : invalid(name.toLowerCase(), `${name} is no whole number.`);
}

function coefficientOf(fields: AskedFields): Read<number> {
  if (!fields.has('setcoefficient')) return { ok: true, value: null };
  const value = finiteNumber(fields.value('setcoefficient'));
  return value !== null && value >= 0 && value <= MOST_COEFFICIENT
    ? { ok: true, value }
    : invalid('setcoefficient', `setCoefficient is no number from 0 to ${MOST_COEFFICIENT}.`);
}

/** An empty list takes all of them out; none leaves them. */
function representativesOf(fields: AskedFields): Read<string[]> {
  if (!Array.isArray(fields.value('representativelist')) && !fields.has('representativelist')) {
    return { ok: true, value: null };
  }
  const value = [...new Set(fields.list('representativelist'))];
  return value.length <= MOST_REPRESENTATIVES && value.every(({ length }) => length <= LONGEST_WORD)
    ? { ok: true, value }
    : invalid('representativelist', 'RepresentativeList is too long.');
}
