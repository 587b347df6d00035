import { choiceIn, onlySet, textIn } from '../list/read-filters';

export const CALL_TABS = ['timeline', 'told', 'legs', 'crm', 'raw'] as const;
export type CallTab = (typeof CALL_TABS)[number];

export interface CallSearch {
  /** Row of the timeline that is chosen. */
  item?: string;
  tab?: CallTab;
}

/** Reads the search parameters of a call's address. */
export function readCallSearch(search: Record<string, unknown>): CallSearch {
  return onlySet({ item: textIn(search, 'item'), tab: choiceIn(search, 'tab', CALL_TABS) });
}
