/**
 * What an event says of single phones, for formats that tell each of them on its own. In a ring group each phone that rings is
 * told once, by an event of its own; who answers ends the ringing of the others; and the end is told of whoever is left.
 */
import type { CallLegView, CallView } from '#domain';
import type { ToldEvent } from '../format.js';
import { callParts, hasAnswered, isCalled, legsByExtension, type CallPart } from './call-parts.js';
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
  const outdone = outdoneIn(event, call).map((extension) => partAt(extension, call));
  return [
    ...answered.map((part): PhoneNews => ({ part, is: 'answered' })),
    ...outdone.map((part): PhoneNews => ({ part: withoutCall(part), is: 'ended' })),
  ];
}

/** Its leg may not have heard of it yet. */
function withoutCall(part: CallPart): CallPart {
  return part.result === 'unknown' ? { ...part, result: 'cancelled' } : part;
}

/**
 * The extensions of a group of called phones that rang, and of which the call has no answer. Where who rang is also who calls,
 * as inside the house, the answers of both ends are told one after the other: there nobody is outdone by the first.
 */
function outdoneIn(event: ToldEvent, call: CallView): string[] {
  const rang = rangIn(event) ?? [];
  const legsAt = (extension: string): readonly CallPart[] => {
    const legs = call.legs.filter((leg) => leg.extension === extension);
    return legs.length === 0 ? [partAt(extension, call)] : legs;
  };
  if (!rang.every((extension) => legsAt(extension).some(isCalled))) return [];
  return rang.filter((extension) => !legsAt(extension).some(hasAnswered));
}

function isTalking({ state, answeredAt }: CallLegView): boolean {
  return state !== 'ended' && answeredAt !== null;
}

function endedParts(event: ToldEvent, call: CallView): CallPart[] {
  const rang = rangIn(event) ?? [];
  const legs = legsByExtension(call);
  if (legs.size === 0 && rang.length < 2) return [call];
  // The answer ended those that it was not theirs.
  const toldOfAnswer = event.before?.events.includes('call.answered') === true;
  const over = new Set(toldOfAnswer ? outdoneIn(event, call) : []);
  const left = [...new Set([...rang, ...legs.keys()])].filter((extension) => !over.has(extension));
  const [first, ...others] = left.map((extension) => partAt(extension, call));
  return first === undefined ? [call] : [first, ...others];
}

/** An extension that rang and of which the call has no leg any more got nothing of the call. */
function partAt(extension: string, call: CallView): CallPart {
  const leg = legsByExtension(call).get(extension);
  if (leg !== undefined) return leg;
  if (call.extension === extension || call.extension === null) return { ...call, extension };
  return { ...call, extension, answeredAt: null, result: 'cancelled', vendorStatus: '', raw: {} };
}
