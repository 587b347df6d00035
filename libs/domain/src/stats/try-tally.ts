/**
 * What came of an endpoint's tries, as counters that can be added: those of a process to those of another, those of a minute
 * to those of an hour. Plain JSON. Only what happened has a counter, so a quiet endpoint's tally is a few bytes.
 */
import type { OutcomeClass } from '../delivery/outcome.js';
import { latencyBucket } from './latency-buckets.js';

export interface CountedTry {
  outcome: OutcomeClass;
  /** HTTP status; null when there was no answer. */
  status: number | null;
  durationMs: number;
}

export interface TryTally {
  /** By what was counted: `outcome.delivered`, `status.2xx` or `status.none`, and `answered.17` or `unanswered.17` by bucket of time. */
  counts: Record<string, number>;
  /** 0 where nothing was answered. */
  longestAnsweredMs: number;
  longestMs: number;
}

/** The hundred of a status, or that there was none. */
export const STATUS_CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx', 'none'] as const;
export type StatusClass = (typeof STATUS_CLASSES)[number];

export function noTries(): TryTally {
  return { counts: {}, longestAnsweredMs: 0, longestMs: 0 };
}

/** Counts one more try, in place: this is done for each. */
export function countTry(tally: TryTally, { outcome, status, durationMs }: CountedTry): void {
  const heard = status === null ? 'unanswered' : 'answered';
  add(tally.counts, `outcome.${outcome}`, 1);
  add(tally.counts, `status.${statusClass(status)}`, 1);
  add(tally.counts, `${heard}.${latencyBucket(durationMs)}`, 1);
  tally.longestMs = Math.max(tally.longestMs, durationMs);
  if (status !== null) tally.longestAnsweredMs = Math.max(tally.longestAnsweredMs, durationMs);
}

/** Adds `more` to `tally`, in place. */
export function addTally(tally: TryTally, more: Readonly<TryTally>): void {
  for (const [name, count] of Object.entries(more.counts)) add(tally.counts, name, count);
  tally.longestAnsweredMs = Math.max(tally.longestAnsweredMs, more.longestAnsweredMs);
  tally.longestMs = Math.max(tally.longestMs, more.longestMs);
}

function add(counts: Record<string, number>, name: string, count: number): void {
  counts[name] = (counts[name] ?? 0) + count;
}

function statusClass(status: number | null): StatusClass {
  const hundred = status === null ? 'none' : `${Math.floor(status / 100)}xx`;
  return STATUS_CLASSES.find((known) => known === hundred) ?? 'none';
}
