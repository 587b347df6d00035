/** What one message lets us hear of its leg, and what several do. */
import { instant, type Instant } from '../ids.js';
import type { CallResult, Heard } from './call.js';
import type { LegPhase, LegReport } from './leg-report.js';
import { RESULT_RANK } from './result-rank.js';
import { wasTaken } from './was-taken.js';

const PHASE_RANK: Readonly<Record<LegPhase, number>> = { noted: 0, ringing: 1, answered: 2, ended: 3 };
const RANKS = 1 + Math.max(...Object.values(RESULT_RANK));

export const NOTHING_HEARD: Heard = Object.freeze({
  start: null,
  rang: null,
  rangLast: null,
  answered: null,
  live: null,
  endedFirst: null,
  ended: null,
  turn: null,
  endedTurn: null,
  taken: false,
  untaken: false,
  elsewhere: false,
  word: 0,
});

/** The vendor's word for the end says more than the one for the answer, and that more than the one for the ringing. */
export function wordOf(phase: LegPhase, result: CallResult): number {
  return PHASE_RANK[phase] * RANKS + RESULT_RANK[result];
}

type Said = Pick<LegReport, 'phase' | 'result'> & {
  queued?: boolean;
  takenAgoMs?: number | undefined;
  resultGuessed?: boolean;
  endGuessed?: boolean;
};

/** @param start  that the message tells of a leg that nobody has accounted for */
export function heardIn(
  { phase, result, queued, takenAgoMs, resultGuessed = false, endGuessed = false }: Said,
  { start, elsewhere, receivedAt }: { start: Instant | null; elsewhere: boolean; receivedAt: Instant },
): Heard {
  const [rings, ends] = [phase === 'ringing', phase === 'ended'];
  const runs = rings || phase === 'answered';
  const rang = rings ? receivedAt : null;
  const ended = ends && !endGuessed ? receivedAt : null;
  const heard: Heard = {
    start,
    rang,
    rangLast: rang,
    answered: phase === 'answered' ? receivedAt : null,
    live: runs ? receivedAt : null,
    endedFirst: ended,
    ended,
    turn: runs ? start : null,
    endedTurn: ends ? start : null,
    taken: ends && wasTaken(result),
    untaken: ends && !resultGuessed && result !== 'unknown' && !wasTaken(result),
    elsewhere,
    word: wordOf(phase, result),
  };
  if (ends && endGuessed) heard.goneAfter = receivedAt;
  if (queued === true) heard.queued = receivedAt;
  if (takenAgoMs !== undefined) heard.took = instant(Math.max(0, receivedAt - takenAgoMs));
  return heard;
}

/** @param word  of the message whose status stays */
export function mergeHeard(a: Heard, b: Heard, word: number): Heard {
  const queued = least(a.queued ?? null, b.queued ?? null);
  const took = least(a.took ?? null, b.took ?? null);
  const goneAfter = greatest(a.goneAfter ?? null, b.goneAfter ?? null);
  const heard: Heard = {
    start: least(a.start, b.start),
    rang: least(a.rang, b.rang),
    rangLast: greatest(a.rangLast, b.rangLast),
    answered: least(a.answered, b.answered),
    live: greatest(a.live, b.live),
    endedFirst: least(a.endedFirst, b.endedFirst),
    ended: greatest(a.ended, b.ended),
    turn: greatest(a.turn, b.turn),
    endedTurn: greatest(a.endedTurn, b.endedTurn),
    taken: a.taken || b.taken,
    untaken: a.untaken || b.untaken,
    elsewhere: a.elsewhere || b.elsewhere,
    word,
  };
  if (goneAfter !== null) heard.goneAfter = goneAfter;
  if (queued !== null) heard.queued = queued;
  if (took !== null) heard.took = took;
  return heard;
}

/** What was kept by builds that listened less closely. @param result  of the leg */
export function heardBefore(known: Partial<Heard>, result: CallResult): Heard {
  const { start = null, rang = null, answered = null, live = null, ended = null } = known;
  const phase: LegPhase = ended !== null ? 'ended' : answered !== null ? 'answered' : 'ringing';
  return {
    ...NOTHING_HEARD,
    rangLast: rang,
    endedFirst: ended,
    turn: live === null ? null : start,
    endedTurn: ended === null ? null : start,
    taken: ended !== null && wasTaken(result),
    word: wordOf(phase, result),
    ...known,
  };
}

function least(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return a <= b ? a : b;
}

function greatest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return a >= b ? a : b;
}
