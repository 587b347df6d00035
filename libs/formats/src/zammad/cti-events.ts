/**
 * Which of Zammad's events an event of ours comes to.
 *
 * Zammad keeps its log by `callId`: it makes an entry of `newCall`, and refuses an `answer` or a `hangup` that has none
 * ("No such call_id"). So what opens a call is sent in front of the first thing that is told of it, whatever that is: a PBX
 * may tell of calls only when they are over, an endpoint may not want ringing, or may have been made or away in the middle
 * of a call. And a call that ends without an `answer` is a missed one there, so what was answered is told so before.
 */
import type { CallView } from '#domain';
import { ringingIn } from '../content/told-call.js';
import type { ToldBefore, ToldEvent } from '../format.js';

export const CTI_EVENTS = ['newCall', 'answer', 'hangup'] as const;
export type CtiEvent = (typeof CTI_EVENTS)[number];

/** What a receiver has of a call that took an event of ours whole, at the least. */
const TAKEN_WITH: Readonly<Partial<Record<string, readonly CtiEvent[]>>> = {
  'call.ringing': ['newCall'],
  'call.answered': ['newCall', 'answer'],
  'call.ended': ['newCall', 'hangup'],
  'call.missed': ['newCall', 'hangup'],
};

/** The first phone that rings opens the call whatever was before; all else depends on that. */
export function buildsUpon(event: ToldEvent): boolean {
  return event.type in TAKEN_WITH && !isFirstRinging(event);
}

/** What is sent for an event, in order; nothing where Zammad has no word for it, or had it told. */
export function ctiEventsFor(event: ToldEvent, call: CallView): CtiEvent[] {
  const taken = takenOf(event.before);
  const unlessTaken = (name: CtiEvent) => (taken.has(name) ? [] : [name]);
  switch (event.type) {
    case 'call.ringing':
      return isFirstRinging(event) ? ['newCall'] : unlessTaken('newCall');
    case 'call.answered':
      return [...unlessTaken('newCall'), 'answer'];
    case 'call.missed':
      return taken.has('hangup') ? [] : [...unlessTaken('newCall'), 'hangup'];
    case 'call.ended':
    case 'endpoint.test':
      return [
        ...unlessTaken('newCall'),
        ...(needsAnswer(call, taken) ? (['answer'] as const) : []),
        'hangup',
      ];
    default:
      return [];
  }
}

export function isVoicemail({ result }: Pick<CallView, 'result'>): boolean {
  return result === 'voicemail';
}

/** That the voicemail took the call is known at its end, when somebody may have been told to have answered it. */
function needsAnswer(call: CallView, taken: ReadonlySet<string>): boolean {
  if (isVoicemail(call)) return true;
  return (call.answeredAt !== null || call.result === 'answered') && !taken.has('answer');
}

/** A group's other phones are no other call. */
function isFirstRinging(event: ToldEvent): boolean {
  return event.type === 'call.ringing' && ringingIn(event)?.first !== false;
}

function takenOf({ events, messages }: ToldBefore = { events: [], messages: [] }): ReadonlySet<string> {
  return new Set([...messages, ...events.flatMap((type) => TAKEN_WITH[type] ?? [])]);
}
