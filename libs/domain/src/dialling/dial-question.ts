/** What has to be known to say whether a number may be dialled now, and what is said. Filled from rows; nothing here asks anybody. */
import type { Instant } from '../ids.js';
import type { CampaignState } from './campaign-state.js';
import type { DialRules } from './dial-rules.js';
import type { LeadState } from './lead-state.js';

/** The gates in the order in which they are looked at: what no time changes comes before what time does. */
export const DIAL_GATES = [
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
export type DialGate = (typeof DIAL_GATES)[number];

/**
 * On which list a number stands. `registry` is the public one, and does not bind where the person agreed to be called and that
 * still holds; the others bind always.
 */
export type Listing = 'tenant' | 'campaign' | 'prefix' | 'registry';

/** Where somebody may be, as far as is known. */
export interface PlaceEvidence {
  /** E.164 */
  phone: string;
  /** State or province: a code such as `FL` or `US-FL`, or its English name. */
  region: string | null;
  postal: string | null;
  /** IANA name, as the CRM says. One that does not exist is as none. */
  zone: string | null;
}

export interface DialLead extends Omit<PlaceEvidence, 'phone'> {
  /** E.164; null or anything else: it cannot be dialled. */
  phone: string | null;
  state: LeadState;
  /** When the person agreed to be called. */
  consentAt: Instant | null;
  /** Calls of this campaign to this lead so far, without those that are known not to have been placed. */
  attempts: number;
  /** Not before: the lead's own time, or the next try's. */
  notBefore: Instant | null;
}

export interface DialQuestion {
  now: Instant;
  /** Worked out once for each object: hand over the same one for all leads of a campaign. */
  rules: DialRules;
  campaign: {
    state: CampaignState;
    /** The number is dialled before an agent is on the line (predictive, messages). */
    automated: boolean;
  };
  lead: DialLead;
  /** The lead was claimed for the very call that is asked about: `dialling` is then no obstacle. */
  claimed?: boolean;
  /** Earlier calls to the number by the tenant, of any campaign: newest first, the last 100 within 30 days. */
  attempts: readonly Instant[];
  /** When a call to the number was last dropped because no agent was free. */
  lastDropAt: Instant | null;
  /** When somebody last talked with the number. */
  lastTalkAt: Instant | null;
  listed: Listing | null;
  /** When the public registry was last asked about the number. */
  registryCheckedAt: Instant | null;
  /** The caller id that would be shown: calls of the last 24 hours, and when the first of them was. Null: none, or unknown. */
  callerId: { uses: number; oldestAt: Instant } | null;
}

export type DialVerdict =
  | { may: true }
  | {
      may: false;
      /** The first that fails. */
      gate: DialGate;
      /** A sentence for people. */
      reason: string;
      /** When it may be, by all gates, if nothing else happens until then; null: not by itself. */
      nextAt: Instant | null;
    };
