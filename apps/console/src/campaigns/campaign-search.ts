import { choiceIn, onlySet, textIn } from '../list/read-filters';

export const TABS = ['board', 'leads', 'import', 'people', 'rules', 'numbers', 'settings', 'words'] as const;
export type Tab = (typeof TABS)[number];

export const CAMPAIGN_STATES = ['running', 'paused', 'stopped', 'deleted'] as const;
export const LEAD_STATES = [
  'waiting',
  'offered',
  'dialling',
  'done',
  'given_up',
  'invalid',
  'removed',
] as const;
/** In the order in which the dialer looks at them. */
export const GATES = [
  'campaign_state',
  'number',
  'lead_state',
  'do_not_call',
  'consent',
  'window',
  'holidays',
  'attempts_lead',
  'attempts_phone',
  'attempts_period',
  'min_gap',
  'after_drop',
  'after_talk',
  'scheduled',
  'caller_id_quota',
] as const;

/** What the list of leads is filtered by. */
export interface LeadFilters {
  state?: (typeof LEAD_STATES)[number] | undefined;
  gate?: (typeof GATES)[number] | undefined;
  disposition?: string | undefined;
  number?: string | undefined;
}

export interface CampaignSearch extends LeadFilters {
  tab?: Tab | undefined;
  /** The lead that is open. */
  lead?: string | undefined;
  /** The import that is looked at. */
  file?: string | undefined;
}

type Search = Record<string, unknown>;

export function readCampaignSearch(search: Search): CampaignSearch {
  return onlySet({
    tab: choiceIn(search, 'tab', TABS),
    state: choiceIn(search, 'state', LEAD_STATES),
    gate: choiceIn(search, 'gate', GATES),
    disposition: textIn(search, 'disposition'),
    number: textIn(search, 'number'),
    lead: textIn(search, 'lead'),
    file: textIn(search, 'file'),
  });
}

export interface ListSearch {
  state?: (typeof CAMPAIGN_STATES)[number] | undefined;
}

export function readListSearch(search: Search): ListSearch {
  return onlySet({ state: choiceIn(search, 'state', CAMPAIGN_STATES) });
}

export function leadFiltersOf({ state, gate, disposition, number }: CampaignSearch): LeadFilters {
  return onlySet({ state, gate, disposition, number });
}
