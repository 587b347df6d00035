/** Which of the events that an endpoint asked for by type it wants at all. */
import { DIRECTIONS, type Direction } from '../call/call.js';
import { isOperational } from './operational-event-type.js';

/** Directions, extensions and queues are asked of events of calls only: what has none of them could never meet them. */
export interface EndpointFilter {
  directions?: Direction[];
  /** As the PBX names them; that of any leg counts. */
  extensions?: string[];
  /** Ids or names. */
  queues?: string[];
  /** Conditions on the data of any event, in the language of `MatchesPayload`. */
  payload?: Record<string, unknown>;
}

/** Whether data meets conditions. Total: conditions that do not fit the data are not met. */
export type MatchesPayload = (data: unknown, conditions: Record<string, unknown>) => boolean;

export type FilterReading = { ok: true; filter: EndpointFilter } | { ok: false; problem: string };

/** The language's words. Without `$ref`: it would let a filter run expressions of its writer's choice on our machines. */
const OPERATORS = new Set([
  '$eq',
  '$neq',
  '$gte',
  '$gt',
  '$lte',
  '$lt',
  '$in',
  '$nin',
  '$startsWith',
  '$endsWith',
  '$exist',
  '$or',
  '$and',
  '$not',
]);
const LISTS: ReadonlySet<string> = new Set(['extensions', 'queues']);
const DEEPEST = 10;
const MOST_WORDS = 100;
const LONGEST_WORD = 128;

/** Checks a filter that somebody wrote. @returns the filter, or the first thing that is wrong with it in words */
export function readEndpointFilter(value: unknown): FilterReading {
  if (!isObject(value)) return no('A filter is an object.');
  for (const [name, member] of Object.entries(value)) {
    const problem = problemOf(name, member);
    if (problem !== null) return no(problem);
  }
  return { ok: true, filter: value };
}

/**
 * @param event  with its data as it is sent
 * @returns whether every condition of the filter is met; an empty filter lets everything pass
 */
export function passesFilter(
  filter: EndpointFilter | null,
  { type, data }: { type: string; data?: unknown },
  matches: MatchesPayload,
): boolean {
  if (filter === null) return true;
  if (!isOperational(type) && !isCallWanted(filter, data)) return false;
  return filter.payload === undefined || matches(data, filter.payload);
}

/**
 * The conditions of a filter that an event does not meet, by their path in it (`directions`, `payload.talkSeconds`); empty
 * exactly where it passes. Conditions on the payload that only fail together are told as `payload`.
 */
export function failedConditions(
  filter: EndpointFilter | null,
  event: { type: string; data?: unknown },
  matches: MatchesPayload,
): string[] {
  const { payload, ...ofCalls } = filter ?? {};
  const lists = Object.entries(ofCalls).flatMap(([name, list]) =>
    passesFilter({ [name]: list }, event, matches) ? [] : [name],
  );
  if (payload === undefined || matches(event.data, payload)) return lists;
  const members = Object.entries(payload).filter(
    ([name, condition]) => !matches(event.data, { [name]: condition }),
  );
  return [...lists, ...(members.length === 0 ? ['payload'] : members.map(([name]) => `payload.${name}`))];
}

function isCallWanted({ directions, extensions, queues }: EndpointFilter, data: unknown): boolean {
  const call = isObject(data) ? data : {};
  if (directions && !directions.includes(call['direction'] as Direction)) return false;
  if (extensions && !extensionsOf(call).some((extension) => extensions.includes(extension))) return false;
  return !queues || wordsOf(call['queue']).some((word) => queues.includes(word));
}

function extensionsOf(call: Record<string, unknown>): string[] {
  const legs = Array.isArray(call['legs']) ? call['legs'].filter(isObject) : [];
  return [call, ...legs].map((part) => part['extension']).filter((one) => typeof one === 'string');
}

/** Id, name and label of a queue. */
function wordsOf(queue: unknown): string[] {
  return isObject(queue) ? Object.values(queue).filter((one) => typeof one === 'string') : [];
}

function problemOf(name: string, member: unknown): string | null {
  if (name === 'payload') return payloadProblem(member, 0);
  if (name === 'directions') {
    return isWords(member) && member.every((word) => (DIRECTIONS as readonly string[]).includes(word))
      ? null
      : `"directions" is a list of ${DIRECTIONS.join(', ')}.`;
  }
  if (!LISTS.has(name)) return `A filter knows directions, extensions, queues and payload, not "${name}".`;
  return isWords(member) ? null : `"${name}" is a list of 1 to ${String(MOST_WORDS)} texts.`;
}

function isWords(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MOST_WORDS &&
    value.every((word) => typeof word === 'string' && word.length > 0 && word.length <= LONGEST_WORD)
  );
}

function payloadProblem(value: unknown, depth: number): string | null {
  if (depth === 0 && !isObject(value)) return '"payload" is an object of conditions.';
  if (depth > DEEPEST) return '"payload" is nested too deeply.';
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, member] of Object.entries(value)) {
    if (name.startsWith('$') && !OPERATORS.has(name)) return `"payload" has no operator "${name}".`;
    const problem = payloadProblem(member, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function no(problem: string): FilterReading {
  return { ok: false, problem };
}
