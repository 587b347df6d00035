/**
 * What a client of the vendor's realtime socket is told when something changes. Its store replaces an extension or a queue by the
 * one in the event, so each event carries all of it, as it is now. What there was not before makes the client ask for everything.
 */
import type { CallQueueNow, LiveNow, PhoneCallNow, PhoneNow, QueueCallerNow } from './live-now.js';
import { WallClock, serverTimes, type LiveMessageOut, type LiveMoment } from './live-message.js';
import { writeDialer, writePhone, writeQueue } from './write-things.js';

/** Values that are the same object are taken for unchanged, so it costs what changed. */
export function writeChanges(before: LiveNow, after: LiveNow, moment: LiveMoment): LiveMessageOut[] {
  const told = { before, after, clock: new WallClock(moment), times: serverTimes(moment) };
  return [
    ...listNews('ExtensionsUpdated', before.phones, after.phones, told),
    ...listNews('QueuesUpdated', before.queues, after.queues, told),
    ...listNews('DialersUpdated', before.dialers, after.dialers, told),
    ...pairs(before.phones, after.phones).flatMap(([old, now]) => phoneEvents(old, now, told)),
    ...queuePairs(before.queues, after.queues).flatMap(([old, now]) => queueEvents(old, now, told)),
    ...pairs(before.dialers, after.dialers).flatMap(([old, now]) =>
      isSame(old, now)
        ? []
        : [{ name: 'DialerEvent', data: { ...told.times, eventName: 'dialer', data: writeDialer(now) } }],
    ),
  ];
}

interface Told {
  before: LiveNow;
  after: LiveNow;
  clock: WallClock;
  times: object;
}

type Numbered = Readonly<{ number: number }>;

/** Says that there are others than before. */
function listNews(
  name: string,
  before: readonly Numbered[],
  after: readonly Numbered[],
  { times }: Told,
): LiveMessageOut[] {
  const numbers = (things: readonly Numbered[]) => things.map(({ number }) => number).join(' ');
  return before === after || numbers(before) === numbers(after) ? [] : [{ name, data: { ...times } }];
}

/** What was there before and is there now, where it is another object. */
function pairs<T extends Numbered>(before: readonly T[], after: readonly T[]): [T, T][] {
  if (before === after) return [];
  const known = new Map(before.map((thing) => [thing.number, thing]));
  return after.flatMap((now): [T, T][] => {
    const old = known.get(now.number);
    return old === undefined || old === now ? [] : [[old, now]];
  });
}

/** A queue that nobody knew is one that had nobody in it. */
function queuePairs(
  before: readonly CallQueueNow[],
  after: readonly CallQueueNow[],
): [CallQueueNow, CallQueueNow][] {
  const known = new Set(before.map(({ number }) => number));
  const fresh = after.filter(({ number }) => !known.has(number));
  return [...pairs(before, after), ...fresh.map((now): [CallQueueNow, CallQueueNow] => [empty(now), now])];
}

function empty(queue: CallQueueNow): CallQueueNow {
  return { ...queue, callers: [] };
}

function phoneEvents(old: PhoneNow, now: PhoneNow, { after, clock, times }: Told): LiveMessageOut[] {
  const steps = [
    ...ended(old, now).map((call) => ({ reason: 'HANGUP', call, cause: causeOf(call, after) })),
    ...(isSame(withoutCalls(old), withoutCalls(now))
      ? []
      : [{ reason: 'userStatusUpdate', call: undefined }]),
    ...now.calls.flatMap((call) => reasonsOf(callIn(old, call), call).map((reason) => ({ reason, call }))),
  ];
  // A client's own word for an extension that is not as it was, whatever it is.
  if (steps.length === 0 && !isSame(old, now)) steps.push({ reason: 'userStatusUpdate', call: undefined });
  return steps.map(({ reason, call, ...more }) => ({
    name: 'ExtensionEvent',
    phone: now.number,
    data: {
      ...times,
      eventName: 'extension',
      reason,
      ...more,
      ...(call && { ivruniqueid: call.callId, callerID: call.phone }),
      data: writePhone(now, after, clock, call),
    },
  }));
}

/** What `userStatusUpdate` is about: all but the calls and their traces. */
function withoutCalls(phone: PhoneNow): object {
  const { number, extension, shortNumber, name, agent, status, statusSince, device } = phone;
  return { number, extension, shortNumber, name, agent, status, statusSince, device };
}

function ended(old: PhoneNow, now: PhoneNow): PhoneCallNow[] {
  return old.calls.filter((call) => callIn(now, call) === undefined);
}

function callIn({ calls }: PhoneNow, { callId }: PhoneCallNow): PhoneCallNow | undefined {
  return calls.find((call) => call.callId === callId);
}

/** Where the call goes on without this extension, somebody else has it. */
function causeOf({ callId, state }: PhoneCallNow, { calls }: LiveNow): string {
  const goesOn = calls.get(callId);
  if (goesOn === 'answered' && state === 'ringing') return 'Answered elsewhere';
  return goesOn === 'ringing' && state === 'ringing' ? 'No user responding' : 'Normal hangup';
}

function reasonsOf(old: PhoneCallNow | undefined, now: PhoneCallNow): string[] {
  const isNew = old === undefined || (old.state !== 'ringing' && now.state === 'ringing');
  const was = old?.state ?? 'ringing';
  return [
    ...(isNew ? ['NEWCALL'] : []),
    ...(was === 'ringing' && now.state !== 'ringing' ? ['ANSWER'] : []),
    ...(was !== 'held' && now.state === 'held' ? ['HOLD'] : []),
    ...(was === 'held' && now.state === 'talking' ? ['UNHOLD'] : []),
  ];
}

function queueEvents(old: CallQueueNow, now: CallQueueNow, { after, clock, times }: Told): LiveMessageOut[] {
  const isIn = (queue: CallQueueNow) => new Set(queue.callers.map(({ callId }) => callId));
  const [before, here] = [isIn(old), isIn(now)];
  const steps: { reason: string; caller: QueueCallerNow | undefined }[] = [
    ...old.callers
      .filter(({ callId }) => !here.has(callId))
      .map((caller) => ({ reason: whyLeft(caller, after), caller })),
    ...now.callers.filter(({ callId }) => !before.has(callId)).map((caller) => ({ reason: 'JOIN', caller })),
  ];
  const changed = steps.length > 0 || isSame(old, now) ? steps : [{ reason: 'JOIN', caller: undefined }];
  return changed.map(({ reason, caller }) => ({
    name: 'QueueEvent',
    queue: now.number,
    data: {
      ...times,
      eventName: 'queue',
      reason,
      ...(caller && { ivruniqueid: caller.callId, callerID: caller.phone }),
      data: writeQueue(now, clock),
    },
  }));
}

/** Answered; gone on to somewhere else, unanswered; or gone. */
function whyLeft({ callId }: QueueCallerNow, { calls }: LiveNow): string {
  const goesOn = calls.get(callId);
  if (goesOn === 'answered') return 'ANSWER';
  return goesOn === 'ringing' ? 'EXIT' : 'ABANDONED';
}

function isSame(one: object, other: object): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
