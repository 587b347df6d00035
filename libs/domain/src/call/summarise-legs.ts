/**
 * The summary of a call: a pure function of the set of its legs.
 *
 * Legs other than `agent` are the customer's side; agent legs speak for the call only where nobody else does. Of the
 * customer's side the leg with the highest result *decides* what became of the call (in a ring group: the extension that
 * answered). The *main* leg, which says who called whom, is `customer` when there is one, else the deciding one.
 * Source: design "Dialects", trap 3 (two CDRs, one call).
 */
import type { Call, CallLeg, Money, Party, Recording } from './call.js';
import { isEmpty } from './is-empty.js';
import { RESULT_RANK } from './result-rank.js';

export type CallSummary = Omit<Call, 'id' | 'connectionId' | 'vendorCallId'>;

/** @param unsorted  at most one leg per key */
export function summariseLegs(unsorted: readonly CallLeg[]): CallSummary {
  const legs = [...unsorted].sort(byStart);
  const others = legs.filter((leg) => leg.key !== 'agent');
  const side = others.length > 0 ? others : legs;
  const deciding = side.reduce<CallLeg | undefined>(moreTelling, undefined);
  if (deciding === undefined) return NOTHING_KNOWN;
  const main = legs.find((leg) => leg.key === 'customer') ?? deciding;
  const ranked = [main, deciding, ...side, ...legs];
  const agentFirst = [...legs.filter((leg) => leg.key === 'agent'), ...ranked];
  return {
    direction: main.direction,
    result: deciding.result,
    vendorType: deciding.vendorType,
    vendorStatus: deciding.vendorStatus,
    startedAt: reduced(
      legs.map((leg) => leg.startedAt),
      Math.min,
    ),
    answeredAt: reduced(
      side.map((leg) => leg.answeredAt),
      Math.min,
    ),
    endedAt: reduced(
      legs.map((leg) => leg.endedAt),
      Math.max,
    ),
    ringSeconds: first([main, deciding, ...side], (leg) => leg.ringSeconds),
    queueSeconds: first([main, deciding, ...side], (leg) => leg.queueSeconds),
    talkSeconds: reduced(
      side.map((leg) => leg.talkSeconds),
      plus,
    ),
    from: main.from,
    to: main.to,
    did: first(ranked, (leg) => leg.did),
    extension: first(agentFirst, (leg) => leg.extension),
    agent: first(agentFirst, (leg) => leg.agent),
    queue: first(ranked, (leg) => leg.queue),
    department: first(ranked, (leg) => leg.department),
    price: total(legs),
    recordings: joined(legs),
    ivrPath: first(ranked, (leg) => (leg.ivrPath.length > 0 ? leg.ivrPath : null)) ?? [],
    customData: overlaid(ranked),
    transferOf: first(ranked, (leg) => leg.transferOf),
    ai: first(ranked, (leg) => leg.ai ?? null),
    legs,
  };
}

const NOBODY: Party = Object.freeze({
  original: '',
  e164: null,
  country: null,
  countryName: null,
  type: null,
});

const NOTHING_KNOWN: CallSummary = Object.freeze({
  direction: 'inbound',
  result: 'unknown',
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
  legs: [],
});

/** Legs without a start come last; the key makes the order total. */
function byStart(a: CallLeg, b: CallLeg): number {
  if (a.startedAt !== b.startedAt) {
    return (a.startedAt ?? Number.POSITIVE_INFINITY) - (b.startedAt ?? Number.POSITIVE_INFINITY);
  }
  return a.key < b.key ? -1 : 1;
}

function moreTelling(best: CallLeg | undefined, leg: CallLeg): CallLeg {
  return best !== undefined && RESULT_RANK[best.result] >= RESULT_RANK[leg.result] ? best : leg;
}

function first<T>(legs: readonly CallLeg[], read: (leg: CallLeg) => T | null): T | null {
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

const plus = (a: number, b: number) => a + b;

/** Amounts are added as millionths: sums of binary fractions would show as 0.30000000000000004. */
const MILLIONTHS = 1_000_000;

/** All legs cost money. An amount in another currency than the first one's cannot be added and stays on its leg. */
function total(legs: readonly CallLeg[]): Money | null {
  const prices = legs.flatMap((leg) => leg.price ?? []);
  const currency = prices[0]?.currency;
  if (currency === undefined) return null;
  const millionths = prices
    .filter((price) => price.currency === currency)
    .reduce((sum, price) => sum + Math.round(price.amount * MILLIONTHS), 0);
  return { amount: millionths / MILLIONTHS, currency };
}

function joined(legs: readonly CallLeg[]): Recording[] {
  const byUrl = new Map<string, Recording>();
  for (const recording of legs.flatMap((leg) => leg.recordings)) byUrl.set(recording.url, recording);
  return [...byUrl.values()];
}

/** Member by member, the first leg that says something wins. */
function overlaid(legs: readonly CallLeg[]): Record<string, unknown> {
  const members = new Map<string, unknown>();
  for (const leg of legs) {
    for (const [name, value] of Object.entries(leg.customData)) {
      if (!members.has(name) || isEmpty(members.get(name))) members.set(name, value);
    }
  }
  return Object.fromEntries(members);
}
