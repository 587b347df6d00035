import type { CallWrite } from './enrichment.js';
import { pgArray } from './pg-array.js';
import { withoutNul } from './without-nul.js';

/** A PBX may say any number; what is more than this is no time of a call. */
const MOST_SECONDS = 2_147_483_647;
/** What is longer is nobody's code; the record has all of it. */
const LONGEST = 255;

/** What calls are counted and found by: ring and talk seconds, missed, recorded, the agent's code, the queue's id, our agents. */
export function countedColumns(writes: readonly CallWrite[]): Buffer[] {
  const { bool, int4, text } = pgArray;
  const calls = writes.map(({ call }) => call);
  return [
    int4(calls.map(({ ringSeconds }) => whole(ringSeconds))),
    int4(calls.map(({ talkSeconds }) => whole(talkSeconds))),
    bool(calls.map(({ missed }) => missed)),
    bool(calls.map(({ recordings }) => recordings.length > 0)),
    text(calls.map(({ agent }) => cut(agent?.code))),
    text(calls.map(({ queue }) => cut(queue?.id))),
    text(writes.map(({ agents }) => (agents.length === 0 ? null : `{${agents.join()}}`))),
  ];
}

function whole(seconds: number | null): number | null {
  return seconds === null ? null : Math.min(MOST_SECONDS, Math.max(0, Math.round(seconds)));
}

function cut(word: string | null | undefined): string | null {
  return withoutNul(word?.slice(0, LONGEST).toWellFormed() ?? null);
}
