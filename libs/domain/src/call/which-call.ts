/**
 * Which call a message is about, of those that had its id. PBXs begin their ids anew after a restart, or draw them from too
 * few: an id that comes again for another caller, after the call was over, is of a new call.
 *
 * A message is of another call than a known one
 * - when its party outside is another one than any number of that call, in a call that goes the same way, and it begins
 *   after that call was over, or ended before that one began;
 * - whoever it is of, when it begins something and lies further from that call than any call lasts;
 * - when nobody says whose they are, and both are accounts of whole calls whose own times do not touch.
 *
 * By the PBX's own times where both have them, by those of receipt where not. A call that goes on, or whose end is held off,
 * takes what comes, but for an account of another caller's call that was over before. Of several calls that it may be about
 * the one with its people is taken, then the nearest one.
 *
 * What this cannot tell: two calls under one id at one time; the same caller's next call under the same id soon after; calls
 * of withheld numbers that follow each other soon, where no own time says more.
 */
import type { Instant } from '../ids.js';
import type { Call, CallLeg } from './call.js';
import { readLeg, type ReadLeg } from './read-leg.js';
import { samePeople } from './same-people.js';
import { settleAt, type CallTiming } from './settle-at.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** Receipts are taken in by several processes, whose order is not exact. */
const DISORDER_MS = 60 * SECOND;

export interface MessageTimes {
  /** Receipt of the message. */
  at: Instant;
  timing: CallTiming;
}

type Span = readonly [from: number, to: number];

/** @returns undefined for a call that nothing is known of */
export function whichCall(
  known: readonly Call[],
  legs: readonly CallLeg[],
  times: MessageTimes,
): Call | undefined {
  if (known.length === 0) return undefined;
  const message = legs.map(readLeg);
  const fits = known
    .map((call) => ({
      call,
      same: samePeople(call, message) === 'same',
      away: awayFrom(call, message, times),
    }))
    .sort((a, b) => Number(b.same) - Number(a.same) || Math.abs(a.away) - Math.abs(b.away));
  const fit = fits.find(({ call, away }) => !isAnother(call, message, { ...times, away }));
  // What begins nothing must be of one of them, however late it is.
  return fit?.call ?? (message.some(beginsOrEnds) ? undefined : fits[0]?.call);
}

function isAnother(
  call: Call,
  message: readonly ReadLeg[],
  { at, timing, away }: MessageTimes & { away: number },
): boolean {
  if (away === 0 || !message.some(beginsOrEnds)) return false;
  const isLater = away > 0;
  const isByOwn = spansOf(call, message) !== null;
  const people = samePeople(call, message);
  const others = people === 'others';
  if (!isOver(call, { at, timing }) && !(others && isByOwn && !isLater)) return false;
  if (others) return isLater || isByOwn || -away > DISORDER_MS;
  const isToldApart = people === 'unclear' && isByOwn && message.some(isWhole) && isWholeCall(call);
  return Math.abs(away) > (isToldApart ? DISORDER_MS : timing.maxCallMs + HOUR) && message.some(begins);
}

/** Also a call that nobody looked at since it should have been closed: we may have been away, and read its end and this now. */
function isOver(call: Call, { at, timing }: MessageTimes): boolean {
  return call.closedAt !== null || (settleAt(call, timing, at) ?? 0) <= at;
}

/** Milliseconds from the call to the message: 0 within it, negative before it. */
function awayFrom(call: Call, message: readonly ReadLeg[], { at }: MessageTimes): number {
  const [[began, over], [from, to]] = spansOf(call, message) ?? [receiptsOf(call), [at, at]];
  if (from > over) return from - over;
  return to < began ? to - began : 0;
}

/** When the call was and when the message says that its call was, by the PBX's own clock; null where one does not say. */
function spansOf(call: Call, message: readonly ReadLeg[]): readonly [Span, Span] | null {
  const [known, told] = [ownSpan(call.legs.map(readLeg)), ownSpan(message)];
  if (known === null || told === null) return null;
  const [began, over] = known;
  return [[began, Math.max(over, call.endedAt ?? receiptsOf(call)[1])], told];
}

/** What messages say themselves of when it was; null where they say nothing. */
function ownSpan(message: readonly ReadLeg[]): Span | null {
  const spans = message.flatMap((leg): Span[] => {
    if (leg.accounted && leg.startedAt !== null) return [[leg.startedAt, leg.endedAt ?? leg.startedAt]];
    return leg.heard.start === null ? [] : [[leg.heard.start, leg.heard.start]];
  });
  if (spans.length === 0) return null;
  return [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))];
}

/** From its first word to its last, or to when its end was told. */
function receiptsOf({ legs, closedAt }: Call): Span {
  const words = legs.flatMap(({ heard }) => {
    const { rang, answered, live, endedFirst, ended } = heard;
    return [rang, answered, live, endedFirst, ended].filter((word) => word !== null);
  });
  const told = closedAt === null ? [] : [closedAt];
  const all = [...words, ...told];
  return all.length === 0 ? [0, 0] : [Math.min(...all), closedAt ?? Math.max(...all)];
}

/** A word of a leg, as against something that was learnt later. */
function beginsOrEnds({ heard: { live, ended } }: ReadLeg): boolean {
  return live !== null || ended !== null;
}

/** Further CDRs of a call that was going on (a transfer) are legs with keys of their own, and begin none. */
const WHOLE_OR_STEP: ReadonlySet<string> = new Set(['only', 'agent', 'customer']);

function begins(leg: ReadLeg): boolean {
  return leg.heard.live !== null || (leg.accounted && WHOLE_OR_STEP.has(leg.key));
}

/** The account of a whole call with its own time. Two that do not touch are of two calls. */
function isWhole({ key, accounted, startedAt }: ReadLeg): boolean {
  return key === 'only' && accounted && startedAt !== null;
}

function isWholeCall({ legs }: Call): boolean {
  return legs.map(readLeg).some(isWhole);
}
