/** Who is on the phone and which queues wait, as it follows from a tenant's open calls, from what agents said, and from what PBXs tell. */
import type { AgentId, CallId, CampaignId, ConnectionId, Instant } from '../ids.js';
import type { NamedId } from '../call/call.js';
import type { AgentSaid } from './agent-said.js';
import { FeedFacts } from './feed-facts.js';
import { deviceOf, type FeedNow, type LiveFeedChange } from './feed-now.js';
import type { LiveCall, LiveChange, LiveSaidChange } from './live-call.js';
import type { LiveCampaign } from './live-campaign.js';

/** `unreachable`: in no call, and no phone of theirs is registered, as far as the PBX tells. */
export type AgentLiveState = 'free' | 'ringing' | 'busy' | 'unreachable';

export interface AgentNow {
  agent: AgentId;
  state: AgentLiveState;
  /** The call that makes it so; null for none, and for one that only the PBX's channel tells of. */
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

/** A queue of a connection. */
type QueueRef = Pick<LiveCall, 'connectionId' | 'queue'>;

/**
 * Open calls of one tenant, with who is in them. An agent with several calls is busy when one of them is answered; agents of whom
 * nothing is known are free. What a PBX's channel tells fills what webhooks do not: of a call that they told of, they alone count.
 * Values in, news out: no clock, and the same changes make the same board.
 */
export class LiveBoard {
  private readonly open = new Map<CallId, LiveCall>();
  private readonly byAgent = new Map<AgentId, Set<CallId>>();
  private readonly byQueue = new Map<string, Set<CallId>>();
  private readonly saidBy: Map<AgentId, AgentSaid>;
  private readonly facts: FeedFacts;
  private readonly campaignsById: Map<CampaignId, LiveCampaign>;

  constructor(
    calls: Iterable<LiveCall> = [],
    said: ReadonlyMap<AgentId, AgentSaid> = new Map(),
    facts: FeedFacts = new FeedFacts(),
    campaigns: readonly LiveCampaign[] = [],
  ) {
    this.saidBy = new Map(said);
    this.facts = facts;
    this.campaignsById = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
    for (const call of calls) this.applyCall(call);
  }

  get calls(): ReadonlyMap<CallId, LiveCall> {
    return this.open;
  }

  /** What a connection's channel tells, without the calls that webhooks told of. */
  feedOf(connection: ConnectionId): FeedNow {
    return this.facts.of(connection);
  }

  /** Whether a connection's channel tells of this call. */
  isFed({ connectionId, vendorCallId }: Pick<LiveCall, 'connectionId' | 'vendorCallId'>): boolean {
    return this.facts.names(connectionId, vendorCallId);
  }

  /** Deleted ones are not among them. */
  campaigns(): LiveCampaign[] {
    return [...this.campaignsById.values()];
  }

  /** @returns the agents, queues and campaigns that are otherwise than before */
  apply(change: LiveChange): BoardNews {
    if ('campaign' in change) return this.applyCampaign(change.campaign);
    if ('call' in change) return this.applyCall(change.call);
    return 'agent' in change ? this.applySaid(change) : this.applyFeed(change);
  }

  private applyCampaign(campaign: LiveCampaign): BoardNews {
    const before = this.campaignsById.get(campaign.id);
    if (campaign.state === 'deleted') this.campaignsById.delete(campaign.id);
    else this.campaignsById.set(campaign.id, campaign);
    const isSame = JSON.stringify(before) === JSON.stringify(campaign);
    return { agents: [], queues: [], campaigns: isSame ? [] : [campaign] };
  }

  private applySaid({ agent, said }: LiveSaidChange): BoardNews {
    return this.newsOf([agent], [], () => {
      if (said === null) this.saidBy.delete(agent);
      else this.saidBy.set(agent, said);
    });
  }

  private applyFeed({ connection, feed }: LiveFeedChange): BoardNews {
    const { facts } = this;
    const before = facts.of(connection);
    // Who was told of may be told of no more, and who is told of may be new.
    const told = [before, feed ?? { phones: [], queues: [] }];
    const agents = told.flatMap(({ phones }) => phones.flatMap(({ agentId }) => agentId ?? []));
    const queues = told.flatMap((one) =>
      one.queues.map(({ queue }): QueueRef => ({ connectionId: connection, queue })),
    );
    return this.newsOf(agents, queues, () => {
      facts.apply(connection, feed);
    });
  }

  private applyCall(call: LiveCall): BoardNews {
    const before = this.open.get(call.id);
    const fed = this.facts.naming(call);
    const agents = [...agentsOf(before), ...agentsOf(call), ...fed.agents];
    const queues = [before, call].flatMap((one): QueueRef[] => (one?.queue ? [one] : []));
    return this.newsOf(agents, [...fed.queues, ...queues], () => {
      if (before) this.remove(before);
      if (!call.over) this.add(call);
      this.facts.know(call);
    });
  }

  private newsOf(agents: Iterable<AgentId>, queues: readonly QueueRef[], make: () => void): BoardNews {
    const people = [...new Set(agents)];
    const refs = [...new Map(queues.map((ref) => [queueKey(ref), ref])).values()];
    const before = {
      agents: people.map((one) => this.agent(one)),
      queues: refs.map((one) => this.queueOf(one)),
    };
    make();
    return {
      agents: differing(
        before.agents,
        people.map((one) => this.agent(one)),
      ),
      queues: differing(
        before.queues,
        refs.map((one) => this.queueOf(one)),
      ),
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
    const phones = this.facts.phonesOf(agent);
    const fed = phones.flatMap(({ calls }) => calls);
    const talking = fed.find(({ state }) => state !== 'ringing');
    if (talking) {
      return { agent, state: 'busy', call: null, since: talking.answeredAt ?? talking.since, said };
    }
    if (ringing) return { agent, state: 'ringing', call: ringing.id, since: ringing.since, said };
    const [rung] = fed;
    if (rung) return { agent, state: 'ringing', call: null, since: rung.since, said };
    const state = deviceOf(phones) === 'unreachable' ? 'unreachable' : 'free';
    return { agent, state, call: null, since: null, said };
  }

  /** Those who are not free, and those who said something. */
  agents(): AgentNow[] {
    return [...new Set([...this.byAgent.keys(), ...this.saidBy.keys(), ...this.facts.agents()])]
      .map((agent) => this.agent(agent))
      .filter(({ state, said }) => state !== 'free' || said !== null);
  }

  /** Those that have calls, and those that a channel tells of. */
  queues(): QueueNow[] {
    const refs = new Map<string, QueueRef>(this.facts.queues().map((ref) => [queueKey(ref), ref]));
    for (const ids of this.byQueue.values()) {
      const [first] = [...ids].flatMap((id) => this.open.get(id) ?? []);
      if (first) refs.set(queueKey(first), first);
    }
    return [...refs.values()].map((ref) => this.queueOf(ref));
  }

  private queueOf(of: QueueRef): QueueNow {
    const queue = of.queue ?? { id: '', name: null };
    const calls = [...(this.byQueue.get(queueKey(of)) ?? [])].flatMap((id) => this.open.get(id) ?? []);
    const fed = this.facts.callersOf(of.connectionId, queue.id);
    const since = [
      ...calls.filter(({ state }) => state === 'ringing').map((call) => call.since),
      ...fed.map(({ joinedAt }) => joinedAt),
    ];
    const known = since.filter((at) => at !== null);
    const longestSince = known.reduce<Instant | null>(
      (least, at) => (least === null || at < least ? at : least),
      null,
    );
    return { connectionId: of.connectionId, queue, waiting: since.length, longestSince };
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
export function queueKey({ connectionId, queue }: QueueRef): string {
  return `${connectionId}/${queue?.id ?? ''}`;
}

function differing<T>(before: readonly T[], now: readonly T[]): T[] {
  return now.filter((one, index) => JSON.stringify(one) !== JSON.stringify(before[index]));
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
