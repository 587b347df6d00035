/**
 * How many calls a predictive campaign places now: the words of it. Everything here is a plain value. The engine reads
 * facts about once a second and at each outcome, asks `planCalls`, and stores what `learnPacing` returns as JSON.
 */
import type { Instant } from '../ids.js';

export const PACING_METHODS = ['progressive', 'adaptive', 'planner'] as const;
/**
 * `progressive`: one call for each free agent. `adaptive`: a coefficient times the free agents, for providers that pace
 * themselves. `planner`: as many as the risk of abandoning a customer allows.
 */
export type PacingMethod = (typeof PACING_METHODS)[number];

export interface PacingSettings {
  method: PacingMethod;
  /** The share of live answers that may find no agent in time: 0.001 to 0.1. */
  abandonTarget: number;
  /** The most calls that are being dialled or wait for an agent at one time; null: as many as the pacing asks for. */
  maxLines: number | null;
  /** `adaptive`: lines for each free agent at the start, 1 or more; null: 1. */
  startCoefficient: number | null;
  /** With so many customers waiting no call is placed beyond progressive; null: the pacing alone decides. */
  waitingCap: number | null;
  /** An answered customer who has waited this long counts as abandoned. */
  waitLimitMs: number;
}

export const DEFAULT_PACING: PacingSettings = {
  method: 'planner',
  abandonTarget: 0.02,
  maxLines: null,
  startCoefficient: null,
  waitingCap: null,
  waitLimitMs: 2_000,
};

/** What is known of the calls of one key: weights of those that were answered and of those that were not. */
export type KeyRate = readonly [fingerprint: string, answered: number, failed: number];

/** What a campaign has learned. Plain JSON below 8 kB however long it runs; read back by `readPacingMemory`. */
export interface PacingMemory {
  /** Calls that came to an end of ringing, and how many of those were answered, since the campaign began. */
  dials: number;
  answers: number;
  /** Of all keys together, then key by key, the one that was heard of last at the end. Old calls fade. */
  overall: readonly [answered: number, failed: number];
  rates: readonly KeyRate[];
  /** Counts by how long it took, see `Spread`: until an answer, until a failure, the conversation, what came after it. */
  answerRing: readonly number[];
  failedRing: readonly number[];
  talk: readonly number[];
  wrap: readonly number[];
  /** The planner's logarithm of the risk that it takes, relative to the target. */
  lnRisk: number;
  /** The adaptive method's logarithm of lines for each free agent. */
  lnCoefficient: number;
  /** The last 50 answers, the last one at the end: 1 for one that was abandoned, 0 for one that was served. */
  lastAnswers: string;
}

/** What happened since the last time, in the order in which it happened. Junk in it is passed over. */
export type PacingNews =
  /** A customer answered, so long after the call was sent. The key says what calls are alike: list, hour, country. */
  | { kind: 'answered'; key: string; ringMs: number }
  /** A call ended without an answer, so long after it was sent. */
  | { kind: 'failed'; key: string; ringMs: number }
  /** How it went on for one who answered. */
  | { kind: 'served' | 'abandoned' }
  /** An agent is free again `ms` after getting a customer; `wrapMs` of it came after the call, if that is known. */
  | { kind: 'handled'; ms: number; wrapMs?: number };

export interface PacingAgent {
  /** `wrap` only if `since` is the end of the call; else an agent is `busy` from getting the customer until free. */
  state: 'idle' | 'busy' | 'wrap';
  since: Instant;
}

export interface PacingFacts {
  now: Instant;
  /** When the states of agents and calls below were true; null when nothing was heard yet. */
  telemetryAt: Instant | null;
  agents: readonly PacingAgent[];
  /** Calls that were sent and have neither been answered nor failed. */
  outstanding: readonly { sentAt: Instant; key: string }[];
  /** Customers who answered and wait for an agent. */
  waiting: number;
  /** Who could be called now, the next one first. No more than these are placed. */
  candidates: readonly { key: string }[];
  ledger: Ledger;
}

export interface LedgerWindow {
  /** Live answers in it. */
  answers: number;
  /** Those of them who were abandoned. */
  drops: number;
}

/** The campaign's answers as its rows tell them, never a counter of ours. */
export interface Ledger {
  day: LedgerWindow;
  rolling24h: LedgerWindow;
  days30: LedgerWindow;
}

export interface PacingPlan {
  /** Calls to place now, 0 or more, never more than there are candidates. */
  place: number;
  /** What decided: the method, the progressive rule that it fell back to, or nothing may be placed. */
  rule: PacingMethod | 'stop';
  /** The reason, one sentence for people. */
  why: string;
}
