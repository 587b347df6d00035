import type { CallEventType } from './call-event-type.js';
import { valuesOf } from '../values-of.js';
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
  const extensions = valuesOf(news, ({ ringing }) => ringing?.extension);
  const told: ToldSoFar = {
    types: [...new Set([...types, ...news.map(({ type }) => type)])],
    rang: extensions.length === 0 ? rang : [...new Set([...rang, ...extensions])],
  };
  if (popups !== undefined) told.popups = popups;
  return told;
}
