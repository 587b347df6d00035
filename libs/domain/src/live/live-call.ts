/** A call as the live channel knows it, and what the log of the live channel says of a change of one. */
import type { AgentId, CallId, ConnectionId, Instant } from '../ids.js';
import type { Call, CallState, Direction, NamedId } from '../call/call.js';
import type { CallMatch } from '../contact/match-contact.js';
import { lookupNumber } from '../phone/party.js';
import { popupSettings, type PopupSettings } from '../popup/popup-settings.js';
import type { AgentSaid } from './agent-said.js';
import type { LiveFeedChange } from './feed-now.js';
import type { LiveCampaignChange } from './live-campaign.js';
import type { PopupStates } from './popup-states.js';

export interface LiveCall {
  id: CallId;
  connectionId: ConnectionId;
  vendorCallId: string;
  state: CallState;
  /** Its end was told: nothing opens it again. */
  over: boolean;
  direction: Direction;
  /** The party outside, as the PBX printed it. */
  number: string;
  /** By which contacts are found; null for what is no phone number. */
  e164: string | null;
  did: string | null;
  extension: string | null;
  queue: NamedId | null;
  since: Instant;
  answeredAt: Instant | null;
  /** Empty where there is more than a popup can show. */
  customData: Readonly<Record<string, unknown>>;
  /** Whose the number is; absent where nobody was asked. */
  match?: CallMatch;
  popups: PopupStates;
  /** Absent where the tenant gave none. */
  pages?: PopupSettings;
}

/** A call as it is now, and which agents' popups that changed. */
export interface LiveCallChange {
  call: LiveCall;
  popups: AgentId[];
}

/** An agent said something; null where nothing of what was said holds any more. */
export interface LiveSaidChange {
  agent: AgentId;
  said: AgentSaid | null;
}

/** One row of the log. */
export type LiveChange = LiveCallChange | LiveSaidChange | LiveFeedChange | LiveCampaignChange;

/** What the record of a call does not say. */
export interface LiveFacts {
  popups: PopupStates;
  /** When the call stands in the list of calls. */
  startedAt: Instant;
  /** ISO 3166-1 alpha-2 of the connection. */
  country: string;
  /** Of the connection. */
  settings: Readonly<Record<string, unknown>>;
}

/** More of it is nothing to read while the phone rings. */
const MOST_CUSTOM_DATA = 4_096;

export function liveCall(call: Call, { popups, startedAt, country, settings }: LiveFacts): LiveCall {
  const outside = call.direction === 'outbound' ? call.to : call.from;
  const pages = popupSettings(settings);
  return {
    id: call.id,
    connectionId: call.connectionId,
    vendorCallId: call.vendorCallId,
    state: call.state,
    over: call.closedAt !== null,
    direction: call.direction,
    number: outside.original,
    e164: outside.e164 ?? lookupNumber(outside.original, country),
    did: call.did?.e164 ?? call.did?.original ?? null,
    extension: call.extension,
    queue: call.queue,
    since: call.startedAt ?? startedAt,
    answeredAt: call.answeredAt,
    customData: JSON.stringify(call.customData).length > MOST_CUSTOM_DATA ? {} : call.customData,
    ...(call.match && { match: call.match }),
    popups,
    ...((pages.contactUrl !== null || pages.newContactUrl !== null) && { pages }),
  };
}
