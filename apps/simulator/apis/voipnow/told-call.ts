/** PhoneCall, as UnifiedAPI tells of a call that goes on and of one in the history. */
import { international } from '../../pbx/israeli-number.js';
import { SECOND_MS } from '../../voices/voice.js';
import type { Ending } from '../fate.js';
import type { OrderedCall, PbxDesk } from '../pbx-desk.js';
import { extended } from './extended-numbers.js';

const OUTGOING = 4;
const RINGING = 3;
const OTHER_SIDE_RINGING = 4;
const ON_CALL = 5;
/** ANSWERED, BUSY, FAILED, NO ANSWER by their numbers. */
const DISPOSITIONS: Readonly<Record<Ending, number>> = { answered: 0, busy: 1, unallocated: 2, no_answer: 3 };
export const VIEW_ID = '00';

/** Members that are null are left out. */
export function liveCall(call: OrderedCall, desk: PbxDesk): object {
  const isAnswered = desk.isAnswered(call);
  const answers = call.script.parts.find(({ step }) => step === 'agent')?.answered ?? 0;
  const waits = desk.secondsOf(call) < answers ? RINGING : OTHER_SIDE_RINGING;
  const answered = isAnswered ? { answered: written(call.startedAt + answers * SECOND_MS) } : {};
  const view = {
    id: VIEW_ID,
    extension: extended(call.agent),
    source: [extended(call.agent)],
    destination: [numberOf(call)],
    flow: OUTGOING,
    status: isAnswered ? ON_CALL : waits,
    ringing: written(call.startedAt),
    ...answered,
  };
  return { ...about(call), ...answered, phoneCallView: [view] };
}

/** The history does not tell nonces, and writes one party where the list of calls writes several. */
export function pastCall(call: OrderedCall, desk: PbxDesk): object {
  const isTalk = call.fate.ending === 'answered' && desk.isAnswered(call);
  const view = {
    source: extended(call.agent),
    destination: numberOf(call),
    flow: OUTGOING,
    disposition: isTalk ? DISPOSITIONS.answered : DISPOSITIONS[endingOf(call)],
  };
  const { nonce: _nonce, ...told } = about(call);
  return { ...told, ...(isTalk ? { answered: written(call.startedAt) } : {}), phoneCallView: [view] };
}

/** Milliseconds since 1970, when the history got it. */
export function savedAt(call: OrderedCall, desk: PbxDesk): number {
  return Math.min(desk.now(), call.startedAt + call.script.until * SECOND_MS);
}

function about(call: OrderedCall) {
  const { nonce } = call.variables;
  return {
    id: call.id,
    ...(nonce === undefined ? {} : { nonce }),
    extension: extended(call.agent),
    ownerId: '3',
    ownerName: 'Simulated Office',
    published: written(call.startedAt),
  };
}

/** A call that was hung up before it was answered had no answer. */
function endingOf({ fate: { ending } }: OrderedCall): Ending {
  return ending === 'answered' ? 'no_answer' : ending;
}

/** Local numbers as the world dials them; extensions as they are. */
function numberOf({ outside }: OrderedCall): string {
  return /^0\d{8,9}$/.test(outside) ? international(outside) : outside;
}

function written(atMs: number): string {
  return `${new Date(Math.floor(atMs)).toISOString().slice(0, 19)}Z`;
}
