import type { AgentNow, Board, Party, QueueNow } from './live-board';
import { queueKeyOf } from './live-board';

export interface QueueCounts {
  answered: number;
  abandoned: number;
}

export interface QueueRow extends QueueCounts {
  key: string;
  name: string;
  waiting: number;
  longestSince: string | null;
}

/** What an agent is, in one word: what they do goes before what they said of themselves. */
export const AGENT_WORDS = ['ringing', 'unreachable', 'paused', 'busy', 'free', 'away'] as const;
export type AgentWord = (typeof AGENT_WORDS)[number];

export interface AgentRow {
  agent: string;
  name: string;
  word: AgentWord;
  since: string | null;
  party: Party | null;
  answered: number;
  talkSeconds: number;
}

interface QueueFacts {
  now: readonly QueueNow[];
  /** Names of the directory, and counts of today, both by `CONNECTION/ID`. */
  names: ReadonlyMap<string, string>;
  today: ReadonlyMap<string, QueueCounts>;
}

const NO_COUNTS: QueueCounts = { answered: 0, abandoned: 0 };

/** Where people wait longest comes first, then where most hung up today. Queues without a call now or today are there if they have a name. */
export function queuesByTrouble({ now, names, today }: QueueFacts): QueueRow[] {
  const live = new Map(now.map((queue) => [queueKeyOf(queue), queue]));
  const keys = new Set([...live.keys(), ...today.keys(), ...names.keys()]);
  const rows = [...keys].map((key): QueueRow => {
    const queue = live.get(key);
    const name = names.get(key) ?? queue?.name ?? key.slice(key.indexOf('/') + 1);
    const { waiting = 0, longestSince = null } = queue ?? {};
    return { key, name, waiting, longestSince, ...(today.get(key) ?? NO_COUNTS) };
  });
  return rows.sort(
    (one, other) =>
      textOrder(one.longestSince, other.longestSince) ||
      other.waiting - one.waiting ||
      abandonedShare(other) - abandonedShare(one) ||
      one.name.localeCompare(other.name),
  );
}

/** 0 where nobody called. */
export function abandonedShare({ answered, abandoned }: QueueCounts): number {
  return abandoned === 0 ? 0 : abandoned / (answered + abandoned);
}

interface AgentFacts {
  people: readonly { id: string; name: string }[];
  board: Pick<Board, 'agents' | 'parties'>;
  today: ReadonlyMap<string, { answered: number; talkSeconds: number }>;
}

/** Whoever needs a look comes first: a phone that rings, one that is not there, a break; the longest of a kind before the others. */
export function agentsByTrouble({ people, board, today }: AgentFacts): AgentRow[] {
  const rows = people.map(({ id, name }): AgentRow => {
    const now = board.agents.get(id);
    const { answered = 0, talkSeconds = 0 } = today.get(id) ?? {};
    const party = now !== undefined && isOnThePhone(now) ? (board.parties.get(id) ?? null) : null;
    return { agent: id, name, ...standingOf(now), party, answered, talkSeconds };
  });
  return rows.sort(
    (one, other) =>
      AGENT_WORDS.indexOf(one.word) - AGENT_WORDS.indexOf(other.word) ||
      textOrder(one.since, other.since) ||
      one.name.localeCompare(other.name),
  );
}

function isOnThePhone({ state }: AgentNow): boolean {
  return state === 'ringing' || state === 'busy';
}

function standingOf(now: AgentNow | undefined): Pick<AgentRow, 'word' | 'since'> {
  if (now === undefined) return { word: 'free', since: null };
  const { state, since, said } = now;
  if (isOnThePhone(now)) return { word: state, since };
  if (said !== null && said.standing !== 'available') return { word: said.standing, since: said.since };
  return { word: state, since };
}

/** The earlier first; what has no time last. */
function textOrder(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other ? -1 : 1;
}
