import {
  FeedFacts,
  LiveBoard,
  agentEvent,
  campaignEvent,
  callEvent,
  liveEvents,
  popupEvent,
  queueEvent,
  roomsOf,
  type AgentId,
  type ConnectionId,
  type FeedNow,
  type LiveCall,
  type LiveChange,
  type LiveEvent,
  type LiveMessage,
} from '#domain';
import type { LiveRow, LiveSnapshot } from '#db';
import { LiveViews, type LiveView } from './live-views.js';

/** Sends to everybody who hears a view. */
export type Broadcast = (view: LiveView, name: string, payload: unknown) => void;

/** Hears each change itself, and what is now when all begins anew: for channels that speak other words than ours. */
export interface LiveTap {
  anew(calls: Iterable<LiveCall>): void;
  changed(call: LiveCall): void;
  /** An agent said something. */
  said(): void;
  /** What the channel of a connection's PBX tells is otherwise, or less of it is told by nobody else. */
  fed(connection: ConnectionId): void;
}

/** The answer to whoever comes, and to whoever comes back. */
export interface LiveHello {
  /** Of the last change that is in it. What follows has greater ones. */
  number: number;
  /** Whether `missed` is all that happened since the number that was named. Without it `events` is everything there is. */
  resumed: boolean;
  /** What is now: of a resumed connection agents, queues and campaigns only, else open calls and their popups too. */
  events: LiveEvent[];
  missed: LiveMessage[];
}

/** What one tenant's connections of this process are told: what is now, and what changes. */
export class LiveTenant {
  readonly views = new LiveViews();
  readonly taps = new Set<LiveTap>();
  private board = new LiveBoard();
  private at = 0;

  /** The last change that was told. */
  get number(): number {
    return this.at;
  }

  /** Begins anew from what is now. */
  begin({ number, calls, said, fed, campaigns }: LiveSnapshot): void {
    this.at = number;
    this.board = new LiveBoard(calls, said, new FeedFacts(fed), campaigns);
    for (const tap of this.taps) tap.anew(this.openCalls);
  }

  get openCalls(): Iterable<LiveCall> {
    return this.board.calls.values();
  }

  /** What the channel of a connection's PBX tells, without the calls that webhooks told of. */
  feedOf(connection: ConnectionId): FeedNow {
    return this.board.feedOf(connection);
  }

  /** Tells what changed. @returns false where something is missing before these rows: then all has to begin anew */
  advance(rows: readonly LiveRow[], broadcast: Broadcast): boolean {
    for (const { number, change } of rows) {
      // Told by the snapshot, or by another look that was under way.
      if (number <= this.at) continue;
      if (number !== this.at + 1) return false;
      this.at = number;
      const news = this.board.apply(change);
      this.tell({ number, events: liveEvents(change, news) }, broadcast);
      for (const tap of this.taps) {
        this.tellTap(tap, change);
      }
    }
    return true;
  }

  /** What is now, for whoever hears these rooms. */
  hello(view: LiveView): LiveHello {
    const events = heard([...this.calls(), ...this.states()], view);
    return { number: this.at, resumed: false, events, missed: [] };
  }

  /** What was missed since a number, up to what was told by now. Undefined where that is not all there any more. */
  resume(
    view: LiveView,
    { after, rows }: { after: number; rows: readonly LiveRow[] },
  ): LiveHello | undefined {
    const wanted = rows.filter(({ number }) => number > after && number <= this.at);
    const isWhole = after <= this.at && wanted.length === this.at - after;
    if (!isWhole) return undefined;
    const missed = wanted
      .map(({ number, change }) => ({ number, events: heard(liveEvents(change), view) }))
      .filter(({ events }) => events.length > 0);
    return { number: this.at, resumed: true, events: heard(this.states(), view), missed };
  }

  private tellTap(tap: LiveTap, change: LiveChange): void {
    if ('agent' in change) tap.said();
    else if ('connection' in change) tap.fed(change.connection);
    else if ('call' in change) {
      const { connectionId, over } = change.call;
      const isFed = this.board.isFed(change.call);
      // One of the two tells of the call at any moment, so that it neither ends in between nor is told twice.
      if (isFed && over) tap.fed(connectionId);
      tap.changed(change.call);
      if (isFed && !over) tap.fed(connectionId);
    }
  }

  private tell(message: LiveMessage, broadcast: Broadcast): void {
    const rooms = new Set(message.events.flatMap(roomsOf));
    for (const view of this.views.hearing(rooms)) {
      broadcast(view, 'live', { number: message.number, events: heard(message.events, view) });
    }
  }

  private calls(): LiveEvent[] {
    return [...this.board.calls.values()].flatMap((call) => [
      ...(Object.keys(call.popups) as AgentId[])
        .filter((agent) => call.popups[agent] !== 'ended')
        .map((agent) => popupEvent(call, agent)),
      callEvent(call),
    ]);
  }

  private states(): LiveEvent[] {
    return [
      ...this.board.agents().map(agentEvent),
      ...this.board.queues().map(queueEvent),
      ...this.board.campaigns().map(campaignEvent),
    ];
  }
}

function heard(events: readonly LiveEvent[], { rooms }: LiveView): LiveEvent[] {
  if (rooms.has('tenant')) return [...events];
  return events.filter((event) => roomsOf(event).some((room) => rooms.has(room)));
}
