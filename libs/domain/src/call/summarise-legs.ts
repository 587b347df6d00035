/**
 * The summary of a call: a pure function of the set of its legs.
 *
 * Where the PBX has accounted for a leg (a CDR, or else the menu's word of the end), the legs that were only heard of while they ran say nothing more about
 * times and outcome: they are the same conversation, told twice. Of the legs that count, those other than `agent` are the
 * customer's side; agent legs speak for the call only where nobody else does. Of the customer's side the leg with the
 * highest result *decides* what became of the call (in a ring group: the extension that answered). The *main* leg, which
 * says who called whom, is `customer` when there is one, else the deciding one.
 * Source: design "Dialects", traps 3 (two CDRs, one call) and 5 (ring groups).
 */
import type { Instant } from '../ids.js';
import { callState, isComplete, isOpen } from './call-state.js';
import type {
  Call,
  CallLeg,
  CallResult,
  CallState,
  Direction,
  LegKey,
  Money,
  Party,
  Recording,
} from './call.js';
import { overContext, type CallContext } from './call-context.js';
import { valuesOf } from '../values-of.js';
import { isEmpty } from './is-empty.js';
import { ivrPathOf } from './ivr-path.js';
import { readLeg, type ReadLeg } from './read-leg.js';
import { queuedAt } from './queued-at.js';
import { RESULT_RANK } from './result-rank.js';
import { talkSeconds } from './talk-seconds.js';
import { tookAt } from './took-at.js';
import { unreadableNames } from './unreadable-fields.js';
import { wasTaken } from './was-taken.js';

const SECOND = 1000;

/** The leg of a caller in a menu. */
const MENU: LegKey = 'ivr';

export type CallSummary = Omit<Call, 'id' | 'connectionId' | 'vendorCallId' | 'match' | 'notes'>;

/**
 * @param unsorted  at most one leg per key
 * @param closedAt  when the call's end was told; null while it has not been
 * @param context  what was remembered of the call; null for nothing
 */
export function summariseLegs(
  unsorted: readonly CallLeg[],
  closedAt: Instant | null = null,
  context: CallContext | null = null,
): CallSummary {
  const pairs = unsorted.map((leg) => ({ leg, read: readLeg(leg) }));
  pairs.sort((a, b) => byStart(a.read, b.read));
  const legs = pairs.map(({ read }) => read);
  const counting = whatCounts(legs);
  const others = counting.filter((leg) => leg.key !== 'agent');
  const side = others.length > 0 ? others : counting;
  const told = side.reduce<ReadLeg | undefined>(moreTelling, undefined);
  if (told === undefined) {
    return { ...NOTHING_KNOWN, customData: overContext(context, {}), context, closedAt };
  }
  const deciding = whoAnswered(told, legs) ?? told;
  const main = legs.find((leg) => leg.key === 'customer') ?? deciding;
  const kept = pairs.map(({ leg }) => leg);
  return summaryOf({ legs, counting, side, main, deciding }, { kept, closedAt, context });
}

interface Sides {
  legs: ReadLeg[];
  counting: ReadLeg[];
  side: ReadLeg[];
  main: ReadLeg;
  deciding: ReadLeg;
}

/** What depends on the call's progress, and the rest: the first leg that knows it says it. */
function summaryOf(
  { legs, counting, side, main, deciding }: Sides,
  { kept, closedAt, context }: { kept: CallLeg[]; closedAt: Instant | null; context: CallContext | null },
): CallSummary {
  const speakers = legs.length === 1 ? legs : [...new Set([main, deciding, ...side])];
  const ranked = legs.length === 1 ? legs : [...new Set([...speakers, ...counting, ...legs])];
  const agentFirst = legs.length === 1 ? legs : [...counting.filter((leg) => leg.key === 'agent'), ...ranked];
  const state = callState(legs, closedAt);
  const { direction } = main;
  const speaking = whoSpeaks(side, deciding);
  const result = resultOf(deciding, { legs, counting, state, direction, closedAt });
  const answeredAt = answerOf(deciding, speaking, legs);
  const endedAt = state === 'ended' ? lastEnd(counting) : null;
  const servedAt = wasTaken(deciding.result) ? answeredAt : endedAt;
  return {
    state,
    direction,
    result,
    missed: isMissed({ state, direction, result }, deciding),
    vendorType: deciding.vendorType,
    vendorStatus: deciding.vendorStatus,
    startedAt: startOf(counting),
    answeredAt,
    endedAt,
    ringSeconds: first(speakers, (leg) => leg.ringSeconds),
    queueSeconds: first(speakers, (leg) => leg.queueSeconds) ?? waitedSeconds(legs, servedAt),
    talkSeconds: talkSeconds(speaking),
    from: main.from,
    to: main.to,
    did: first(ranked, (leg) => leg.did),
    extension: first(agentFirst, (leg) => leg.extension),
    agent: first(agentFirst, (leg) => leg.agent),
    queue: first(ranked, (leg) => leg.queue),
    department: first(ranked, (leg) => leg.department),
    price: total(legs),
    recordings: joined(legs),
    ivrPath: ivrPathOf(ranked),
    customData: overContext(context, overlaid(ranked)),
    transferOf: first(ranked, (leg) => leg.transferOf),
    ai: first(ranked, (leg) => leg.ai ?? null),
    unreadableFields: allUnreadable(legs),
    context,
    closedAt,
    legs: kept,
  };
}

function answerOf(deciding: ReadLeg, speaking: readonly ReadLeg[], legs: readonly ReadLeg[]): Instant | null {
  const heard = reduced(
    [deciding, ...speaking].map((leg) => leg.answeredAt),
    Math.min,
  );
  return heard ?? (wasTaken(deciding.result) ? tookAt(legs) : null);
}

/** What the menu tells of the end of a call is an account of the whole call, and gives way to every other. */
function whatCounts(legs: ReadLeg[]): ReadLeg[] {
  const accounted = legs.filter((leg) => leg.accounted);
  const others = accounted.filter((leg) => leg.key !== MENU);
  if (others.length > 0) return others;
  return accounted.length > 0 ? accounted : legs;
}

/** A caller who heard a menu or waited before somebody took his call was not yet spoken with, where both are only heard of. */
function whoSpeaks(side: readonly ReadLeg[], deciding: ReadLeg): readonly ReadLeg[] {
  if (!wasTaken(deciding.result)) return side;
  return side.filter((leg) => leg.accounted || wasTaken(leg.result));
}

/** How long a caller was heard to wait in a queue, where the PBX does not count it. @param until  somebody took the call, or it ended */
function waitedSeconds(legs: readonly ReadLeg[], until: Instant | null): number | null {
  const since = queuedAt(legs);
  return since === null || until === null || until < since ? null : Math.round((until - since) / SECOND);
}

/** A leg of an incoming call that was heard to answer counts, even where the CDR knows of no answer. */
function whoAnswered(told: ReadLeg, legs: readonly ReadLeg[]): ReadLeg | undefined {
  if (told.direction === 'outbound' || wasTaken(told.result)) return undefined;
  return legs.find((leg) => leg.key !== 'agent' && wasTaken(leg.result));
}

/**
 * A call that goes on has come to nothing yet, of one that was closed before all of it ended nobody knows, and one that was
 * answered elsewhere was answered.
 */
function resultOf(
  deciding: ReadLeg,
  call: {
    legs: ReadLeg[];
    counting: ReadLeg[];
    state: CallState;
    direction: Direction;
    closedAt: Instant | null;
  },
): CallResult {
  if (wasTaken(deciding.result)) return deciding.result;
  if (call.state !== 'ended') return 'unknown';
  if (call.direction !== 'outbound' && call.legs.some((leg) => leg.elsewhere)) return 'answered';
  const goesOn = call.counting.some((leg) => isOpen(leg) && !beganAfter(leg, call.closedAt));
  return goesOn && !isComplete(call.legs) ? 'unknown' : deciding.result;
}

/** A phone that is first heard of after the call was closed left nothing open when it was. */
function beganAfter({ heard: { rang, answered } }: ReadLeg, closedAt: Instant | null): boolean {
  const first = reduced([rang, answered], Math.min);
  return closedAt !== null && first !== null && first > closedAt;
}

/** Somebody called us and nobody answered. A call that we know too little of is not called missed. */
function isMissed(
  { state, direction, result }: Pick<CallSummary, 'state' | 'direction' | 'result'>,
  deciding: ReadLeg,
): boolean {
  if (state !== 'ended' || direction !== 'inbound') return false;
  return result !== 'unknown' && !wasTaken(result) && deciding.nobodyMissed !== true;
}

/** Of a leg of which only the answer was told nobody knows when it began, but that it was no later. */
function startOf(legs: readonly ReadLeg[]): Instant | null {
  const known = reduced(
    legs.map((leg) => leg.startedAt),
    Math.min,
  );
  return known === null ? null : reduced([known, ...legs.map((leg) => leg.answeredAt)], Math.min);
}

function lastEnd(legs: readonly ReadLeg[]): Instant | null {
  return reduced(
    legs.map((leg) => leg.endedAt),
    Math.max,
  );
}

const NOBODY: Party = Object.freeze({
  original: '',
  e164: null,
  country: null,
  countryName: null,
  type: null,
});

const NOTHING_KNOWN: CallSummary = Object.freeze({
  state: 'ringing',
  direction: 'inbound',
  result: 'unknown',
  missed: false,
  vendorType: '',
  vendorStatus: '',
  startedAt: null,
  answeredAt: null,
  endedAt: null,
  ringSeconds: null,
  queueSeconds: null,
  talkSeconds: null,
  from: NOBODY,
  to: NOBODY,
  did: null,
  extension: null,
  agent: null,
  queue: null,
  department: null,
  price: null,
  recordings: [],
  ivrPath: [],
  customData: {},
  transferOf: null,
  ai: null,
  unreadableFields: [],
  context: null,
  closedAt: null,
  legs: [],
});

/** Legs without a start come last; the key makes the order total. */
function byStart(a: ReadLeg, b: ReadLeg): number {
  if (a.startedAt !== b.startedAt) {
    return (a.startedAt ?? Number.POSITIVE_INFINITY) - (b.startedAt ?? Number.POSITIVE_INFINITY);
  }
  return a.key < b.key ? -1 : 1;
}

/**
 * Of equal results the customer's leg says more than one between two extensions: what was asked of a colleague before he was
 * handed the customer makes no internal call of it.
 */
function moreTelling(best: ReadLeg | undefined, leg: ReadLeg): ReadLeg {
  if (best === undefined) return leg;
  const gain = RESULT_RANK[leg.result] - RESULT_RANK[best.result];
  const reachesOut = best.direction === 'internal' && leg.direction !== 'internal';
  return gain > 0 || (gain === 0 && reachesOut) ? leg : best;
}

function first<T>(legs: readonly ReadLeg[], read: (leg: ReadLeg) => T | null): T | null {
  for (const leg of legs) {
    const value = read(leg);
    if (value !== null) return value;
  }
  return null;
}

function reduced<T extends number>(
  values: readonly (T | null)[],
  combine: (a: number, b: number) => number,
): T | null {
  let sum: T | null = null;
  for (const value of values) {
    if (value !== null) sum = sum === null ? value : (combine(sum, value) as T);
  }
  return sum;
}

/** Amounts are added as millionths: sums of binary fractions would show as 0.30000000000000004. */
const MILLIONTHS = 1_000_000;

/** All legs cost money. An amount in another currency than the first one's cannot be added and stays on its leg. */
function total(legs: readonly ReadLeg[]): Money | null {
  const prices = valuesOf(legs, (leg) => leg.price);
  const currency = prices[0]?.currency;
  if (currency === undefined) return null;
  const millionths = prices
    .filter((price) => price.currency === currency)
    .reduce((sum, price) => sum + Math.round(price.amount * MILLIONTHS), 0);
  return { amount: millionths / MILLIONTHS, currency };
}

function joined(legs: readonly ReadLeg[]): Recording[] {
  const [only] = legs;
  if (legs.length === 1 && only !== undefined && only.recordings.length < 2) return only.recordings;
  const byUrl = new Map<string, Recording>();
  for (const { recordings } of legs) {
    for (const recording of recordings) byUrl.set(recording.url, recording);
  }
  return [...byUrl.values()];
}

function allUnreadable(legs: readonly ReadLeg[]): string[] {
  const [only] = legs;
  if (legs.length === 1 && only !== undefined) return unreadableNames(only.unreadableFields);
  return unreadableNames(legs.flatMap((leg) => leg.unreadableFields));
}

/** Member by member, the first leg that says something wins. */
function overlaid(legs: readonly ReadLeg[]): Record<string, unknown> {
  const [only] = legs;
  if (legs.length === 1 && only !== undefined) return only.customData;
  const members = new Map<string, unknown>();
  for (const leg of legs) {
    for (const [name, value] of Object.entries(leg.customData)) {
      if (!members.has(name) || isEmpty(members.get(name))) members.set(name, value);
    }
  }
  return Object.fromEntries(members);
}
