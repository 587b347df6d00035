/** Reads one popup, whatever format its fields came in (seed section 2, design "Dialects"). */
import type { CallResult, Direction, LegPhase, LegReport, PopupQuestion } from '#domain';
import type { Fields } from '../content/known-fields.js';
import { FieldReader } from '../content/field-reader.js';
import { rawOf } from '../content/raw-of.js';
import { squeezed } from '../content/squeezed.js';
import { directionNamed } from './direction-of.js';
import { popupFields } from './popup-fields.js';
import type { PopupFieldName } from './popup-fields.js';
import { nobodyMissedBy, resultOf } from './statuses.js';

export type PopupReading =
  | { ok: true; report: LegReport | null; question: PopupQuestion; unreadable?: string }
  | { ok: false; reason: string };

const PHASES = new Map<string, LegPhase>([
  ['ringing', 'ringing'],
  ['ring', 'ringing'],
  ['talking', 'answered'],
  ['answered', 'answered'],
  ['answer', 'answered'],
  ['hangup', 'ended'],
  ['ended', 'ended'],
]);
/**
 * There is a report where the call is known. A status that is not in the table says nothing of its phase: taken for a
 * ringing phone it would open an ended call again, so what it tells is only noted. One that is missing is the first kind of
 * popup, which is only sent while the phone rings.
 */
export function readPopup(message: Fields): PopupReading {
  const { customData, ...sorted } = popupFields(message);
  const read = new FieldReader(sorted);
  const callId = read.vendorId('callId', 'ivrid');
  const number = read.party('phone') || read.party('originalCaller');
  if (callId.id === null && number.trim() === '') {
    return { ok: false, reason: callId.reason ?? 'The popup has neither a phone nor an ivrid.' };
  }
  const extension = read.extension('extension');
  const direction = directionIn(read);
  const inside = direction === 'internal' || (extension !== null && number.trim() === extension);
  const question: PopupQuestion = {
    kind: 'popup',
    number,
    ...(inside ? { numberKind: 'extension' } : {}),
    vendorCallId: callId.id,
    extension,
    did: read.phone('did'),
    customData,
  };
  if (callId.id !== null) {
    return { ok: true, report: reportOf(read, { callId: callId.id, question, direction }), question };
  }
  // Whoever calls is shown; of which call that is nobody knows.
  const why = callId.reason !== null && { unreadable: callId.reason };
  return { ok: true, report: null, question, ...why };
}

function reportOf(
  read: FieldReader<PopupFieldName>,
  { callId, question, direction }: { callId: string; question: PopupQuestion; direction: Direction },
): LegReport {
  const { extension, did, customData } = question;
  const status = read.word('status');
  const phase = read.has('status') ? (PHASES.get(squeezed(status)) ?? 'noted') : 'ringing';
  const cause = phase === 'ended' ? read.text('cause') : null;
  const answered = read.flag('answered');
  const isGuess = phase === 'ended' && answered === null && resultOf(cause ?? '', direction) === 'unknown';
  read.keep('originalCaller');
  if (phase !== 'ended') read.keep('cause');
  return {
    phase,
    vendorCallId: callId,
    // One phone of possibly several: when it stops ringing, the call goes on at the others.
    leg: `x${extension ?? ''}`,
    vendorType: '',
    vendorStatus: cause ?? status,
    direction,
    result: resultIn(phase, direction, { cause, answered: answered === true }),
    ...(isGuess && { resultGuessed: true as const }),
    ...nobodyMissedBy(cause ?? ''),
    ...(phase === 'noted' && status !== '' && { unknownWords: [{ kind: 'status' as const, word: status }] }),
    ...read.moment('started'),
    ...NOT_TOLD,
    ...partiesIn(question, direction),
    did,
    extension,
    customData,
    // Last: whatever is read above may be left over.
    ...read.notes(),
    raw: rawOf(read.leftOver()),
  };
}

function directionIn(read: FieldReader<PopupFieldName>): Direction {
  const said = read.readBy('direction', directionNamed);
  return read.flag('isInternal') === true ? 'internal' : (said ?? 'inbound');
}

/** The party outside, and our end of the call: the extension, else the number that was called. */
function partiesIn(
  { number, numberKind, extension, did }: PopupQuestion,
  direction: Direction,
): Pick<LegReport, 'from' | 'fromKind' | 'to' | 'toKind'> {
  const ours = extension ?? did ?? '';
  const ourKind = extension === null ? undefined : ('extension' as const);
  const [from, to, fromKind, toKind] =
    direction === 'outbound' ? [ours, number, ourKind, numberKind] : [number, ours, numberKind, ourKind];
  return { from, ...(fromKind && { fromKind }), to, ...(toKind && { toKind }) };
}

/** What a popup never tells. A length would make the CDR's account of the call look like one of several. */
const NOT_TOLD = {
  ringSeconds: null,
  queueSeconds: null,
  talkSeconds: null,
  agent: null,
  queue: null,
  department: null,
  price: null,
  recordings: [],
  ivrPath: [],
  transferOf: null,
  ai: null,
};

/**
 * A phone that stopped ringing unanswered was missed, unless the cause knows better; one of ours that gave up while it
 * called has changed its mind. Who answered elsewhere is recognised by `vendorStatus`.
 */
function resultIn(
  phase: LegPhase,
  direction: Direction,
  { cause, answered }: { cause: string | null; answered: boolean },
): CallResult {
  if (phase === 'ringing' || phase === 'noted') return 'unknown';
  if (phase === 'answered' || answered) return 'answered';
  const told = resultOf(cause ?? '', direction);
  if (told !== 'unknown') return told;
  return direction === 'inbound' ? 'missed' : 'cancelled';
}
