/** What a socket is told, in the words of the API: times are text. */
import type { AgentStanding } from '../ask/ask.js';
import type { AgentId, CallId, ConnectionId, Instant } from '../ids.js';
import type { CallState, Direction, NamedId } from '../call/call.js';
import { noMatch } from '../contact/match-contact.js';
import { popupContacts, type PopupContact } from '../popup/popup-answer.js';
import { NO_POPUP_SETTINGS } from '../popup/popup-settings.js';
import { queueKey, type AgentLiveState, type AgentNow, type BoardNews, type QueueNow } from './live-board.js';
import type { LiveCall, LiveChange } from './live-call.js';
import { campaignEvent, type LiveCampaignEvent } from './live-campaign.js';
import type { PopupState } from './popup-states.js';

interface ShownCall {
  connectionId: ConnectionId;
  /** The PBX's own id of the call. */
  vendorCallId: string;
  direction: Direction;
  number: string;
  e164: string | null;
  did: string | null;
  extension: string | null;
  queue: NamedId | null;
  since: string;
}

export interface LiveCallEvent extends ShownCall {
  topic: 'call';
  id: CallId;
  state: CallState;
  /** Its end was told: there will be no other state. */
  over: boolean;
  answeredAt: string | null;
}

export interface LivePopupEvent extends ShownCall {
  topic: 'popup';
  agent: AgentId;
  call: CallId;
  state: PopupState;
  /** How many contacts have the number; there may be more than are listed. */
  total: number;
  contacts: PopupContact[];
  newContactUrl: string | null;
  customData: Readonly<Record<string, unknown>>;
}

export interface LiveAgentEvent {
  topic: 'agent';
  agent: AgentId;
  state: AgentLiveState;
  call: CallId | null;
  since: string | null;
  /** What they said of themselves; null where nothing is known. */
  said: ShownSaid | null;
}

interface ShownSaid {
  connectionId: ConnectionId;
  standing: AgentStanding;
  status: number;
  extension: string | null;
  since: string;
}

export interface LiveQueueEvent {
  topic: 'queue';
  connectionId: ConnectionId;
  id: string;
  name: string | null;
  waiting: number;
  longestSince: string | null;
}

export type LiveEvent = LiveCallEvent | LivePopupEvent | LiveAgentEvent | LiveQueueEvent | LiveCampaignEvent;

/** What follows from one row of the log. A number comes once, so that whoever says it has had all of it. */
export interface LiveMessage {
  number: number;
  events: LiveEvent[];
}

export function callEvent(call: LiveCall): LiveCallEvent {
  const { id, state, over, answeredAt } = call;
  return { topic: 'call', id, state, over, ...shown(call), answeredAt: iso(answeredAt) };
}

export function popupEvent(call: LiveCall, agent: AgentId): LivePopupEvent {
  const { number, vendorCallId, did, extension, customData, pages = NO_POPUP_SETTINGS } = call;
  const question = { number, vendorCallId, extension, did, customData };
  const match = call.match ?? noMatch(call.e164, 'nobody');
  return {
    topic: 'popup',
    agent,
    call: call.id,
    state: call.popups[agent] ?? 'ended',
    ...shown(call),
    ...popupContacts(match, { kind: 'popup', ...question }, pages),
    customData,
  };
}

export function agentEvent({ agent, state, call, since, said }: AgentNow): LiveAgentEvent {
  const shownSaid = said && { ...said, since: new Date(said.since).toISOString() };
  return { topic: 'agent', agent, state, call, since: iso(since), said: shownSaid };
}

export function queueEvent({ connectionId, queue, waiting, longestSince }: QueueNow): LiveQueueEvent {
  const { id, name } = queue;
  return { topic: 'queue', connectionId, id, name, waiting, longestSince: iso(longestSince) };
}

const NO_NEWS: BoardNews = { agents: [], queues: [], campaigns: [] };

/** The events of a change, the most urgent first. @param news  none where the change is told again afterwards */
export function liveEvents(change: LiveChange, news: BoardNews = NO_NEWS): LiveEvent[] {
  const ofCall =
    'call' in change
      ? [...change.popups.map((agent) => popupEvent(change.call, agent)), callEvent(change.call)]
      : [];
  return [
    ...ofCall,
    ...news.agents.map(agentEvent),
    ...news.queues.map(queueEvent),
    ...news.campaigns.map(campaignEvent),
  ];
}

/** The rooms in which an event is heard. Everybody in `tenant` hears all of them. */
export function roomsOf(event: LiveEvent): string[] {
  switch (event.topic) {
    case 'popup':
      return ['tenant', 'popups', `agent:${event.agent}`];
    case 'call':
      return ['tenant', `call:${event.id}`];
    case 'agent':
      return ['tenant', 'agents', `agent:${event.agent}`];
    case 'queue':
      return ['tenant', 'queues', `queue:${queueKey({ connectionId: event.connectionId, queue: event })}`];
    case 'campaign':
      return ['tenant', 'campaigns', `campaign:${event.id}`];
  }
}

function shown(call: LiveCall): ShownCall {
  const { connectionId, vendorCallId, direction, number, e164, did, extension, queue, since } = call;
  return {
    connectionId,
    vendorCallId,
    direction,
    number,
    e164,
    did,
    extension,
    queue,
    since: new Date(since).toISOString(),
  };
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
