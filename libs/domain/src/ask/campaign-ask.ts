/**
 * What software that feeds a vendor's dialer asks of campaigns and their leads, and what it is told. A campaign is named by its
 * code, which is a secret: whoever has it may do all of this to that campaign. So it stands in an ask, and in no log.
 */
import type { Instant } from '../ids.js';
import type { AskedTime } from './asked-time.js';

/**
 * Why one lead was not taken. `item`: it is no lead at all. `do_not_call`: a list forbids it for good; `despite_do_not_call`: it was
 * asked for all the same, and campaigns call nobody who is on a list. `full`: the campaign takes no more. `failed`: whatever else, and nobody's fault who asked.
 */
export type LeadProblem =
  | 'campaign'
  | 'target'
  | 'caller_id'
  | 'time'
  | 'priority'
  | 'custom_data'
  | 'item'
  | 'do_not_call'
  | 'despite_do_not_call'
  | 'full'
  | 'failed';

/** Someone to be called. Of an update, what is null or empty stays as it is. */
export interface AskedLead {
  /** The campaign's code; empty where none came. */
  campaign: string;
  /** As it was written, blanks around it left out; empty where none came. A blank that was a plus is one again. */
  target: string;
  /** Shown to whoever is called; `Anonymous` hides it. */
  callerId: string | null;
  callerName: string | null;
  /** Not before; null: at once. */
  originateAt: AskedTime | null;
  customerName: string | null;
  /** The higher, the earlier. */
  priority: number | null;
  /** Without the vendor's prefix `var_`. */
  customData: Readonly<Record<string, string>>;
  /** Call although a list forbids it. No campaign does: one that is listed is refused with that reason. */
  despiteDoNotCall?: true;
  /** What the facade found wrong. Of a bulk that item alone is not taken. Null for a single lead always. */
  problem: LeadProblem | null;
}

/** The campaign by its code. */
interface OfCampaign {
  campaign: string;
}

export type CampaignAsk =
  /** Of a bulk each item may be of another campaign. A target that is open in its campaign is no second lead, and no failure. */
  | { kind: 'add_leads'; items: readonly AskedLead[]; isBulk: boolean }
  | { kind: 'update_lead'; lead: AskedLead }
  | ({ kind: 'remove_lead'; target: string } & OfCampaign)
  /** All that the credential's account has. */
  | { kind: 'list_campaigns' }
  | ({ kind: 'list_members' } & OfCampaign)
  | ({ kind: 'add_member' | 'remove_member'; member: string } & OfCampaign)
  | ({ kind: 'stop_campaign' | 'start_campaign' } & OfCampaign)
  /** Null: stays as it is. At least one is said. */
  | ({
      kind: 'set_campaign_strategy';
      /** The queue whose agents are counted, by the PBX's word. */
      queueForMonitoring: string | null;
      /** Of how many callers may wait; 0: none beyond the free agents. */
      maximumCallers: number | null;
      /** Calls a free agent. */
      coefficient: number | null;
    } & OfCampaign)
  /** Takes out whatever is not dialled yet. */
  | ({ kind: 'clear_campaign' } & OfCampaign)
  | ({ kind: 'list_pending' } & OfCampaign)
  | ({ kind: 'campaign_details' } & OfCampaign)
  /** Null: stays as it is. An empty list of representatives takes all of them out. */
  | ({
      kind: 'configure_campaign';
      /** Calls at once. */
      maxCalls: number | null;
      /** The PBX's words for extensions. */
      representatives: readonly string[] | null;
    } & OfCampaign);

export interface ToldCampaign {
  name: string;
  state: 'enabled' | 'disabled' | 'deleted';
  /** Printed by the vendor, so that whoever may list campaigns may feed them. */
  code: string;
  /** Leads that are to be called yet. */
  pending: number;
  /** Of those; 0 where there are none. */
  maxPriority: number;
  minPriority: number;
}

export interface ToldLead {
  phone: string;
  callerId: string | null;
  callerName: string | null;
  originateAt: Instant | null;
  priority: number;
  customerName: string | null;
  /** The vendor's number and word, e.g. 1, `Pending`. */
  status: { number: number; words: string };
  /** Without the vendor's prefix. */
  customData: Readonly<Record<string, string>>;
}

export interface ToldMember {
  member: string;
  displayName: string;
}

export type CampaignTold =
  /** One a lead, in the order of the items. */
  | { kind: 'add_leads'; results: readonly { target: string; problem: LeadProblem | null }[] }
  | { kind: 'remove_lead' | 'clear_campaign'; removed: number }
  | { kind: 'list_campaigns'; campaigns: readonly ToldCampaign[] }
  | { kind: 'list_members'; members: readonly ToldMember[] }
  | { kind: 'add_member'; added: number }
  | { kind: 'remove_member'; removed: number }
  | { kind: 'list_pending'; campaign: ToldCampaign; leads: readonly ToldLead[] }
  | { kind: 'campaign_details'; campaign: ToldCampaign }
  | {
      kind:
        'update_lead' | 'stop_campaign' | 'start_campaign' | 'set_campaign_strategy' | 'configure_campaign';
    };
