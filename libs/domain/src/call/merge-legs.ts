/**
 * The least upper bound of two reports of one leg.
 *
 * An empty field (null, empty text, list or object) gives way to any other. Where two reports contradict each other the
 * *greater* value stays, whichever came first, so that the outcome cannot depend on the order of arrival:
 * - lengths: the greater number, as a later report has seen more of the call;
 * - the start: the earlier one, as the first report of it is read best (`fromEpochBefore`);
 * - times of receipt: the first and the last word of each kind (`Heard`), since an extension may ring, stop and ring again;
 * - result: the one that says more (`RESULT_RANK`); the vendor's status: that of the latest stage of the leg, then of the
 *   result that says more, then the greater text;
 * - vendor's type with direction, party, agent, queue, department, price: one report's whole, never half of each; a
 *   party that is a number before one that is not, the greater text or amount otherwise;
 * - recordings: all of them, by URL; IVR path: of lists the longest, of steps told live all; custom data and unknown
 *   fields: member by member; names of fields that could not be read: all of them;
 * - values of no fixed shape: the longer JSON text, of equally long ones the greater.
 *
 * Every rule is the maximum or minimum of a total order and nothing derived is kept, so the merge is commutative,
 * associative and idempotent (proved by properties in the tests).
 */
import { DIRECTIONS } from './call.js';
import type { Agent, CallLeg, Money, NamedId, Party, Recording, TimedIvrStep } from './call.js';
import { mergeHeard } from './heard.js';
import { isEmpty } from './is-empty.js';
import { isLive } from './ivr-path.js';
import { RESULT_RANK } from './result-rank.js';
import { unreadableNames } from './unreadable-fields.js';

type Order<T> = (a: T, b: T) => number;

export function mergeLegs(a: CallLeg, b: CallLeg): CallLeg {
  // A leg that is reported for the first time is merged with itself; only its lists might come out otherwise.
  if (a === b && a.recordings.length < 2 && a.ivrPath.length === 0) return a;
  const kind = greater(a, b, byKind);
  const end = greater(a, b, byEnd);
  const said = greater(a, b, byWord);
  const menuSeconds = greatest(a.menuSeconds ?? null, b.menuSeconds ?? null);
  const leg: CallLeg = {
    key: a.key,
    vendorType: kind.vendorType,
    vendorStatus: said.vendorStatus,
    direction: kind.direction,
    result: end.result,
    startedAt: least(a.startedAt, b.startedAt),
    heard: mergeHeard(a.heard, b.heard, said.heard.word),
    ringSeconds: greatest(a.ringSeconds, b.ringSeconds),
    queueSeconds: greatest(a.queueSeconds, b.queueSeconds),
    talkSeconds: greatest(a.talkSeconds, b.talkSeconds),
    from: greater(a.from, b.from, byParty),
    to: greater(a.to, b.to, byParty),
    did: greaterOf(a.did, b.did, byParty),
    extension: greaterOf(a.extension, b.extension, byText),
    agent: greaterOf(a.agent, b.agent, byAgent),
    queue: greaterOf(a.queue, b.queue, byNamedId),
    department: greaterOf(a.department, b.department, byNamedId),
    price: greaterOf(a.price, b.price, byPrice),
    recordings: allRecordings(a.recordings, b.recordings),
    ivrPath: mergePaths(a.ivrPath, b.ivrPath),
    customData: mergeMembers(a.customData, b.customData),
    transferOf: greaterOf(a.transferOf, b.transferOf, byText),
    ai: a.ai === b.ai ? a.ai : greater(a.ai, b.ai, byContent),
    unreadableFields: unreadableNames(a.unreadableFields, b.unreadableFields),
    raw: mergeMembers(a.raw, b.raw),
  };
  if (end.nobodyMissed === true) leg.nobodyMissed = true;
  if (menuSeconds !== null) leg.menuSeconds = menuSeconds;
  return leg;
}

function greater<T>(a: T, b: T, order: Order<T>): T {
  return order(a, b) >= 0 ? a : b;
}

function greaterOf<T>(a: T | null, b: T | null, order: Order<T>): T | null {
  if (a === null) return b;
  return b === null ? a : greater(a, b, order);
}

function greatest<T extends number>(a: T | null, b: T | null): T | null {
  return greaterOf(a, b, byNumber);
}

function least<T extends number>(a: T | null, b: T | null): T | null {
  return greaterOf(a, b, (x, y) => y - x);
}

const byNumber: Order<number> = (a, b) => a - b;

/** By code units: a locale's order would differ from machine to machine. */
const byText: Order<string | null> = (a, b) => {
  if (a === b) return 0;
  return (a ?? '') > (b ?? '') || b === null ? 1 : -1;
};

const byKind: Order<CallLeg> = (a, b) =>
  byText(a.vendorType, b.vendorType) || DIRECTIONS.indexOf(a.direction) - DIRECTIONS.indexOf(b.direction);

const byEnd: Order<CallLeg> = (a, b) =>
  RESULT_RANK[a.result] - RESULT_RANK[b.result] ||
  Number(a.nobodyMissed ?? false) - Number(b.nobodyMissed ?? false);

const byWord: Order<CallLeg> = (a, b) =>
  Number(a.vendorStatus !== '') - Number(b.vendorStatus !== '') ||
  a.heard.word - b.heard.word ||
  byText(a.vendorStatus, b.vendorStatus);

const byParty: Order<Party> = (a, b) =>
  Number(a.e164 !== null) - Number(b.e164 !== null) ||
  byText(a.original, b.original) ||
  (a.e164 === b.e164 ? 0 : byContent(a, b));

const byAgent: Order<Agent> = (a, b) => byText(a.code, b.code) || byText(a.name, b.name);
const byNamedId: Order<NamedId> = (a, b) => byText(a.id, b.id) || byText(a.name, b.name);
const byPrice: Order<Money> = (a, b) => a.amount - b.amount || byText(a.currency, b.currency);
const byPath: Order<TimedIvrStep[]> = (a, b) => a.length - b.length || (a === b ? 0 : byContent(a, b));
const byTime: Order<TimedIvrStep> = (a, b) =>
  (a.at ?? 0) - (b.at ?? 0) || a.order - b.order || byContent(a, b);

const byContent: Order<unknown> = (a, b) => {
  const substance = Number(!isEmpty(a)) - Number(!isEmpty(b));
  if (substance !== 0) return substance;
  const left = canonicalText(a);
  const right = canonicalText(b);
  return left.length - right.length || byText(left, right);
};

/** JSON with the members in the order of their names, so that equal values have equal texts. */
function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (value === undefined || value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => byText(a, b));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalText(member)}`).join(',')}}`;
}

function allRecordings(a: Recording[], b: Recording[]): Recording[] {
  if (a === b && a.length < 2) return a;
  const byUrl = new Map([...a, ...b].map((recording) => [recording.url, recording]));
  return [...byUrl.values()].sort((x, y) => byText(x.url, y.url));
}

/** Steps told live of one leg that are kept: a caller who goes round in a menu for hours must not make a record without end. */
const MOST_LIVE_STEPS = 200;

/**
 * A step told live has no number that would tell it from the same key pressed again, so it is known by its time: the set
 * of all of them, in order. (The first ones of a union of firsts are the first ones of all, so the limit keeps the laws.)
 */
function mergePaths(a: TimedIvrStep[], b: TimedIvrStep[]): TimedIvrStep[] {
  if (a.length === 0 && b.length === 0) return a;
  if (a === b && !a.some(isLive)) return a;
  const isListed = (step: TimedIvrStep) => !isLive(step);
  const listed = greater(a.filter(isListed), b.filter(isListed), byPath);
  const live = [...a, ...b].filter(isLive).sort(byTime);
  const each = live.filter((step, index) => {
    const before = live[index - 1];
    return before === undefined || byTime(before, step) !== 0;
  });
  return [...listed, ...each.slice(0, MOST_LIVE_STEPS)];
}

function mergeMembers(a: Record<string, unknown>, b: Record<string, unknown>): Record<string, unknown> {
  if (a === b || isEmpty(b)) return a;
  if (isEmpty(a)) return b;
  const members = new Map(Object.entries(a));
  for (const [name, value] of Object.entries(b)) {
    members.set(name, members.has(name) ? greater(members.get(name), value, byContent) : value);
  }
  // fromEntries defines members; assignment would fall into the prototype for a member named __proto__.
  return Object.fromEntries(members);
}
