import type { Instant } from '../ids.js';
import type { Call } from './call.js';
import type { CallNews, RingingLeg } from './call-news.js';
import { readLeg, type ReadLeg } from './read-leg.js';
import type { ToldSoFar } from './told-so-far.js';

/**
 * What is to be told of phones that ring: the call's first ringing, whatever rings there, then each further extension that
 * begins to, as long as nobody answered. An extension that rings again, or of which the PBX repeats itself, is told once:
 * whoever sits there has the call on his screen.
 * Source: design "Dialects", trap 5: pops are de-duplicated per call and agent.
 */
export function ringingNews(call: Call, told: ToldSoFar, at: Instant): CallNews[] {
  if (call.state !== 'ringing' || told.types.includes('call.answered')) return [];
  const news: CallNews[] = [];
  const rang = [...told.rang];
  let first = !told.types.includes('call.ringing');
  const tell = (leg: Pick<RingingLeg, 'leg' | 'extension'>, occurredAt: Instant) => {
    if (leg.extension !== null) rang.push(leg.extension);
    news.push({ type: 'call.ringing', occurredAt, ringing: { ...leg, first }, rang: [...rang] });
    first = false;
  };
  for (const { key, extension, startedAt } of call.legs.map(readLeg).filter(isRinging)) {
    const isNew = extension === null ? first : !rang.includes(extension);
    if (isNew) tell({ leg: key, extension }, (first ? call.startedAt : startedAt) ?? at);
  }
  // A call in two steps rings while its agent has answered already.
  if (first) tell({ leg: call.legs[0]?.key ?? '', extension: call.extension }, call.startedAt ?? at);
  return news;
}

function isRinging({ state }: ReadLeg): boolean {
  return state === 'ringing';
}
