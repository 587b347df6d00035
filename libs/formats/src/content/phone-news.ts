/**
 * What an event says of single phones, for formats that tell each of them on its own. In a ring group each phone that rings is
 * told once, by an event of its own; who answers ends the ringing of the others; and the end is told of whoever is left.
 */
import type { CallLegView, CallView } from '#domain';
import type { ToldEvent } from '../format.js';
import { callParts, hasAnswered, legsByExtension, type CallPart } from './call-parts.js';
import { rangIn, ringingIn, type Milestone } from './told-call.js';

export interface PhoneNews {
  part: CallPart;
  /** What is new of this phone, whatever the event is of the call. */
  is: Exclude<Milestone, 'updated'>;
}

/** Whether `phoneNews` of this event depends on what its receiver took before. */
export function dependsOnTaken(event: Pick<ToldEvent, 'type' | 'payload'>): boolean {
  return event.type === 'call.ended' && (rangIn(event) ?? []).length > 1;
}

/** @returns at least one, so that a call without an extension is told as well; empty for `updated` */
export function phoneNews(event: ToldEvent, call: CallView, milestone: Milestone): PhoneNews[] {
  switch (milestone) {
    case 'ringing':
      return ringingParts(event, call).map((part) => ({ part, is: 'ringing' }));
    case 'answered':
      return newsOfAnswer(event, call);
    case 'ended':
      return endedParts(event, call).map((part) => ({ part, is: 'ended' }));
    case 'updated':
      return [];
  }
}

/** Events of builds before ringing was told of each phone say nothing of whom they are about: whoever rings. */
function ringingParts(event: ToldEvent, call: CallView): CallPart[] {
  const ringing = ringingIn(event);
  if (ringing === undefined) return callParts(call, ({ state }) => state === 'ringing');
  const leg = call.legs.find(({ key }) => key === ringing.leg);
  return [{ ...(leg ?? call), extension: ringing.extension }];
}

function newsOfAnswer(event: ToldEvent, call: CallView): PhoneNews[] {
  const talking = call.legs.some(isTalking);
  const answered = callParts(call, talking ? isTalking : hasAnswered);
  const busy = new Set(answered.map(({ extension }) => extension));
  const others = (rangIn(event) ?? []).filter((extension) => !busy.has(extension));
  return [
    ...answered.map((part): PhoneNews => ({ part, is: 'answered' })),
    ...others.map((extension): PhoneNews => ({ part: outdone(partAt(extension, call)), is: 'ended' })),
  ];
}

function isTalking({ state, answeredAt }: CallLegView): boolean {
  return state !== 'ended' && answeredAt !== null;
}

/** Its leg may not have heard of it yet. */
function outdone(part: CallPart): CallPart {
  return hasAnswered(part) || part.result !== 'unknown' ? part : { ...part, result: 'cancelled' };
}

function endedParts(event: ToldEvent, call: CallView): CallPart[] {
  const rang = rangIn(event) ?? [];
  const legs = legsByExtension(call);
  if (legs.size === 0 && rang.length < 2) return [call];
  const parts = [...new Set([...rang, ...legs.keys()])].map((extension) => partAt(extension, call));
  // The answer ended those that it was not theirs.
  const toldOfAnswer = event.before?.events.includes('call.answered') === true;
  const left = parts.filter(
    (part) => !toldOfAnswer || hasAnswered(part) || !rang.includes(part.extension ?? ''),
  );
  return left.length === 0 ? [call] : left;
}

/** An extension that rang and of which the call has no leg any more got nothing of the call. */
function partAt(extension: string, call: CallView): CallPart {
  const leg = legsByExtension(call).get(extension);
  if (leg !== undefined) return leg;
  if (call.extension === extension || call.extension === null) return { ...call, extension };
  return { ...call, extension, answeredAt: null, result: 'cancelled', vendorStatus: '', raw: {} };
}
