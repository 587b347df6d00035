import { instant } from '../ids.js';
import type { Instant } from '../ids.js';
import type { CallResult } from './call.js';

const SECOND = 1000;

/**
 * The times that follow from a leg's start and its lengths: a menu, then it rings and waits, then somebody talks.
 *
 * A length that was not reported counts as none. A leg is answered when a person or a voicemail box took it.
 */
export function legTimes(leg: {
  startedAt: Instant | null;
  ringSeconds: number | null;
  queueSeconds: number | null;
  menuSeconds?: number;
  talkSeconds: number | null;
  result: CallResult;
}): { answeredAt: Instant | null; endedAt: Instant | null } {
  if (leg.startedAt === null) return { answeredAt: null, endedAt: null };
  const before = (leg.menuSeconds ?? 0) + (leg.ringSeconds ?? 0) + (leg.queueSeconds ?? 0);
  const waited = leg.startedAt + before * SECOND;
  return {
    answeredAt: leg.result === 'answered' || leg.result === 'voicemail' ? instant(waited) : null,
    endedAt: instant(waited + (leg.talkSeconds ?? 0) * SECOND),
  };
}
