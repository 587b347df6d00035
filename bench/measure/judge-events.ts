import type { LoadOutcome } from '../load/load-contract.js';
import { courseStep } from '../load/ask/calls-in-course.js';

export interface EventsCame {
  /** Of each event: the question that told of it, the socket's number, and when it came on the clock of the load. */
  questions: Uint32Array;
  sockets: Uint32Array;
  atMs: Float64Array;
}

export interface EventsJudged {
  /** Of each step of a call that was accepted, an event at each socket of its tenant. */
  owed: number;
  lost: number;
  duplicates: number;
  /** From the moment the webhook was due to the event at each socket. */
  socketMs: number[];
}

/**
 * Compares what was accepted with what came at the sockets.
 *
 * @param each  sockets of a tenant
 */
export function judgeEvents(
  { sentMs, statuses }: Pick<LoadOutcome, 'sentMs' | 'statuses'>,
  { questions, sockets, atMs }: EventsCame,
  each: number,
): EventsJudged {
  const came = new Set<string>();
  const socketMs: number[] = [];
  let duplicates = 0;
  questions.forEach((question, index) => {
    const key = `${String(question)} ${String(sockets[index])}`;
    if (came.has(key)) {
      duplicates += 1;
      return;
    }
    came.add(key);
    if (isAccepted(statuses[question])) socketMs.push((atMs[index] ?? 0) - (sentMs[question] ?? 0));
  });
  const steps = statuses.reduce(
    (sum, status, question) => sum + (isAccepted(status) && courseStep(question) !== undefined ? 1 : 0),
    0,
  );
  const owed = steps * each;
  return { owed, lost: owed - socketMs.length, duplicates, socketMs };
}

function isAccepted(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
