/** Reads one popup, whatever format its fields came in (seed section 2, design "Dialects"). */
import type { CallResult, Direction, LegPhase, LegReport, PopupQuestion } from '#domain';
import type { Fields } from '../content/known-fields.js';
import { readVendorId } from '../content/read-vendor-id.js';
import { epochSeconds, isBlank, rawText, text } from '../content/scalars.js';
import { squeezed } from '../content/squeezed.js';
import { directionNamed } from './direction-of.js';
import { popupFields } from './popup-fields.js';
import type { PopupFields } from './popup-fields.js';
import { nobodyMissedBy, resultOf } from './statuses.js';

export type PopupReading =
  { ok: true; report: LegReport | null; question: PopupQuestion } | { ok: false; reason: string };

const PHASES = new Map<string, LegPhase>([
  ['ringing', 'ringing'],
  ['ring', 'ringing'],
  ['talking', 'answered'],
  ['answered', 'answered'],
  ['answer', 'answered'],
  ['hangup', 'ended'],
  ['ended', 'ended'],
]);
const YES = new Set(['true', '1', 'yes']);

/**
 * There is a report where the call and its phase are known. A status that is not in the table says nothing of either: taken
 * for a ringing phone it would open an ended call again. One that is missing is the first kind of popup, which is only sent
 * while the phone rings.
 */
export function readPopup(message: Fields): PopupReading {
  const fields = popupFields(message);
  const { known } = fields;
  const callId = readVendorId(known.callId?.value, 'ivrid');
  if (!callId.ok) return callId;
  const number = rawText((known.phone ?? known.originalCaller)?.value);
  if (callId.id === null && number.trim() === '') {
    return { ok: false, reason: 'The popup has neither a phone nor an ivrid.' };
  }
  const question: PopupQuestion = {
    kind: 'popup',
    number,
    vendorCallId: callId.id,
    extension: text(known.extension?.value),
    did: text(known.did?.value),
    customData: fields.customData,
  };
  const status = known.status === undefined ? 'ringing' : squeezed(rawText(known.status.value));
  const phase = PHASES.get(status);
  if (phase === undefined || callId.id === null) return { ok: true, report: null, question };
  const report = reportOf(fields, { callId: callId.id, phase, question });
  return { ok: true, report, question };
}

function reportOf(
  { known, customData, raw }: PopupFields,
  { callId, phase, question }: { callId: string; phase: LegPhase; question: PopupQuestion },
): LegReport {
  const { number, extension, did } = question;
  const direction = isYes(known.isInternal?.value)
    ? 'internal'
    : (directionNamed(rawText(known.direction?.value)) ?? 'inbound');
  const ours = extension ?? did ?? '';
  const [from, to] = direction === 'outbound' ? [ours, number] : [number, ours];
  const cause = phase === 'ended' ? text(known.cause?.value) : null;
  const outcome = { cause, answered: isYes(known.answered?.value) };
  const isGuess =
    phase === 'ended' && isBlank(known.answered?.value) && resultOf(cause ?? '', direction) === 'unknown';
  return {
    phase,
    vendorCallId: callId,
    // One phone of possibly several: when it stops ringing, the call goes on at the others.
    leg: `x${extension ?? ''}`,
    vendorType: '',
    vendorStatus: cause ?? rawText(known.status?.value),
    direction,
    result: resultIn(phase, direction, outcome),
    ...(isGuess && { resultGuessed: true }),
    ...nobodyMissedBy(cause ?? ''),
    startedEpochSeconds: epochSeconds(known.started?.value),
    ...NOT_TOLD,
    from,
    to,
    did,
    extension,
    customData,
    raw: withUnplaced(raw, known, phase),
  };
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

function withUnplaced(
  raw: Record<string, unknown>,
  { cause, originalCaller, started }: PopupFields['known'],
  phase: LegPhase,
): Record<string, unknown> {
  const unplaced = [
    originalCaller,
    phase === 'ended' ? undefined : cause,
    epochSeconds(started?.value) === null ? started : undefined,
  ];
  const kept = unplaced.flatMap((field) => (field ? [[field.name, field.value] as const] : []));
  return Object.fromEntries([...Object.entries(raw), ...kept]);
}

/**
 * A phone that stopped ringing unanswered was missed, unless the cause knows better; one of ours that gave up while it
 * called has changed its mind. Who answered elsewhere is recognised by `vendorStatus`.
 */
function resultIn(
  phase: LegPhase,
  direction: Direction,
  { cause, answered }: { cause: string | null; answered: boolean },
): CallResult {
  if (phase === 'ringing') return 'unknown';
  if (phase === 'answered' || answered) return 'answered';
  const told = resultOf(cause ?? '', direction);
  if (told !== 'unknown') return told;
  return direction === 'inbound' ? 'missed' : 'cancelled';
}

/** Flags come as JSON's, as numbers and as words. */
function isYes(value: unknown): boolean {
  return YES.has(squeezed(rawText(value)));
}
