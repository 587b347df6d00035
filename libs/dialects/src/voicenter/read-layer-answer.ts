/** Reads replies of External Layer IVR (seed section 12, the vendor's samples): the other side of `writeLayerAnswer`. */
import type { IvrAction, IvrAnswer, IvrNext, IvrPrompt, IvrTarget } from '#domain';
import { squeezed } from '../content/squeezed.js';
import {
  customDataIn,
  fieldsOf,
  flagIn,
  languageIn,
  listIn,
  neededText,
  neededWhole,
  NotAnAnswer,
  textIn,
  wholeIn,
  type AnswerFields,
} from './answer-fields.js';

/** Of the seed's example, for a reply that does not say; only External IVR makes them mandatory. */
const RING_SECONDS = 30;
const CALL_SECONDS = 7200;

const READERS = {
  GO_TO_LAYER: (fields) => ({
    do: 'layer',
    layer: neededWhole(fields, 'LAYER'),
    recording: null,
    loops: 1,
    delaySeconds: 0,
  }),
  DIAL: dial,
  SAY_DIGITS: (fields) => ({
    do: 'say',
    prompts: listIn(fields, 'DATA').map(prompt),
    nextLayer: wholeIn(fields, 'NEXT_LAYER'),
    ifFailedLayer: wholeIn(fields, 'NEXT_LAYER_IF_FAILED'),
  }),
} satisfies Record<string, (fields: AnswerFields) => IvrAction>;

const READER_OF = new Map<string, (fields: AnswerFields) => IvrAction>(
  Object.entries(READERS).map(([name, reader]) => [squeezed(name), reader]),
);

/**
 * @param fields  of a reply whose STATUS is 0
 * @throws NotAnAnswer
 */
export function readLayerAnswer(fields: AnswerFields): IvrAnswer {
  const read = READER_OF.get(squeezed(neededText(fields, 'ACTION')));
  if (read === undefined) throw new NotAnAnswer(`ACTION is none of ${Object.keys(READERS).join(', ')}.`);
  const action = read(fields);
  return {
    kind: 'ivr',
    action,
    language: languageIn(fields),
    // The name of a call is in its action.
    callerName: action.do === 'dial' ? null : textIn(fields, 'CALLER_NAME'),
    customData: customDataIn(fields),
  };
}

function dial(fields: AnswerFields): IvrAction {
  const targets = listIn(fields, 'TARGETS').map(target);
  if (targets.length === 0) throw new NotAnAnswer('TARGETS is missing.');
  const ifFailed = next(wholeIn(fields, 'NEXT_VO_ID'));
  const ifUnanswered = next(wholeIn(fields, 'UNAVAILABLE_VO_ID') ?? wholeIn(fields, 'UNAVAILABLE_VO'));
  // Said of itself even where it is nothing: what is left out is as `ifFailed`.
  const differs = ifUnanswered?.to !== ifFailed?.to;
  return {
    do: 'dial',
    targets,
    callerId: textIn(fields, 'CALLER_ID'),
    callerName: textIn(fields, 'CALLER_NAME'),
    maxRingSeconds: wholeIn(fields, 'MAX_DIAL_DURATION') ?? RING_SECONDS,
    maxCallSeconds: wholeIn(fields, 'MAX_CALL_DURATION') ?? CALL_SECONDS,
    record: flagIn(fields, 'RECORDING') ?? false,
    callerRecording: null,
    targetRecording: null,
    musicClass: null,
    sendDigits: null,
    dialStrings: [],
    ifFailed,
    ...(differs && { ifUnanswered }),
    afterwards: next(wholeIn(fields, 'ANSWER_NEXT_VO_ID')),
  };
}

const TARGET_TYPES = new Map<string, IvrTarget['type']>([
  ['phone', 'phone'],
  ['extension', 'extension'],
]);

function target(value: unknown): IvrTarget {
  const fields = fieldsOf(value, 'A target');
  const type = TARGET_TYPES.get(squeezed(textIn(fields, 'TYPE') ?? 'PHONE'));
  if (type === undefined) throw new NotAnAnswer('TYPE of a target is neither PHONE nor EXTENSION.');
  return { type, target: neededText(fields, 'TARGET') };
}

function next(layer: number | null): IvrNext | null {
  if (layer === null) return null;
  return { to: String(layer), recording: null, loops: null, maxDigits: null, delaySeconds: null };
}

const PROMPTS = new Map<string, (content: string) => IvrPrompt>([
  ['recording', (recording) => ({ say: 'recording', recording })],
  ['digits', (digits) => ({ say: 'digits', digits })],
  ['number', (number) => ({ say: 'number', number })],
  ['date', (date) => ({ say: 'date', date })],
  ['datetime', (dateTime) => ({ say: 'dateTime', dateTime })],
]);

function prompt(value: unknown): IvrPrompt {
  const fields = fieldsOf(value, 'An item of DATA');
  const make = PROMPTS.get(squeezed(neededText(fields, 'RecordType')));
  if (make === undefined) {
    throw new NotAnAnswer('RecordType is none of Recording, Digits, Number, Date and DateTime.');
  }
  return make(neededText(fields, 'Content'));
}
