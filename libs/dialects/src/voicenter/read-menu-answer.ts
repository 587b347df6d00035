/** Reads replies of External IVR (seed section 5.1, "Action options"): the other side of `writeMenuAnswer`. */
import type { IvrAction, IvrAnswer, IvrNext, IvrPrompt } from '#domain';
import { rawText } from '../content/scalars.js';
import { squeezed } from '../content/squeezed.js';
import {
  customDataIn,
  fieldsOf,
  languageIn,
  listIn,
  neededFlag,
  neededText,
  neededWhole,
  NotAnAnswer,
  presentRecording,
  presentText,
  recordingIn,
  textIn,
  valueOf,
  wholeIn,
  type AnswerFields,
} from './answer-fields.js';

const READERS = {
  MENU: (data) => menu(data, playing(presentRecording(data, 'REC'))),
  SAYDIGITS: sayDigits,
  CALL: call,
  HANGUP: (data) => ({
    do: 'hangup',
    recording: recordingIn(data, 'HANGUP_REC'),
    cause: wholeIn(data, 'HANGUP_CAUSE'),
  }),
  VO: (data) => ({
    do: 'layer',
    layer: neededWhole(data, 'LAYER'),
    recording: presentRecording(data, 'RECORD'),
    loops: neededWhole(data, 'LOOP'),
    delaySeconds: neededWhole(data, 'DELAY'),
  }),
  SILENTRECORD: (data) => ({
    do: 'record',
    recording: recordingIn(data, 'REC'),
    maxSeconds: wholeIn(data, 'MAXDURATION'),
  }),
} satisfies Record<string, (data: AnswerFields) => IvrAction>;

const READER_OF = new Map<string, (data: AnswerFields) => IvrAction>(
  Object.entries(READERS).map(([name, reader]) => [squeezed(name), reader]),
);

/**
 * @param fields  of a reply whose STATUS is 0
 * @throws NotAnAnswer
 */
export function readMenuAnswer(fields: AnswerFields): IvrAnswer {
  const read = READER_OF.get(squeezed(neededText(fields, 'ACTION')));
  if (read === undefined) {
    throw new NotAnAnswer(`ACTION is none of ${Object.keys(READERS).join(', ')}.`);
  }
  presentText(fields, 'LANGUAGE');
  const action = read(fieldsOf(valueOf(fields, 'DATA'), 'DATA'));
  return {
    kind: 'ivr',
    action,
    language: languageIn(fields),
    callerName: null,
    customData: customDataIn(fields),
  };
}

function menu(data: AnswerFields, prompts: IvrPrompt[]): IvrAction {
  return {
    do: 'menu',
    menu: neededText(data, 'MENU'),
    prompts,
    loops: neededWhole(data, 'LOOP'),
    delaySeconds: neededWhole(data, 'DELAY'),
    maxDigits: neededWhole(data, 'SIZE'),
    confirm: neededFlag(data, 'VALIDATION'),
  };
}

/** The seed: "Any characters other than numbers will be ignored". */
function sayDigits(data: AnswerFields): IvrAction {
  const digits = neededText(data, 'DIGITS').replace(/\D/g, '');
  return menu(data, [
    ...playing(presentRecording(data, 'SAYDIGITSRECORD')),
    ...(digits === '' ? [] : [{ say: 'digits' as const, digits }]),
    ...playing(presentRecording(data, 'REC')),
  ]);
}

function playing(recording: string | null): IvrPrompt[] {
  return recording === null ? [] : [{ say: 'recording', recording }];
}

function call(data: AnswerFields): IvrAction {
  const dialStrings = listIn(data, 'DIALSTRINGS').map((each) => rawText(each).trim());
  const target = presentText(data, 'TARGET');
  if (target === null && dialStrings.length === 0) throw new NotAnAnswer('TARGET is missing.');
  return {
    do: 'dial',
    targets: target === null ? [] : [{ type: 'phone', target }],
    callerId: presentText(data, 'CALLERID'),
    callerName: presentText(data, 'CALLERNAME'),
    maxRingSeconds: neededWhole(data, 'CALL_MAX_DIAL'),
    maxCallSeconds: neededWhole(data, 'CALL_MAX'),
    record: neededFlag(data, 'REC_STATUS'),
    callerRecording: recordingIn(data, 'CALLER_REC'),
    targetRecording: recordingIn(data, 'TARGET_REC'),
    musicClass: textIn(data, 'MOH_CLASS'),
    sendDigits: textIn(data, 'DTMF_PLAY'),
    dialStrings: dialStrings.filter((each) => each !== ''),
    ifFailed: nextMenu(data),
    afterwards: null,
  };
}

/** Without a menu to go to, what it would play means nothing. */
function nextMenu(data: AnswerFields): IvrNext | null {
  const to = textIn(data, 'NEXT_MENU');
  if (to === null) return null;
  return {
    to,
    recording: recordingIn(data, 'NEXT_MENU_RECORD'),
    loops: wholeIn(data, 'NEXT_MENU_LOOP'),
    maxDigits: wholeIn(data, 'NEXT_MENU_SIZE'),
    delaySeconds: wholeIn(data, 'NEXT_MENU_WAIT'),
  };
}
