import type { QueryOf } from '../api/ask';
import { choiceIn, flagIn, onlySet, textIn } from '../list/read-filters';

export const RESULTS = [
  'answered',
  'missed',
  'abandoned',
  'voicemail',
  'busy',
  'failed',
  'cancelled',
  'ivr_only',
  'unknown',
] as const;
export const DIRECTIONS = ['inbound', 'outbound', 'internal'] as const;

/** What of the list is shown, as the address says it. */
export type CallFilters = Pick<
  QueryOf<'calls.list'>,
  | 'number'
  | 'extension'
  | 'result'
  | 'direction'
  | 'from'
  | 'to'
  | 'missed'
  | 'recording'
  | 'unknownCaller'
  | 'queueId'
  | 'connectionId'
>;

/** Reads the search parameters of an address; what it does not know it leaves out. */
export function readCallFilters(search: Record<string, unknown>): CallFilters {
  return onlySet({
    number: textIn(search, 'number'),
    extension: textIn(search, 'extension'),
    result: choiceIn(search, 'result', RESULTS),
    direction: choiceIn(search, 'direction', DIRECTIONS),
    from: textIn(search, 'from'),
    to: textIn(search, 'to'),
    missed: flagIn(search, 'missed'),
    recording: flagIn(search, 'recording'),
    unknownCaller: flagIn(search, 'unknownCaller'),
    queueId: textIn(search, 'queueId'),
    connectionId: textIn(search, 'connectionId'),
  });
}

export const CALL_VIEWS = ['all', 'missed', 'recorded', 'unknownCaller'] as const;
export type CallView = (typeof CALL_VIEWS)[number];

const VIEW_FILTERS: Readonly<Record<CallView, CallFilters>> = {
  all: {},
  missed: { missed: true },
  recorded: { recording: true },
  unknownCaller: { unknownCaller: true },
};

/** Another view keeps what was filtered by hand. */
export function withView(
  { missed: _, recording: __, unknownCaller: ___, ...others }: CallFilters,
  view: CallView,
): CallFilters {
  return { ...others, ...VIEW_FILTERS[view] };
}

export function viewOf({ missed, recording, unknownCaller }: CallFilters): CallView {
  if (missed === true) return 'missed';
  if (recording === true) return 'recorded';
  return unknownCaller === true ? 'unknownCaller' : 'all';
}
