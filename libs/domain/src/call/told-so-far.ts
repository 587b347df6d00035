import type { CallEventType } from './call-event-type.js';
import type { CallNews } from './call-news.js';
import type { PopupStates } from '../live/popup-states.js';

/** Which events of a call there were. */
export interface ToldSoFar {
  /** Each once. */
  types: readonly CallEventType[];
  /** The extensions of which a ringing was told, each once, in that order. */
  rang: readonly string[];
  /** On whose screens it is, or was. Absent means on none. */
  popups?: PopupStates;
}

export const NOTHING_TOLD: ToldSoFar = Object.freeze({ types: [], rang: [] });

/** @param popups  as they are after the news */
export function toldAlso(
  { types, rang }: ToldSoFar,
  news: readonly CallNews[],
  popups?: PopupStates,
): ToldSoFar {
  const extensions = news.flatMap(({ ringing }) => ringing?.extension ?? []);
  return {
    types: [...new Set([...types, ...news.map(({ type }) => type)])],
    rang: [...new Set([...rang, ...extensions])],
    ...(popups && { popups }),
  };
}
