import { choiceIn, onlySet, textIn } from '../list/read-filters';

/** Parts of a connection, in the order in which they are needed. */
export const TABS = [
  'health',
  'receipts',
  'setup',
  'mapping',
  'settings',
  'people',
  'numbers',
  'pbx',
  'phones',
  'recordings',
  'ivr',
] as const;
export type Tab = (typeof TABS)[number];

export const RECEIPT_STATES = ['done', 'due', 'unparsed', 'set_aside'] as const;

/** What of a connection is shown, as the address says it. */
export interface ConnectionSearch {
  /** Health where it is left out. */
  tab?: Tab;
  /** Of the webhooks that are listed. */
  state?: (typeof RECEIPT_STATES)[number];
  from?: string;
  to?: string;
  /** The webhook that is open. */
  receipt?: string;
}

/** Reads the search parameters of an address; what it does not know it leaves out. */
export function readConnectionSearch(search: Record<string, unknown>): ConnectionSearch {
  return onlySet({
    tab: choiceIn(search, 'tab', TABS),
    state: choiceIn(search, 'state', RECEIPT_STATES),
    from: textIn(search, 'from'),
    to: textIn(search, 'to'),
    receipt: textIn(search, 'receipt'),
  });
}
