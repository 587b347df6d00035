/** What follows from what is known of a leg: its state and its best times. */
import { instant } from '../ids.js';
import type { Instant } from '../ids.js';
import type { CallLeg, CallResult, CallState, Heard, LegKey } from './call.js';
import { legTimes } from './leg-times.js';
import { wasTaken } from './was-taken.js';

const SECOND = 1000;

/** Messages overtake each other by less than this, however well everything works. */
const OVERTAKING_MS = 2 * SECOND;

/** The leg that is the call as a whole: when it has ended, everything has, and it does not ring again. */
const WHOLE_CALL: LegKey = 'only';

/** A leg with its approximations resolved. What was heard of it stays with it: a copy without it would cost more than all else. */
export type ReadLeg = CallLeg & {
  /** Null when all that is known of it was noted afterwards. */
  state: CallState | null;
  /** The PBX has accounted for it, as a CDR does: its times are the PBX's own and nothing reopens it. */
  accounted: boolean;
  elsewhere: boolean;
  answeredAt: Instant | null;
  endedAt: Instant | null;
};

/** A leg is a value and never changes, and every question about a call begins with reading its legs. */
const known = new WeakMap<CallLeg, ReadLeg>();

export function readLeg(leg: CallLeg): ReadLeg {
  const before = known.get(leg);
  if (before !== undefined) return before;
  const read = resolved(leg);
  known.set(leg, read);
  return read;
}

function resolved(leg: CallLeg): ReadLeg {
  const { heard } = leg;
  const accounted = leg.startedAt !== null && lastEnd(heard) !== null;
  const final = accounted || leg.key === WHOLE_CALL;
  const state = stateOf(heard, final);
  const result = heard.elsewhere && leg.result === 'missed' ? 'cancelled' : leg.result;
  const { elsewhere } = heard;
  if (accounted) {
    const { startedAt, ringSeconds, talkSeconds } = leg;
    const { answeredAt, endedAt } = legTimes(leg);
    const times = { startedAt, answeredAt, endedAt, ringSeconds, talkSeconds };
    return withFound(leg, { state, accounted, elsewhere, result, times });
  }
  const startedAt = leg.startedAt ?? heard.start ?? firstWord(heard);
  const heardEnd = state === 'ended' ? endHeard(heard, final) : null;
  const heardAnswer = isAnswer(result) ? answerHeard(heard.answered, heardEnd) : null;
  const answeredAt = notBefore(heardAnswer, startedAt);
  const endedAt = notBefore(heardEnd, answeredAt ?? startedAt);
  const times = {
    startedAt,
    answeredAt,
    endedAt,
    // By the clock of the receipts alone: the PBX's may be hours away when its zone is set wrong.
    ringSeconds: leg.ringSeconds ?? secondsBetween(heard.rang, stoppedRinging(heardAnswer, result, heardEnd)),
    talkSeconds: leg.talkSeconds ?? secondsBetween(heardAnswer, heardEnd),
  };
  return withFound(leg, { state, accounted, elsewhere, result, times });
}

type Found = Pick<ReadLeg, 'state' | 'accounted' | 'elsewhere' | 'result'> & {
  times: Pick<ReadLeg, 'startedAt' | 'answeredAt' | 'endedAt' | 'ringSeconds' | 'talkSeconds'>;
};

/** Member by member, as every call is read: a copy whose members are written over costs ten times as much (docs/adr/0047). */
function withFound(leg: CallLeg, { state, accounted, elsewhere, result, times }: Found): ReadLeg {
  const read: ReadLeg = {
    state,
    accounted,
    elsewhere,
    answeredAt: times.answeredAt,
    endedAt: times.endedAt,
    key: leg.key,
    vendorType: leg.vendorType,
    vendorStatus: leg.vendorStatus,
    direction: leg.direction,
    result,
    startedAt: times.startedAt,
    heard: leg.heard,
    ringSeconds: times.ringSeconds,
    queueSeconds: leg.queueSeconds,
    talkSeconds: times.talkSeconds,
    from: leg.from,
    to: leg.to,
    did: leg.did,
    extension: leg.extension,
    agent: leg.agent,
    queue: leg.queue,
    department: leg.department,
    price: leg.price,
    recordings: leg.recordings,
    ivrPath: leg.ivrPath,
    customData: leg.customData,
    transferOf: leg.transferOf,
    ai: leg.ai,
    unreadableFields: leg.unreadableFields,
    raw: leg.raw,
  };
  if (leg.nobodyMissed === true) read.nobodyMissed = true;
  if (leg.menuSeconds !== undefined) read.menuSeconds = leg.menuSeconds;
  return read;
}

/**
 * A PBX repeats itself, and a message may be held up for minutes: what comes after the end of a leg opens it only where it
 * cannot be older. By their content, where both tell when the phone began to ring: an extension that rings again has begun
 * anew. Without that a ringing is older than an end, as it is in every leg's own order. An answer is not older where the end
 * said that there was none; where the end left that open, it is not if the phone was heard to ring again between them.
 *
 * @param final  whether nothing opens it again
 */
function stateOf(heard: Heard, final: boolean): CallState | null {
  const { answered, live } = heard;
  const ended = lastEnd(heard);
  const running = answered === null ? 'ringing' : 'answered';
  if (ended === null) return live === null ? null : running;
  if (final || live === null || !isAfter(live, ended)) return 'ended';
  const [turn, endedTurn] = [heard.turn ?? 0, heard.endedTurn ?? heard.turn ?? 0];
  if (turn !== endedTurn) return turn > endedTurn ? running : 'ended';
  return !heard.taken && isAfter(answered, ended) && (heard.untaken || rangAgain(heard))
    ? 'answered'
    : 'ended';
}

function rangAgain({ rangLast, endedFirst, goneAfter }: Heard): boolean {
  return isAfter(rangLast, endedFirst ?? goneAfter ?? null);
}

function lastEnd({ ended, goneAfter }: Heard): Instant | null {
  return latest(ended, goneAfter ?? null);
}

/**
 * The first word of its end, as the others repeat it; the last, where the leg was heard of in between. Of one that was found to be
 * over nobody told: it ended after all that was heard of it.
 */
function endHeard(heard: Heard, final: boolean): Instant | null {
  const { live, endedFirst } = heard;
  if (endedFirst === null) return latest(lastEnd(heard), live);
  return !final && isAfter(live, endedFirst) ? lastEnd(heard) : endedFirst;
}

function latest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return a >= b ? a : b;
}

/** It began to ring no later than it was answered, in whatever order that was told; null where only the answer was. */
function firstWord({ rang, answered }: Heard): Instant | null {
  return rang !== null && answered !== null && answered < rang ? answered : rang;
}

/** A queue answers its caller with music: who gives up waiting was not answered. */
function isAnswer(result: CallResult): boolean {
  return wasTaken(result) || result === 'ivr_only';
}

/** An answer that is heard of after the end was held up: nobody knows for how long. */
function answerHeard(answered: Instant | null, ended: Instant | null): Instant | null {
  return answered !== null && ended !== null && answered > ended ? null : answered;
}

function isAfter(later: Instant | null, earlier: Instant | null): boolean {
  return later !== null && earlier !== null && later - earlier > OVERTAKING_MS;
}

/** Null where somebody took the call and nobody told when: it rang for a part of its length that only he knows. */
function stoppedRinging(answered: Instant | null, result: CallResult, ended: Instant | null): Instant | null {
  if (answered !== null) return answered;
  return wasTaken(result) ? null : ended;
}

/** A time that is known from another clock may seem to be before its cause. */
function notBefore(time: Instant | null, cause: Instant | null): Instant | null {
  return time === null || cause === null ? time : instant(Math.max(time, cause));
}

function secondsBetween(from: Instant | null, to: Instant | null): number | null {
  return from === null || to === null ? null : Math.max(0, Math.round((to - from) / SECOND));
}
