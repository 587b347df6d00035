import type { Ask, AskKind, AskResult, CampaignAsk } from '#domain';
import { failed, type Asker, type CarryOut } from './asking.js';
import { agentStates, agentStatuses, setAgentState, type AgentParts } from './agents.js';
import { callLog, type CallLogParts } from './call-log.js';
import { hangingUp, recording, transferring, unsupported, type ControlParts } from './control.js';
import {
  addMember,
  campaignDetails,
  clearCampaign,
  configureCampaign,
  listCampaigns,
  listMembers,
  listPending,
  removeMember,
  setCampaignStrategy,
  startCampaign,
  stopCampaign,
} from './campaigns.js';
import { addLeads, removeLead, updateLead, type LeadAskParts } from './leads.js';
import { queueCallback, type QueueCallbackParts } from './queue-callback.js';
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
  campaigns: LeadAskParts;
  callbacks: QueueCallbackParts;
}

function campaignAsks(parts: LeadAskParts): { [K in CampaignAsk['kind']]: CarryOut<K> } {
  return {
    add_leads: addLeads(parts),
    update_lead: updateLead(parts),
    remove_lead: removeLead(parts),
    clear_campaign: clearCampaign(parts),
    list_campaigns: listCampaigns(parts),
    list_members: listMembers(parts),
    list_pending: listPending(parts),
    add_member: addMember(parts),
    remove_member: removeMember(parts),
    stop_campaign: stopCampaign(parts),
    start_campaign: startCampaign(parts),
    set_campaign_strategy: setCampaignStrategy(parts),
    configure_campaign: configureCampaign(parts),
    campaign_details: campaignDetails(parts),
  };
}

/** Carries out whatever is asked. */
export class CarryOutAsks {
  private readonly by: { [K in AskKind]: CarryOut<K> };

  constructor({ place, log, live, agents, control, hooks, ...parts }: CarryOutParts) {
    const { campaigns, callbacks, lists, tokens } = parts;
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
      // No driver holds calls.
      set_hold: () => Promise.resolve(failed(unsupported('hold'))),
      queue_callback: queueCallback(callbacks),
      event_hooks: eventHooks(hooks),
      ...campaignAsks(campaigns),
    };
  }

  /** @throws AppError `database.unavailable` */
  carryOut(ask: Ask, asker: Asker): Promise<AskResult> {
    const carry = this.by[ask.kind] as (ask: Ask, asker: Asker) => Promise<AskResult>;
    return carry(ask, asker);
  }
}
