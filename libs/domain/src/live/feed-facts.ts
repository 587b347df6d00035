/** What the channels of a tenant's PBXs tell, beside what webhooks told. */
import type { AgentId, ConnectionId } from '../ids.js';
import type { NamedId } from '../call/call.js';
import {
  NOTHING_FED,
  callsNamed,
  feedWithout,
  foldFeedNow,
  type FeedCaller,
  type FeedChange,
  type FeedNow,
  type FeedPhoneNow,
} from './feed-now.js';
import type { LiveCall } from './live-call.js';

/** What a connection's channel tells now. */
export interface FeedSnapshot extends FeedNow {
  /** Of its calls those that webhooks told of. */
  known: readonly string[];
}

interface Side {
  told: FeedNow;
  named: Set<string>;
  /** Calls that webhooks told of. Of ended ones only those are kept that the channel still names. */
  open: Set<string>;
  ended: Set<string>;
  /** `told` without those. */
  left: FeedNow;
  byAgent: Map<AgentId, FeedPhoneNow[]>;
}

export interface FeedQueueRef {
  connectionId: ConnectionId;
  queue: NamedId;
}

/** Plain bookkeeping: no clock, and the same changes make the same facts. */
export class FeedFacts {
  private readonly sides = new Map<ConnectionId, Side>();

  constructor(told: Iterable<[ConnectionId, FeedSnapshot]> = []) {
    for (const [connection, { phones, queues, known }] of told) {
      const side = this.side(connection);
      for (const call of known) side.ended.add(call);
      this.apply(connection, { phones, queues, isAll: true });
    }
  }

  apply(connection: ConnectionId, change: FeedChange | null): void {
    const side = this.side(connection);
    side.told = foldFeedNow(side.told, change);
    side.named = callsNamed(side.told);
    for (const call of side.ended) if (!side.named.has(call)) side.ended.delete(call);
    weigh(side);
  }

  /** A webhook told of this call. */
  know({ connectionId, vendorCallId, over }: Pick<LiveCall, 'connectionId' | 'vendorCallId' | 'over'>): void {
    const side = this.side(connectionId);
    if (over) side.open.delete(vendorCallId);
    else side.open.add(vendorCallId);
    if (!side.named.has(vendorCallId)) return;
    if (over) side.ended.add(vendorCallId);
    weigh(side);
  }

  of(connection: ConnectionId): FeedNow {
    return this.sides.get(connection)?.left ?? NOTHING_FED;
  }

  names(connection: ConnectionId, vendorCallId: string): boolean {
    return this.sides.get(connection)?.named.has(vendorCallId) === true;
  }

  phonesOf(agent: AgentId): FeedPhoneNow[] {
    return [...this.sides.values()].flatMap(({ byAgent }) => byAgent.get(agent) ?? []);
  }

  callersOf(connection: ConnectionId, queue: string): readonly FeedCaller[] {
    return this.of(connection).queues.find((one) => one.queue.id === queue)?.callers ?? [];
  }

  agents(): AgentId[] {
    return [...this.sides.values()].flatMap(({ byAgent }) => [...byAgent.keys()]);
  }

  queues(): FeedQueueRef[] {
    return [...this.sides].flatMap(([connectionId, { left }]) =>
      left.queues.map(({ queue }) => ({ connectionId, queue })),
    );
  }

  /** Whom and what a channel tells of a call. */
  naming({ connectionId, vendorCallId }: Pick<LiveCall, 'connectionId' | 'vendorCallId'>): {
    agents: AgentId[];
    queues: FeedQueueRef[];
  } {
    if (!this.names(connectionId, vendorCallId)) return { agents: [], queues: [] };
    const { phones, queues } = this.side(connectionId).told;
    const isIt = (call: { vendorCallId: string }) => call.vendorCallId === vendorCallId;
    return {
      agents: phones.flatMap(({ agentId, calls }) => (agentId !== null && calls.some(isIt) ? [agentId] : [])),
      queues: queues
        .filter(({ callers }) => callers.some(isIt))
        .map(({ queue }) => ({ connectionId, queue })),
    };
  }

  private side(connection: ConnectionId): Side {
    const known = this.sides.get(connection);
    if (known) return known;
    const side: Side = {
      told: NOTHING_FED,
      named: new Set(),
      open: new Set(),
      ended: new Set(),
      left: NOTHING_FED,
      byAgent: new Map(),
    };
    this.sides.set(connection, side);
    return side;
  }
}

/** Finds out anew what of it nobody else tells. */
function weigh(side: Side): void {
  side.left = feedWithout(side.told, (call) => side.open.has(call) || side.ended.has(call));
  side.byAgent = new Map();
  for (const phone of side.left.phones) {
    if (phone.agentId === null) continue;
    side.byAgent.set(phone.agentId, [...(side.byAgent.get(phone.agentId) ?? []), phone]);
  }
}
