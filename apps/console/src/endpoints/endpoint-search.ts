import { choiceIn, onlySet, textIn } from '../list/read-filters';

export const ENDPOINT_STATES = ['enabled', 'disabled', 'paused', 'enabling'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

export const TABS = [
  'overview',
  'settings',
  'deliveries',
  'access',
  'requests',
  'history',
  'explain',
] as const;
export type Tab = (typeof TABS)[number];

/** Hours back that can be looked at. */
export const WINDOWS = [1, 3, 24, 168] as const;
export type Hours = (typeof WINDOWS)[number];
export const DEFAULT_HOURS: Hours = 24;

export interface ListSearch {
  state?: EndpointState;
}

export function readListSearch(search: Record<string, unknown>): ListSearch {
  return onlySet({ state: choiceIn(search, 'state', ENDPOINT_STATES) });
}

/** What of an endpoint is shown, as the address says it. */
export interface EndpointSearch {
  tab?: Tab | undefined;
  hours?: Hours | undefined;
  /** What is to be explained. */
  eventId?: string | undefined;
  callId?: string | undefined;
}

export function readEndpointSearch(search: Record<string, unknown>): EndpointSearch {
  return onlySet({
    tab: choiceIn(search, 'tab', TABS),
    hours: WINDOWS.find((hours) => hours === Number(search['hours'])),
    eventId: textIn(search, 'eventId'),
    callId: textIn(search, 'callId'),
  });
}

export const STATE_TONES: Readonly<Record<EndpointState, string>> = {
  enabled: 'tone-good',
  disabled: 'tone-bad',
  paused: 'tone-waiting',
  enabling: 'tone-ringing',
};
