import type { CallEventType } from './call-event-type.js';
import type { CallNews } from './call-news.js';

/** Which events of a call there were. */
export interface ToldSoFar {
  /** Each once. */
  types: readonly CallEventType[];
  /** The extensions of which a ringing was told, each once, in that order. */
  rang: readonly string[];
}

export const NOTHING_TOLD: ToldSoFar = Object.freeze({ types: [], rang: [] });

export function toldAlso({ types, rang }: ToldSoFar, news: readonly CallNews[]): ToldSoFar {
  const extensions = news.flatMap(({ ringing }) => ringing?.extension ?? []);
  return {
    types: [...new Set([...types, ...news.map(({ type }) => type)])],
    rang: [...new Set([...rang, ...extensions])],
  };
}
