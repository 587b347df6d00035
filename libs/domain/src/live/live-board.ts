/** Who is on the phone and which queues wait, as it follows from a tenant's open calls, and what agents said. */
import type { AgentId, CallId, CampaignId, ConnectionId, Instant } from '../ids.js';
import type { NamedId } from '../call/call.js';
import type { AgentSaid } from './agent-said.js';
import type { LiveCall, LiveChange, LiveSaidChange } from './live-call.js';
import type { LiveCampaign } from './live-campaign.js';

export type AgentLiveState = 'free' | 'ringing' | 'busy';

export interface AgentNow {
  agent: AgentId;
  state: AgentLiveState;
  /** The call that makes it so; null for a free one. */
  call: CallId | null;
  since: Instant | null;
  /** What they said of themselves; null where nothing is known. */
  said: AgentSaid | null;
}

export interface QueueNow {
  connectionId: ConnectionId;
  queue: NamedId;
  /** Callers whom nobody has answered yet. */
  waiting: number;
  /** Since when the one waits who waits longest; null where nobody does. */
  longestSince: Instant | null;
}

export interface BoardNews {
  agents: AgentNow[];
  queues: QueueNow[];
  campaigns: LiveCampaign[];
}

/**
 * Open calls of one tenant, with who is in them. An agent with several calls is busy when one of them is answered; agents of whom
 * nothing is known are free. Values in, news out: no clock, and the same changes make the same board.
 */
export class LiveBoard {
  private readonly open = new Map<CallId, LiveCall>();
  private readonly byAgent = new Map<AgentId, Set<CallId>>();
  private readonly byQueue = new Map<string, Set<CallId>>();
  private readonly saidBy: Map<AgentId, AgentSaid>;
  private readonly campaignsById: Map<CampaignId, LiveCampaign>;

  constructor(
    calls: Iterable<LiveCall> = [],
    said: ReadonlyMap<AgentId, AgentSaid> = new Map(),
    campaigns: readonly LiveCampaign[] = [],
  ) {
    this.saidBy = new Map(said);
    this.campaignsById = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
    for (const call of calls) this.applyCall(call);
  }

  get calls(): ReadonlyMap<CallId, LiveCall> {
    return this.open;
  }

  /** Deleted ones are not among them. */
  campaigns(): LiveCampaign[] {
    return [...this.campaignsById.values()];
  }

  /** @returns the agents, queues and campaigns that are otherwise than before */
  apply(change: LiveChange): BoardNews {
    if ('campaign' in change) return this.applyCampaign(change.campaign);
    return 'call' in change ? this.applyCall(change.call) : this.applySaid(change);
  }

  private applyCampaign(campaign: LiveCampaign): BoardNews {
    const before = this.campaignsById.get(campaign.id);
    if (campaign.state === 'deleted') this.campaignsById.delete(campaign.id);
    else this.campaignsById.set(campaign.id, campaign);
    const isSame = JSON.stringify(before) === JSON.stringify(campaign);
    return { agents: [], queues: [], campaigns: isSame ? [] : [campaign] };
  }

  private applySaid({ agent, said }: LiveSaidChange): BoardNews {
    const before = JSON.stringify(this.agent(agent));
    if (said === null) this.saidBy.delete(agent);
    else this.saidBy.set(agent, said);
    const now = this.agent(agent);
    return { agents: JSON.stringify(now) === before ? [] : [now], queues: [], campaigns: [] };
  }

  private applyCall(call: LiveCall): BoardNews {
    const before = this.open.get(call.id);
    const agents = new Set([...agentsOf(before), ...agentsOf(call)]);
    const queues = new Map([before, call].flatMap((one) => (one?.queue ? [[queueKey(one), one]] : [])));
    const agentsBefore = [...agents].map((agent) => this.agent(agent));
    const queuesBefore = [...queues.values()].map((one) => this.queueOf(one));
    if (before) this.remove(before);
    if (!call.over) this.add(call);
    const differ = (one: object, other: object | undefined) => JSON.stringify(one) !== JSON.stringify(other);
    return {
      agents: [...agents]
        .map((agent) => this.agent(agent))
        .filter((now, index) => differ(now, agentsBefore[index])),
      queues: [...queues.values()]
        .map((one) => this.queueOf(one))
        .filter((now, index) => differ(now, queuesBefore[index])),
      campaigns: [],
    };
  }

  agent(agent: AgentId): AgentNow {
    const said = this.saidBy.get(agent) ?? null;
    let ringing: LiveCall | undefined;
    for (const id of this.byAgent.get(agent) ?? []) {
      const call = this.open.get(id);
      const state = call?.popups[agent];
      if (call && state === 'answered') {
        return { agent, state: 'busy', call: id, since: call.answeredAt ?? call.since, said };
      }
      if (call && state === 'ringing') ringing ??= call;
    }
    if (ringing) return { agent, state: 'ringing', call: ringing.id, since: ringing.since, said };
    return { agent, state: 'free', call: null, since: null, said };
  }

  /** Those who are not free, and those who said something. */
  agents(): AgentNow[] {
    return [...new Set([...this.byAgent.keys(), ...this.saidBy.keys()])]
      .map((agent) => this.agent(agent))
      .filter(({ state, said }) => state !== 'free' || said !== null);
  }

  /** Those that have calls. */
  queues(): QueueNow[] {
    return [...this.byQueue.values()].flatMap((ids) => {
      const [first] = [...ids].flatMap((id) => this.open.get(id) ?? []);
      return first ? [this.queueOf(first)] : [];
    });
  }

  private queueOf(of: LiveCall): QueueNow {
    const queue = of.queue ?? { id: '', name: null };
    let waiting = 0;
    let longestSince: Instant | null = null;
    for (const id of this.byQueue.get(queueKey(of)) ?? []) {
      const call = this.open.get(id);
      if (call?.state !== 'ringing') continue;
      waiting += 1;
      if (longestSince === null || call.since < longestSince) longestSince = call.since;
    }
    return { connectionId: of.connectionId, queue, waiting, longestSince };
  }

  private add(call: LiveCall): void {
    this.open.set(call.id, call);
    for (const agent of agentsOf(call)) put(this.byAgent, agent, call.id);
    if (call.queue) put(this.byQueue, queueKey(call), call.id);
  }

  private remove(call: LiveCall): void {
    this.open.delete(call.id);
    for (const agent of agentsOf(call)) drop(this.byAgent, agent, call.id);
    if (call.queue) drop(this.byQueue, queueKey(call), call.id);
  }
}

/** Names of queues are the PBX's, so two connections may have the same one. */
export function queueKey({ connectionId, queue }: Pick<LiveCall, 'connectionId' | 'queue'>): string {
  return `${connectionId}/${queue?.id ?? ''}`;
}

function agentsOf(call: LiveCall | undefined): AgentId[] {
  return Object.keys(call?.popups ?? {}) as AgentId[];
}

function put<K>(index: Map<K, Set<CallId>>, key: K, id: CallId): void {
  const known = index.get(key);
  if (known) known.add(id);
  else index.set(key, new Set([id]));
}

function drop<K>(index: Map<K, Set<CallId>>, key: K, id: CallId): void {
  const known = index.get(key);
  known?.delete(id);
  if (known?.size === 0) index.delete(key);
}
