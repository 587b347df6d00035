import type { Ask, AskKind, AskResult, CampaignAsk } from '#domain';
import { failed, type Asker, type CarryOut } from './asking.js';
import { agentStates, agentStatuses, setAgentState, type AgentParts } from './agents.js';
import { callLog, type CallLogParts } from './call-log.js';
import { hangingUp, recording, transferring, unsupported, type ControlParts } from './control.js';
import { eventHooks, type EventHookParts } from './event-hooks.js';
import { extensionList, extensionState, liveCalls, liveQueues, type LiveParts } from './live.js';
import { blockNumbers, unblockNumbers } from './numbers.js';
import { placing, type PlaceParts } from './place.js';
import type { DoNotCallRepository } from '#db';
import type { VendorTokens } from '../vendor-tokens.js';
import { VENDOR_TOKEN_SECONDS } from '../vendor-tokens.js';

export interface CarryOutParts {
  place: PlaceParts;
  log: CallLogParts;
  live: LiveParts;
  agents: AgentParts;
  control: ControlParts;
  hooks: EventHookParts;
  lists: Pick<DoNotCallRepository, 'add' | 'remove'>;
  tokens: Pick<VendorTokens, 'issue'>;
}

// Nobody carries these out yet.
const noCampaign = () => Promise.resolve(failed(unsupported('campaigns')));
const CAMPAIGNS = {
  add_leads: noCampaign,
  update_lead: noCampaign,
  remove_lead: noCampaign,
  clear_campaign: noCampaign,
  list_campaigns: noCampaign,
  list_members: noCampaign,
  list_pending: noCampaign,
  add_member: noCampaign,
  remove_member: noCampaign,
  stop_campaign: noCampaign,
  start_campaign: noCampaign,
  set_campaign_strategy: noCampaign,
  configure_campaign: noCampaign,
  campaign_details: noCampaign,
} satisfies { [K in CampaignAsk['kind']]: CarryOut<K> };

/** Carries out whatever is asked. */
export class CarryOutAsks {
  private readonly by: { [K in AskKind]: CarryOut<K> };

  constructor({ place, log, live, agents, control, hooks, lists, tokens }: CarryOutParts) {
    this.by = {
      place: placing(place),
      hang_up: hangingUp(control),
      record: recording(control),
      transfer: transferring(control),
      call_log: callLog(log),
      live_calls: liveCalls(live),
      live_queues: liveQueues(live),
      extensions: extensionList(live),
      extension_state: extensionState(live),
      set_agent_state: setAgentState(agents),
      agent_states: agentStates(agents),
      agent_statuses: agentStatuses(agents),
      block_numbers: blockNumbers(lists),
      unblock_numbers: unblockNumbers(lists),
      token: (_, { credential }) => {
        const { token } = tokens.issue(credential.id);
        const expiresInSeconds = VENDOR_TOKEN_SECONDS;
        return Promise.resolve({ ok: true, told: { kind: 'token', token, expiresInSeconds } });
      },
      // Drivers hold no calls yet, and callbacks come with the dialer.
      set_hold: () => Promise.resolve(failed(unsupported('hold'))),
      queue_callback: () => Promise.resolve(failed(unsupported('callback_queue'))),
      event_hooks: eventHooks(hooks),
      ...CAMPAIGNS,
    };
  }

  /** @throws AppError `database.unavailable` */
  carryOut(ask: Ask, asker: Asker): Promise<AskResult> {
    const carry = this.by[ask.kind] as (ask: Ask, asker: Asker) => Promise<AskResult>;
    return carry(ask, asker);
  }
}
