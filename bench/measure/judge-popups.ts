import type { LoadOutcome } from '../load/load-contract.js';

export interface PopupsJudged {
  /** Webhooks that were accepted, each of which is owed to one page. */
  owed: number;
  lost: number;
  /** Came again, at whatever page. */
  duplicates: number;
  /** From the moment the webhook was due to the message at the socket. */
  socketMs: number[];
}

/**
 * Compares what was accepted with what came at the pages.
 *
 * @param calls  numbers of the calls whose popups came, in that order
 * @param atMs  when each came, on the clock of the load
 */
export function judgePopups(
  { sentMs, statuses }: Pick<LoadOutcome, 'sentMs' | 'statuses'>,
  { calls, atMs }: { calls: Uint32Array; atMs: Float64Array },
): PopupsJudged {
  const came = new Map<number, number>();
  let duplicates = 0;
  calls.forEach((call, index) => {
    if (came.has(call)) duplicates += 1;
    else came.set(call, atMs[index] ?? 0);
  });
  const socketMs: number[] = [];
  let owed = 0;
  statuses.forEach((status, call) => {
    if (status < 200 || status >= 300) return;
    owed += 1;
    const at = came.get(call);
    if (at !== undefined) socketMs.push(at - (sentMs[call] ?? 0));
  });
  return { owed, lost: owed - socketMs.length, duplicates, socketMs };
}
