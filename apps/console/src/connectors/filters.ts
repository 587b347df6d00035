import { choiceIn, onlySet, textIn } from '../list/read-filters';

export const TABS = [
  'overview',
  'policy',
  'written',
  'try',
  'log',
  'undecided',
  'source',
  'settings',
] as const;
export type Tab = (typeof TABS)[number];

export const LOG_STATES = ['writing', 'written', 'undecided'] as const;

/** Which part of a connection is shown, as the address says it. */
export interface ConnectorFilters {
  tab?: Tab;
  /** Of the log. */
  state?: (typeof LOG_STATES)[number];
  /** The call that is tried. */
  call?: string;
  /** How somebody came back from the CRM's page. */
  came?: 'connected' | 'refused';
}

export function readConnectorFilters(search: Record<string, unknown>): ConnectorFilters {
  return onlySet({
    tab: choiceIn(search, 'tab', TABS),
    state: choiceIn(search, 'state', LOG_STATES),
    call: textIn(search, 'call'),
    came: choiceIn(search, 'came', ['connected', 'refused'] as const),
  });
}

export interface ConnectorsFilters {
  tab?: 'sources';
  /** Part of a CRM's name. */
  find?: string;
}

export function readConnectorsFilters(search: Record<string, unknown>): ConnectorsFilters {
  return onlySet({ tab: choiceIn(search, 'tab', ['sources'] as const), find: textIn(search, 'find') });
}
