/** What went wrong in a run of B7, by the PBXs' own books. */
import type { PlacedCall } from './chaos-contract.js';

/** A lead as the database has it in the end. */
export interface LeadInTheEnd {
  tenant: number;
  number: string;
  state: string;
  attempts: number;
  /** Correlators of its orders. */
  orders: readonly string[];
}

/** Numbers that must not be called in a span of time, from epoch milliseconds to epoch milliseconds. */
export interface Forbidden {
  numbers: ReadonlySet<string>;
  from: number;
  until: number;
}

export interface ChaosFacts {
  calls: readonly PlacedCall[];
  leads: readonly LeadInTheEnd[];
  doNotCall: Forbidden;
  closed: Forbidden;
  perSecond: number;
  /** Calls to one number at most. */
  cap: number;
}

export interface ChaosFaults {
  doubleDials: number;
  lostLeads: number;
  outOfWindow: number;
  doNotCall: number;
  overRate: number;
  capBreaches: number;
}

const ENDS = ['done', 'given_up', 'waiting', 'removed', 'invalid'];
const SECOND_MS = 1_000;
/** A rate is judged over so long: the order of arrival is not that of the commits. */
const RATE_SPAN_MS = 10 * SECOND_MS;

export function judgeChaos({ calls, leads, doNotCall, closed, perSecond, cap }: ChaosFacts): ChaosFaults {
  const byNumber = grouped(calls, ({ number }) => number);
  return {
    doubleDials: repeated(calls) + sum(byNumber, overlapsIn),
    lostLeads: lost(leads, calls),
    outOfWindow: calls.filter((call) => isForbidden(call, closed)).length,
    doNotCall: calls.filter((call) => isForbidden(call, doNotCall)).length,
    overRate: sum(
      grouped(calls, ({ tenant }) => tenant),
      (own) => tooFast(own, perSecond),
    ),
    capBreaches: [...byNumber.values()].filter((own) => own.length > cap).length,
  };
}

function isForbidden({ number, startedAt }: PlacedCall, { numbers, from, until }: Forbidden): boolean {
  return startedAt >= from && startedAt < until && numbers.has(number);
}

/** More calls than orders. */
function repeated(calls: readonly PlacedCall[]): number {
  return calls.length - new Set(calls.map(({ attempt }) => attempt)).size;
}

function overlapsIn(calls: readonly PlacedCall[]): number {
  const sorted = calls.toSorted((one, other) => one.startedAt - other.startedAt);
  return sorted.filter(({ startedAt }, at) => at > 0 && startedAt < (sorted[at - 1]?.endedAt ?? 0)).length;
}

function lost(leads: readonly LeadInTheEnd[], calls: readonly PlacedCall[]): number {
  const placed = new Set(calls.map(({ attempt }) => attempt));
  const known = new Set(leads.flatMap(({ orders }) => orders));
  const wrong = leads.filter(
    ({ state, attempts, orders }) =>
      !ENDS.includes(state) || attempts !== orders.filter((order) => placed.has(order)).length,
  );
  return wrong.length + calls.filter(({ attempt }) => !known.has(attempt)).length;
}

/** Calls beyond what a bucket of one second lets out in any span. */
function tooFast(calls: readonly PlacedCall[], perSecond: number): number {
  const times = calls.map(({ startedAt }) => startedAt).sort((one, other) => one - other);
  const most = perSecond * (RATE_SPAN_MS / SECOND_MS + 1);
  return times.filter((time, at) => time - (times[at - most] ?? -Infinity) < RATE_SPAN_MS).length;
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function sum<K, T>(groups: ReadonlyMap<K, T[]>, count: (group: readonly T[]) => number): number {
  return [...groups.values()].reduce((total, group) => total + count(group), 0);
}
