import type { LiveEvent } from '../live/live-connection';

export type PopupState = 'ringing' | 'answered' | 'elsewhere' | 'ended';

/** Who may be calling. */
export interface PopupContact {
  id: string;
  /** `directory`, or the id of another source. */
  source: string;
  name: string;
  company: string | null;
  /** Its page in the CRM. */
  url: string | null;
}

/** One call on one agent's screen, as `docs/live.md` tells of it. */
export interface Popup {
  call: string;
  /** The PBX's own id of the call. */
  vendorCallId: string;
  agent: string;
  state: PopupState;
  direction: 'inbound' | 'outbound' | 'internal';
  number: string;
  e164: string | null;
  did: string | null;
  extension: string | null;
  queue: { id: string; name: string | null } | null;
  /** ISO 8601. */
  since: string;
  contacts: readonly PopupContact[];
  /** How many contacts have the number; there may be more than are listed. */
  total: number;
  newContactUrl: string | null;
  customData: Readonly<Record<string, unknown>>;
}

/** Those of some events that are popups of an agent. */
export function popupsOf(events: readonly (LiveEvent | object)[], agent: string): Popup[] {
  return events.filter((event): event is LiveEvent & Popup => {
    const { topic, agent: whose } = event as Partial<LiveEvent>;
    return topic === 'popup' && whose === agent;
  });
}

/** What an agent said of themselves. */
export interface Said {
  connectionId: string;
  standing: 'available' | 'paused' | 'away';
  status: number;
  extension: string | null;
  /** ISO 8601. */
  since: string;
}

/** What an agent said last by some events: null for nothing, undefined where they do not tell. */
export function saidIn(events: readonly LiveEvent[], agent: string): Said | null | undefined {
  const told = events.findLast((event) => event.topic === 'agent' && event['agent'] === agent);
  return told?.['said'] as Said | null | undefined;
}
